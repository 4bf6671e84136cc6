import { canonicalPath } from '../../model/canonical/path-text.ts'
import { imageName } from '../../model/command-line.ts'
import { taskKey } from '../../model/task-path.ts'
import { type InboxAction, inboxActions, inboxTasksStarting, isRunOf } from '../../model/windows/inbox/index.ts'
import type { HostState } from '../memory/host-state.ts'
import type { ProcessNode } from '../nodes.ts'
import { rootOf } from '../runs/run-draft.ts'
import { recentRuns, type TaskState } from '../tasks/task-state.ts'
import type { Rule } from './tie.ts'

/**
 * Somebody had just asked for a run of one of Windows' own tasks, of which no definition is at hand, and it is what that task runs.
 * This holds also where several services share the scheduler's process, or no log names the parent.
 */
export const askedInboxRun: Rule = (host, node) => {
  const candidates = inboxTasksStarting(imageName(node.image))
  if (candidates.length === 0) return undefined
  let best: { readonly task: TaskState; readonly asked: number } | undefined
  for (const inbox of candidates) {
    const task = host.memory.tasks.get(taskKey(inbox.path))
    if (!task || task.definition || !inboxActions(inbox).some((action) => isAction(action, node))) continue
    const asked = askedAt(host, task, node)
    if (asked !== undefined && (!best || asked > best.asked)) best = { task, asked }
  }
  if (!best) return undefined
  const role = host.service.roleOfParent(node)
  if (role === null && node.parentImage !== null) return undefined
  const tiedBy = node.commandLine === null ? 'run-request' : 'command-line'
  return { kind: 'root', root: node, task: best.task, tiedBy, showsService: role !== null && role !== 'engine' }
}

function isAction(action: InboxAction, { image, commandLine }: ProcessNode): boolean {
  if (commandLine !== null) return isRunOf(action, commandLine)
  return action.kind === 'exec' && canonicalPath(action.program) === canonicalPath(image)
}

/** When a run was asked for that has no process yet: by a command, or as the scheduler's log says. */
function askedAt({ settings }: HostState, task: TaskState, { start }: ProcessNode): number | undefined {
  const { request } = task
  const isNear = (time: number) => start.time >= time && start.time - time <= settings.requestToRun
  if (request && !request.isTaken && isNear(request.at.time)) return request.at.time
  const run = recentRuns(task).findLast((each) => each.startedBy === 'user' && each.ended === null)
  return run && rootOf(run) === undefined && isNear(run.start.time) ? run.start.time : undefined
}
