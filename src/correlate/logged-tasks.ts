import type { LoggedTask } from '../model/logged-task.ts'
import { compareInstants, type Instant } from '../model/time.ts'
import { actorOf } from './actor.ts'
import { attribute } from './attribution.ts'
import type { ChangeDraft } from './change-draft.ts'
import { foldersOf, isFolder } from './folders.ts'
import type { HostState } from './host-state.ts'
import { limits } from './settings.ts'
import type { TaskState } from './task-state.ts'

/** Every task that the host's logs speak of, by path. */
export function loggedTasks(host: HostState): LoggedTask[] {
  const folders = foldersOf(host)
  return [...host.tasks]
    .filter(([key, task]) => task.seen !== null && !isFolder(folders, key, task))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, task]) => loggedTask(task))
}

function loggedTask(task: TaskState): LoggedTask {
  const seen = task.seen as { first: Instant; last: Instant }
  const changes = task.eras
    .flatMap((era) => [...(era.change ? [era.change] : []), ...era.laterChanges])
    .sort((a, b) => compareInstants(a.at, b.at))
  const created = changes.findLast((c) => c.kind === 'created')
  const runs = task.eras.flatMap((era) => era.runs)
  const lastRun = task.eras.findLast((era) => era.lastRun !== null)?.lastRun ?? null
  return {
    path: task.path,
    definition: task.definition,
    firstSeen: seen.first,
    lastSeen: seen.last,
    lastRun,
    lastResult: runs.findLast((run) => run.result !== null)?.result ?? null,
    created: created ? { ...created.at, ...makerOf(created) } : null,
    isDeleted: changes.at(-1)?.kind === 'deleted',
    isAudited: changes.some((c) => c.seenBy.has('4698')),
    auditedUpdates: changes
      .filter((c) => c.seenBy.has('4702'))
      .slice(-limits.evidence)
      .map((c) => c.at.time),
  }
}

function makerOf(change: ChangeDraft) {
  const { route, actor } = attribute(change)
  return { route, actor: actorOf(actor) }
}
