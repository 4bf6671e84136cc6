import { type HostState, note } from '../memory/host-state.ts'
import type { ProcessNode } from '../nodes.ts'
import { addMember, newRun } from '../runs/run-draft.ts'
import { takeRequest } from '../tasks/task-state.ts'
import { actionAsService, actionOfTask, programOfTask } from './action-of-task.ts'
import { askedKnownRun } from './asked-known-run.ts'
import { askedRun } from './asked-run.ts'
import { childOfRun } from './child-of-run.ts'
import { addDescendants, isOfUnplaced } from './descendants.ts'
import { justRegistered } from './just-registered.ts'
import { namedByScheduler } from './named-by-scheduler.ts'
import { runOfLog } from './run-of-log.ts'
import type { ChildRule, Rule, Tie } from './tie.ts'
import { unknownTask } from './unknown-task.ts'

/** The first that applies decides: the scheduler's word, then what the process is, then the moment. */
const rules: readonly Rule[] = [namedByScheduler, childOfRun, askedKnownRun, justRegistered, actionAsService]
const childRules: readonly ChildRule[] = [actionOfTask, runOfLog, programOfTask, askedRun, unknownTask]

/** Puts a new process into the run that it belongs to, if there is one, with the records that show it. */
export function tie(host: HostState, node: ProcessNode): void {
  const found = first(rules, (rule) => rule(host, node)) ?? tieOfChild(host, node)
  if (!found) return
  const { tiedBy } = found
  if (found.kind === 'member') addMember(found.run, node, found.depth, tiedBy)
  else if (found.task) {
    const run = host.runs.started(found.task, found.root, tiedBy)
    takeRequest(found.task, run, host.settings)
    if (found.root !== node) {
      addDescendants(host, run)
      if (node.run === null) addMember(run, node, 1, 'parent')
    }
  } else {
    const run = newRun(found.root.start)
    addMember(run, found.root, 0, tiedBy)
    host.memory.strays.push(run)
  }
  if (found.showsService) host.service.learn((found.kind === 'root' ? found.root : node).parentPid)
}

function tieOfChild(host: HostState, node: ProcessNode): Tie | undefined {
  const role = host.service.roleOfParent(node)
  if (role === null) {
    // As long as nothing shows which process the scheduler is, it may be any parent without a name.
    const mayBeChild = node.parentImage === null && host.service.pid === null
    if (mayBeChild || isOfUnplaced(host, node)) note(host, 'children', node, node.start.time)
    return undefined
  }
  const found = first(childRules, (rule) => rule(host, node, role))
  // The scheduler's log may name its task yet.
  if (!found || (found.kind === 'root' && found.task === null)) note(host, 'children', node, node.start.time)
  return found
}

function first<R>(all: readonly R[], apply: (rule: R) => Tie | undefined): Tie | undefined {
  for (const rule of all) {
    const found = apply(rule)
    if (found) return found
  }
  return undefined
}
