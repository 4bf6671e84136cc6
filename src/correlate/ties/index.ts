import type { HostState } from '../host-state.ts'
import type { ProcessNode } from '../nodes.ts'
import { addMember, newRun } from '../run-draft.ts'
import { takeRequest } from '../task-state.ts'
import { actionOfTask, programOfTask } from './action-of-task.ts'
import { askedRun } from './asked-run.ts'
import { childOfRun } from './child-of-run.ts'
import { namedByScheduler } from './named-by-scheduler.ts'
import type { ChildRule, Rule, Tie } from './tie.ts'
import { unknownTask } from './unknown-task.ts'

/** The first that applies decides: the scheduler's word, then what the process is, then the moment. */
const rules: readonly Rule[] = [namedByScheduler, childOfRun]
const childRules: readonly ChildRule[] = [actionOfTask, programOfTask, askedRun, unknownTask]

/** Puts a new process into the run that it belongs to, if there is one, with the records that show it. */
export function tie(host: HostState, node: ProcessNode): void {
  const found = tieOf(host, node)
  if (!found) return
  if (found.showsService) host.service.learn(node.parentPid)
  if (found.kind === 'member') {
    addMember(found.run, node, found.depth, found.tiedBy)
  } else if (found.task) {
    takeRequest(found.task, host.runs.started(found.task, node, found.tiedBy), host.settings)
  } else {
    const run = newRun(node.start)
    addMember(run, node, 0, found.tiedBy)
    host.memory.strays.push(run)
  }
}

function tieOf(host: HostState, node: ProcessNode): Tie | undefined {
  for (const rule of rules) {
    const found = rule(host, node)
    if (found) return found
  }
  const role = host.service.roleOfParent(node)
  if (role === null) return undefined
  for (const rule of childRules) {
    const found = rule(host, node, role)
    if (found) return found
  }
  return undefined
}
