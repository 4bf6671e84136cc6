import type { ChangeKind, Evidence } from '../../model/chain.ts'
import type { TaskDefinition } from '../../model/definition.ts'
import { append, itemAt, refill } from '../../model/lists.ts'
import type { LoggedTask } from '../../model/logged-task.ts'
import { compareInstants, type Instant } from '../../model/time.ts'
import { belongsTo, type ChangeDraft, type ChangeSignal, join, newChange } from '../changes/change-draft.ts'
import { addEvidence } from '../fact-evidence.ts'
import type { ActorSource, RunDraft } from '../nodes.ts'
import { recordsOf } from '../processes/actor.ts'
import { programsOf, signatureOf } from '../runs/run-draft.ts'
import { type CorrelateSettings, limits } from '../settings.ts'
import type { ActionPattern } from './action-match.ts'

/** The time from one creation, modification or tampering of a task to the next, with the runs in it. */
export interface Era {
  change: ChangeDraft | null
  readonly runs: RunDraft[]
  /** How many of them, from the first on, are judged: later ones may still start something. */
  judged: number
  /** Deleted, enabled, disabled: changes that own no runs. */
  readonly laterChanges: ChangeDraft[]
  /** Earlier ones of these that have left the state. */
  releasedChanges: number
  runCount: number
  firstRun: Instant | null
  lastRun: Instant | null
  /** What its runs started, as they were judged: command lines, and programs. */
  readonly signatures: Set<string>
  readonly programs: Set<string>
  /** Runs that may have started something new and were dropped, because there were too many others. */
  unlistedRuns: number
}

export const newEra = (change: ChangeDraft | null): Era => ({
  change,
  runs: [],
  judged: 0,
  laterChanges: [],
  releasedChanges: 0,
  runCount: 0,
  firstRun: null,
  lastRun: null,
  signatures: new Set(),
  programs: new Set(),
  unlistedRuns: 0,
})

/** Somebody asked for a run by hand (`schtasks /run`). */
export interface RunRequest {
  readonly at: Instant
  readonly by: ActorSource
  readonly evidence: Evidence
  isTaken: boolean
}

const ownsRuns = (kind: ChangeKind): boolean => kind === 'created' || kind === 'modified' || kind === 'tampered'

/** One task of the host by its path, over all the definitions that it has had. */
export interface TaskState {
  readonly path: string
  readonly eras: Era[]
  /** The definition in force, as far as it was seen. */
  definition: TaskDefinition | null
  /** When that was said. */
  definedAt: Instant | null
  /** The command lines that a run would start with: of the definition, and what a later command named. */
  actions: readonly ActionPattern[]
  /** When the actions were said, counted over all tasks of the host. */
  acted: number
  request: RunRequest | null
  firstSeen: Instant
  lastSeen: Instant
  readonly past: TaskPast
}

/** What the inventory tells of a task's earlier eras, when they have left the state. */
export interface TaskPast {
  created: LoggedTask['created']
  lastRun: Instant | null
  lastResult: number | null
  isAudited: boolean
  auditedUpdates: number[]
}

export const newTask = (path: string, at: Instant): TaskState => ({
  path,
  eras: [newEra(null)],
  definition: null,
  definedAt: null,
  actions: [],
  acted: 0,
  request: null,
  firstSeen: at,
  lastSeen: at,
  past: { created: null, lastRun: null, lastResult: null, isAudited: false, auditedUpdates: [] },
})

/** The era that the task is in. */
export const eraOf = (task: TaskState): Era => itemAt(task.eras, task.eras.length - 1)

/** Place of the era that the task was in at this time; another than the last one only for what comes late. */
export function placeAt(task: TaskState, at: Instant): number {
  let place = task.eras.length - 1
  for (; place > 0; place--) {
    const { change } = itemAt(task.eras, place)
    if (!change || compareInstants(change.at, at) <= 0) break
  }
  return place
}

/** Runs of this era and of the one before: a task that updates itself while it runs ends its run in the next era. */
export const recentRuns = ({ eras }: TaskState): RunDraft[] => eras.slice(-2).flatMap((era) => era.runs)

/** The deletion after which nothing made the task anew; a command that asks for one is none. */
export function deletionOf(task: TaskState): ChangeDraft | null {
  const last = eraOf(task).laterChanges.at(-1)
  return last?.kind === 'deleted' && last.witness !== 'command' ? last : null
}

/** A fact of this time speaks of the task. */
export function see(task: TaskState, at: Instant): void {
  if (compareInstants(at, task.firstSeen) < 0) task.firstSeen = at
  if (compareInstants(at, task.lastSeen) > 0) task.lastSeen = at
}

/** Joins a fact to the change that it shows, or opens a new change. */
export function changed(
  task: TaskState,
  signal: ChangeSignal,
  settings: CorrelateSettings,
  keepTogether: (change: ChangeDraft) => boolean = () => false,
): ChangeDraft {
  const place = placeAt(task, signal.at)
  const era = itemAt(task.eras, place)
  const isLast = era === eraOf(task)
  const recent = task.eras
    .slice(place, place + 2)
    .flatMap(({ change, laterChanges }) => [
      ...laterChanges.slice(isLast ? -4 : -limits.laterChanges),
      ...(change ? [change] : []),
    ])
    .sort((a, b) => b.at.time - a.at.time)
  const known = recent.find((change) => keepTogether(change) || belongsTo(change, signal, settings))
  if (known) {
    const owned = ownsRuns(known.kind)
    join(known, signal)
    if (owned && !ownsRuns(known.kind)) demote(task, known)
    return known
  }
  const change = newChange(signal)
  if (ownsRuns(change.kind)) {
    // What was deleted is not what the new task was before; nor is what is in force now what was there before a late one.
    change.before = deletionOf(task) || !isLast ? null : task.definition
    task.eras.splice(place + 1, 0, newEraWithin(era, change))
  } else era.laterChanges.push(change)
  return change
}

/** The era that a change begins. A change that comes late takes what came after it in the era that it ends. */
function newEraWithin(era: Era, change: ChangeDraft): Era {
  const next = newEra(change)
  const isAfter = ({ time }: Instant) => time > change.at.time
  append(
    next.runs,
    era.runs.filter((run) => isAfter(run.start)),
  )
  append(
    next.laterChanges,
    era.laterChanges.filter((later) => isAfter(later.at)),
  )
  if (next.runs.length === 0 && next.laterChanges.length === 0) return next
  refill(
    era.runs,
    era.runs.filter((run) => !isAfter(run.start)),
  )
  refill(
    era.laterChanges,
    era.laterChanges.filter((later) => !isAfter(later.at)),
  )
  era.judged = Math.min(era.judged, era.runs.length)
  next.runCount = next.runs.length
  next.firstRun = next.runs[0]?.start ?? null
  next.lastRun = next.runs.length > 0 ? era.lastRun : null
  era.runCount -= next.runCount
  era.lastRun = era.runs.at(-1)?.start ?? null
  if (era.runs.length === 0) era.firstRun = null
  return next
}

/** A file written by the service looked like an update, then turned out to be a deletion or a switch: no era of its own. */
function demote(task: TaskState, change: ChangeDraft): void {
  const era = task.eras.findLast((e) => e.change === change)
  if (!era || task.eras.length < 2) return
  task.eras.splice(task.eras.lastIndexOf(era), 1)
  const owner = eraOf(task)
  owner.laterChanges.push(change)
  append(owner.laterChanges, era.laterChanges)
  append(owner.runs, era.runs)
  owner.runCount += era.runCount
  owner.unlistedRuns += era.unlistedRuns
  owner.firstRun ??= era.firstRun
  owner.lastRun = era.lastRun ?? owner.lastRun
}

/** A run began: if somebody had just asked for one, it is this. */
export function takeRequest({ request }: TaskState, run: RunDraft, settings: CorrelateSettings): void {
  if (!request || request.isTaken) return
  const wait = run.start.time - request.at.time
  if (wait < 0 || wait > settings.requestToRun) return
  request.isTaken = true
  run.requestedBy = request.by
  if (run.startedBy === 'unknown') run.startedBy = 'user'
  for (const evidence of [request.evidence, ...recordsOf(request.by.node)]) addEvidence(run.evidence, evidence)
}

export function addRun(era: Era, run: RunDraft): void {
  era.runs.push(run)
  era.runCount++
  era.firstRun ??= run.start
  era.lastRun = run.start
  while (era.runs.length - era.judged > limits.unsettledRuns) judge(era)
}

/** Drops the next run that was not judged unless it is one of the first or started something new. */
function judge(era: Era): void {
  const run = itemAt(era.runs, era.judged)
  // Arguments that differ each time must not leave another program without its place.
  const isNew = [isNewTo(era.signatures, signatureOf(run)), isNewTo(era.programs, programsOf(run))]
  if (era.judged < limits.firstRuns || isNew.includes('new')) era.judged++
  else {
    era.runs.splice(era.judged, 1)
    if (isNew.includes('no place')) era.unlistedRuns++
  }
}

/** `no place`: so many different ones were seen that this one was not kept. */
function isNewTo(seen: Set<string>, signature: string): 'new' | 'known' | 'no place' {
  if (seen.has(signature)) return 'known'
  if (seen.size >= limits.distinctRuns) return 'no place'
  seen.add(signature)
  return 'new'
}

/** Judges the runs that are over, in their order; the last one is shown whatever it did. */
export function settleOver(era: Era, isOver: (run: RunDraft) => boolean): void {
  while (era.judged < era.runs.length - 1 && isOver(itemAt(era.runs, era.judged))) judge(era)
}

/** An era of which more is to be said, without a word about it to the first. */
export const copyOf = (era: Era): Era => ({
  ...era,
  runs: [...era.runs],
  signatures: new Set(era.signatures),
  programs: new Set(era.programs),
})

/** The era with the runs to show: the first ones, each that started something new, and the last. The era itself stays as it is. */
export function settled(era: Era): Era {
  const shown = copyOf(era)
  settleOver(shown, () => true)
  return shown
}
