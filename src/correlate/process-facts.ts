import type { Evidence } from '../model/chain.ts'
import type { ProcessStarted } from '../model/fact.ts'
import { candidateOf, matchesAction } from './action-match.ts'
import { commanded } from './changes/commands.ts'
import type { HostState } from './host-state.ts'
import type { ProcessNode } from './nodes.ts'
import { addEvidence, addMember, newRun, rootOf } from './run-draft.ts'
import type { SchedulerRole } from './schedule-service.ts'
import { deletionOf, eraOf, type TaskState, takeRequest } from './task-state.ts'

/** A process began: to which run does it belong, and does its command line ask something of the scheduler. */
export function processStarted(host: HostState, fact: ProcessStarted, evidence: Evidence): void {
  const { node, isNew } = host.processes.start(fact, evidence)
  if (node.run) addEvidence(node.run.evidence, evidence)
  else tie(host, node)
  if (isNew && node.command) commanded(host, node, node.command, evidence)
}

function tie(host: HostState, node: ProcessNode): void {
  const launch = host.runs.launchOf(node)
  if (launch) {
    addMember(launch.run, node, 0, 'pid')
    host.service.learn(node.parentPid)
    return
  }
  if (followParent(host, node)) return
  const role = host.service.roleOfParent(node)
  if (role !== null) tieToTask(host, node, role)
}

function followParent(host: HostState, node: ProcessNode): boolean {
  const run = node.parent?.run
  if (!run) return false
  const root = rootOf(run)?.node
  const over = root?.ended ?? null
  if (over !== null && node.start.time > over.time + host.settings.followAfterEnd) return false
  const parent = run.members.find((m) => m.node === node.parent)
  addMember(run, node, (parent?.depth ?? 0) + 1, 'parent')
  return true
}

/** A child of the scheduler: by its command line, else by a run that was just asked for, else a stray. */
function tieToTask(host: HostState, node: ProcessNode, role: SchedulerRole): void {
  const byAction = taskWithAction(host, node, role)
  if (byAction) {
    // A child that is a registered action shows which svchost the scheduler lives in.
    if (role !== 'engine') host.service.learn(node.parentPid)
    const run = host.runs.started(byAction.task, node, byAction.match === 'whole' ? 'command-line' : 'lineage')
    takeRequest(byAction.task, run, host.settings)
    return
  }
  if (role === 'possible' || role === 'shared') return
  const asked = taskAskedToRun(host, node)
  if (asked) {
    const run = host.runs.started(asked, node, 'run-request')
    takeRequest(asked, run, host.settings)
    return
  }
  const run = newRun(node.start)
  addMember(run, node, 0, 'lineage')
  host.memory.strays.push(run)
}

function taskWithAction(
  host: HostState,
  node: ProcessNode,
  role: SchedulerRole,
): { task: TaskState; match: 'whole' | 'image' } | undefined {
  let best: { task: TaskState; match: 'whole' | 'image'; since: number } | undefined
  const candidate = candidateOf(node)
  for (const task of host.actions.tasksOf(candidate)) {
    // What was deleted starts nothing any more.
    const deletion = deletionOf(task)
    if (deletion && node.start.time - deletion.at.time > host.settings.launch) continue
    for (const action of task.actions) {
      const match = matchesAction(action, candidate)
      // A svchost of which nothing is known needs the whole command line to agree.
      if (!match || (match === 'image' && role === 'possible')) continue
      const since = eraOf(task).change?.at.time ?? Number.NEGATIVE_INFINITY
      const isBetter =
        !best ||
        (match === 'whole' && best.match === 'image') ||
        (match === best.match && (since > best.since || (since === best.since && task.path < best.task.path)))
      if (isBetter) best = { task, match, since }
    }
  }
  return best
}

/** The last task that somebody asked to run just before, and that has not run since. */
function taskAskedToRun(host: HostState, node: ProcessNode): TaskState | undefined {
  return host.memory.requested.findLast(({ request }) => {
    if (!request || request.isTaken) return false
    const wait = node.start.time - request.at.time
    return wait >= 0 && wait <= host.settings.requestToRun
  })
}
