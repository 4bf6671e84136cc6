import { canonicalPath } from '../../model/canonical/path-text.ts'
import { imageName } from '../../model/command-line.ts'
import { taskKey } from '../../model/task-path.ts'
import {
  type InboxAction,
  inboxActions,
  inboxTask,
  inboxTasksStarting,
  isRunOf,
} from '../../model/windows/inbox/index.ts'
import type { HostState } from '../memory/host-state.ts'
import type { ProcessNode } from '../nodes.ts'
import { rootOf } from '../runs/run-draft.ts'
import { limits } from '../settings.ts'
import { candidateOf, matchesAction } from '../tasks/action-match.ts'
import { isLedBy, setBefore } from '../tasks/led-astray.ts'
import { recentRuns, type TaskState } from '../tasks/task-state.ts'
import type { Rule } from './tie.ts'

/**
 * Somebody had just asked for a run of a task, and it is what that task runs: by its definition, by what a command or its file says,
 * or, of Windows' own, by the catalogue; or it is what a user's variable made of that. This holds also where several services share
 * the scheduler's process, or no log names the parent.
 */
export const askedKnownRun: Rule = (host, node) => {
  const candidates = askedTasks(host, node)
  if (candidates.length === 0) return undefined
  const role = host.service.roleOfParent(node)
  if (role === null && node.parentImage !== null) return undefined
  let best: { readonly task: TaskState; readonly asked: number } | undefined
  for (const task of candidates) {
    const asked = askedAt(host, task, node)
    if (asked !== undefined && (!best || asked > best.asked) && runs(host, task, node, role !== null))
      best = { task, asked }
  }
  if (!best) return undefined
  const tiedBy = node.commandLine === null || !isAction(host, best.task, node) ? 'run-request' : 'command-line'
  return { kind: 'root', root: node, task: best.task, tiedBy, showsService: role !== null && role !== 'engine' }
}

/** Tasks that somebody asked to run just before, and those of Windows' own of which the scheduler's log may say so. */
function askedTasks({ memory, settings }: HostState, node: ProcessNode): readonly TaskState[] {
  const { requested } = memory
  const own = inboxTasksStarting(imageName(node.image))
  // So it is of nearly every process.
  if (requested.length === 0 && own.length === 0) return none
  const found = new Set<TaskState>()
  for (let place = requested.length - 1; place >= 0 && found.size < limits.requestsAtOnce; place--) {
    const task = requested[place]
    if (!task?.request || node.start.time - task.request.at.time > settings.requestToRun) break
    found.add(task)
  }
  for (const { path } of own) {
    const task = memory.tasks.get(taskKey(path))
    if (task) found.add(task)
  }
  return [...found]
}

const none: readonly TaskState[] = []

/** When a run was asked for that has no process yet: by a command, or as the scheduler's log says. */
function askedAt({ settings }: HostState, task: TaskState, { start }: ProcessNode): number | undefined {
  const { request } = task
  const isNear = (time: number) => start.time >= time && start.time - time <= settings.requestToRun
  if (request && !request.isTaken && isNear(request.at.time)) return request.at.time
  const run = recentRuns(task).findLast((each) => each.startedBy === 'user' && each.ended === null)
  return run && rootOf(run) === undefined && isNear(run.start.time) ? run.start.time : undefined
}

/** `isChild`: of what is, or may be, the scheduler. */
function runs(host: HostState, task: TaskState, node: ProcessNode, isChild: boolean): boolean {
  if (isAction(host, task, node, isChild)) return true
  return isChild && isLedAstray(host, task, node)
}

function isAction({ atHand }: HostState, task: TaskState, node: ProcessNode, isChild = true): boolean {
  if (task.definition === null && task.actions.length === 0) {
    const kept = atHand.of(task.path)
    return kept.length > 0 ? matches(kept, node, isChild) : ownActions(task).some((each) => isInboxAction(each, node))
  }
  return matches(task.actions, node, isChild)
}

/** Without a command line the program alone would make any process of an unknown parent the run. */
function matches(actions: TaskState['actions'], node: ProcessNode, isChild: boolean): boolean {
  if (node.commandLine === null && !isChild) return false
  const candidate = candidateOf(node)
  return actions.some((action) => matchesAction(action, candidate) !== undefined)
}

const ownActions = ({ path }: TaskState): readonly InboxAction[] => {
  const own = inboxTask(path)
  return own ? inboxActions(own) : []
}

function isInboxAction(action: InboxAction, { image, commandLine }: ProcessNode): boolean {
  if (commandLine !== null) return isRunOf(action, commandLine)
  return action.kind === 'exec' && canonicalPath(action.program) === canonicalPath(image)
}

/** The task's program is named by a variable, which the user had made to stand for what this process is. */
function isLedAstray({ memory }: HostState, task: TaskState, node: ProcessNode): boolean {
  const { items } = memory.environment
  if (items.length === 0) return false
  const programs = task.definition
    ? task.definition.actions.flatMap((each) => (each.kind === 'exec' ? [each.command] : []))
    : ownActions(task).flatMap((each) => (each.kind === 'exec' ? [each.program] : []))
  const text = programs.join('\n').toLowerCase()
  return setBefore(items, node.start.time).some(({ fact }) => text.includes(`%${fact.value}%`) && isLedBy(node, fact))
}
