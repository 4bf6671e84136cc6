import type { LoggedTask } from '../../model/logged-task.ts'
import { compareInstants } from '../../model/time.ts'
import { attribute } from '../attribution/index.ts'
import { type AtJobs, claimedAtJobs } from '../changes/at-jobs.ts'
import type { ChangeDraft } from '../changes/change-draft.ts'
import { taskWithShownTimes } from '../memory/host-clock.ts'
import { type HostMemory, tasksOf } from '../memory/host-memory.ts'
import { actorOf } from '../processes/actor.ts'
import { type CorrelateSettings, limits } from '../settings.ts'
import { isFolder } from './folders.ts'
import type { Era, TaskState } from './task-state.ts'

/** Every task that the host's logs speak of and that is still remembered, by path. */
export function loggedTasks(memory: HostMemory, settings: CorrelateSettings): LoggedTask[] {
  const atJobs = claimedAtJobs(memory, settings)
  const byKey = new Map<string, LoggedTask>()
  for (const [key, task] of tasksOf(memory)) {
    if (isFolder(memory, key, task)) continue
    const earlier = byKey.get(key)
    const logged = taskWithShownTimes(memory, loggedTask(task, atJobs))
    byKey.set(key, earlier ? recreated(earlier, logged) : logged)
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, task]) => task)
}

export function loggedTask(task: TaskState, { jobs }: AtJobs): LoggedTask {
  const { past, eras } = task
  const changes = changesOf(eras)
  const made = changes.findLast((c) => c.kind === 'created')
  const created = made && (jobs.get(made) ?? made)
  return {
    path: task.path,
    definition: task.definition,
    firstSeen: task.firstSeen,
    lastSeen: task.lastSeen,
    lastRun: eras.findLast((era) => era.lastRun !== null)?.lastRun ?? past.lastRun,
    lastResult: lastResultOf(eras) ?? past.lastResult,
    created: created ? { ...created.at, ...makerOf(created) } : past.created,
    isDeleted: changes.at(-1)?.kind === 'deleted',
    isAudited: past.isAudited || isAudited(changes),
    auditedUpdates: [...past.auditedUpdates, ...auditedUpdates(changes)].slice(-limits.evidence),
  }
}

/** What the inventory tells of eras that leave the state. */
export function keepPast({ past }: TaskState, eras: readonly Era[]): void {
  const changes = changesOf(eras)
  const made = changes.findLast((c) => c.kind === 'created')
  if (made) past.created = { ...made.at, ...makerOf(made) }
  past.lastRun = eras.findLast((era) => era.lastRun !== null)?.lastRun ?? past.lastRun
  past.lastResult = lastResultOf(eras) ?? past.lastResult
  past.isAudited ||= isAudited(changes)
  past.auditedUpdates = [...past.auditedUpdates, ...auditedUpdates(changes)].slice(-limits.evidence)
}

/** One task of a path after another one of it was gone, as the inventory knows them: as one. */
export const recreated = (earlier: LoggedTask, later: LoggedTask): LoggedTask => ({
  ...later,
  definition: later.definition ?? earlier.definition,
  firstSeen: earlier.firstSeen,
  lastRun: later.lastRun ?? earlier.lastRun,
  lastResult: later.lastResult ?? earlier.lastResult,
  created: later.created ?? earlier.created,
  isAudited: earlier.isAudited || later.isAudited,
  auditedUpdates: [...earlier.auditedUpdates, ...later.auditedUpdates].slice(-limits.evidence),
})

const changesOf = (eras: readonly Era[]): ChangeDraft[] =>
  eras
    .flatMap((era) => [...(era.change ? [era.change] : []), ...era.laterChanges])
    .sort((a, b) => compareInstants(a.at, b.at))

const lastResultOf = (eras: readonly Era[]): number | null =>
  eras.flatMap((era) => era.runs).findLast((run) => run.result !== null)?.result ?? null

const isAudited = (changes: readonly ChangeDraft[]): boolean => changes.some((c) => c.seenBy.has('4698'))

const auditedUpdates = (changes: readonly ChangeDraft[]): number[] =>
  changes.filter((c) => c.seenBy.has('4702')).map((c) => c.at.time)

function makerOf(change: ChangeDraft) {
  const { route, actor } = attribute(change)
  return { route, actor: actorOf(actor) }
}
