import type { ChangeKind, Evidence } from '../model/chain.ts'
import type { TaskDefinition } from '../model/definition.ts'
import { compareInstants, type Instant } from '../model/time.ts'
import { type ActionPattern, actionPattern, execPatterns } from './action-match.ts'
import { belongsTo, type ChangeDraft, type ChangeSignal, join, newChange } from './change-draft.ts'
import type { ActorSource, RunDraft } from './nodes.ts'
import { addEvidence, signatureOf } from './run-draft.ts'
import { type CorrelateSettings, limits } from './settings.ts'

/** The time from one creation, modification or tampering of a task to the next, with the runs in it. */
export interface Era {
  change: ChangeDraft | null
  readonly runs: RunDraft[]
  /** Deleted, enabled, disabled: changes that own no runs. */
  readonly laterChanges: ChangeDraft[]
  runCount: number
  firstRun: Instant | null
  lastRun: Instant | null
  readonly signatures: Set<string>
}

const newEra = (change: ChangeDraft | null): Era => ({
  change,
  runs: [],
  laterChanges: [],
  runCount: 0,
  firstRun: null,
  lastRun: null,
  signatures: new Set(),
})

/** Somebody asked for a run by hand (`schtasks /run`). */
export interface RunRequest {
  readonly at: Instant
  readonly by: ActorSource
  readonly evidence: Evidence
  isTaken: boolean
}

const ownsRuns = (kind: ChangeKind): boolean => kind === 'created' || kind === 'modified' || kind === 'tampered'

/** Told when the actions of a task are others than before. */
export type ChangedActions = (
  task: TaskState,
  before: readonly ActionPattern[],
  after: readonly ActionPattern[],
) => void

/** One task of the host by its path, over all the definitions that it has had. */
export class TaskState {
  readonly path: string
  readonly eras: Era[] = [newEra(null)]
  /** The definition in force, as far as it was seen. */
  #definition: TaskDefinition | null = null
  /** The command lines that a run would start with: of the definition, and what a later command named. */
  #actions: readonly ActionPattern[] = []
  request: RunRequest | null = null
  readonly #settings: CorrelateSettings
  readonly #changedActions: ChangedActions

  constructor(path: string, settings: CorrelateSettings, changedActions: ChangedActions) {
    this.path = path
    this.#settings = settings
    this.#changedActions = changedActions
  }

  get era(): Era {
    return this.eras[this.eras.length - 1] as Era
  }

  /** Runs of this era and of the one before: a task that updates itself while it runs ends its run in the next era. */
  recentRuns(): RunDraft[] {
    return this.eras.slice(-2).flatMap((era) => era.runs)
  }

  #firstSeen: Instant | null = null
  #lastSeen: Instant | null = null

  /** A fact of this time speaks of the task. */
  see(at: Instant): void {
    if (this.#firstSeen === null || compareInstants(at, this.#firstSeen) < 0) this.#firstSeen = at
    if (this.#lastSeen === null || compareInstants(at, this.#lastSeen) > 0) this.#lastSeen = at
  }

  get seen(): { readonly first: Instant; readonly last: Instant } | null {
    return this.#firstSeen && this.#lastSeen ? { first: this.#firstSeen, last: this.#lastSeen } : null
  }

  get definition(): TaskDefinition | null {
    return this.#definition
  }

  get actions(): readonly ActionPattern[] {
    return this.#actions
  }

  define(definition: TaskDefinition): void {
    this.#definition = definition
    this.#setActions(execPatterns(definition))
  }

  #setActions(actions: readonly ActionPattern[]): void {
    const before = this.#actions
    this.#actions = actions
    this.#changedActions(this, before, actions)
  }

  /** A command said what the task is to run. Whether it came to that is not known: the definition's own actions still count. */
  state(action: string): void {
    this.#setActions([actionPattern(action), ...(this.#definition ? execPatterns(this.#definition) : [])])
  }

  /** Joins a fact to the change that it shows, or opens a new change. */
  changed(signal: ChangeSignal, options: { keepTogether?: (change: ChangeDraft) => boolean } = {}): ChangeDraft {
    const recent = [...this.era.laterChanges.slice(-4), ...(this.era.change ? [this.era.change] : [])].sort(
      (a, b) => b.at.time - a.at.time,
    )
    const known = recent.find((change) => options.keepTogether?.(change) || belongsTo(change, signal, this.#settings))
    if (known) {
      const owned = ownsRuns(known.kind)
      join(known, signal)
      if (owned && !ownsRuns(known.kind)) this.#demote(known)
      return known
    }
    const change = newChange(signal)
    if (ownsRuns(change.kind)) {
      change.before = this.definition
      this.eras.push(newEra(change))
    } else this.era.laterChanges.push(change)
    return change
  }

  /** A file written by the service looked like an update, then turned out to be a deletion or a switch: no era of its own. */
  #demote(change: ChangeDraft): void {
    const era = this.eras.find((e) => e.change === change)
    if (!era || this.eras.length < 2) return
    this.eras.splice(this.eras.indexOf(era), 1)
    const owner = this.era
    owner.laterChanges.push(change, ...era.laterChanges)
    owner.runs.push(...era.runs)
    owner.runCount += era.runCount
    owner.firstRun ??= era.firstRun
    owner.lastRun = era.lastRun ?? owner.lastRun
  }

  /** A run began: if somebody had just asked for one, it is this. */
  takeRequest(run: RunDraft): void {
    const { request } = this
    if (!request || request.isTaken) return
    const wait = run.start.time - request.at.time
    if (wait < 0 || wait > this.#settings.requestToRun) return
    request.isTaken = true
    run.requestedBy = request.by
    if (run.startedBy === 'unknown') run.startedBy = 'user'
    addEvidence(run.evidence, request.evidence)
  }

  addRun(run: RunDraft): void {
    const { era } = this
    era.runs.push(run)
    era.runCount++
    era.firstRun ??= run.start
    era.lastRun = run.start
    if (era.runs.length > limits.firstRuns + limits.unsettledRuns) settle(era, era.runs.length - limits.unsettledRuns)
  }
}

/** Drops the run before this place unless it is one of the first or started something new. */
function settle(era: Era, end: number): void {
  const run = era.runs[end - 1]
  if (!run) return
  const signature = signatureOf(run)
  const isNew = !era.signatures.has(signature) && era.signatures.size < limits.distinctRuns
  era.signatures.add(signature)
  if (end > limits.firstRuns && !isNew) era.runs.splice(end - 1, 1)
}

/** The runs to show: the first ones, each that started something new, and the last. */
export function settledRuns(era: Era): RunDraft[] {
  for (let end = Math.max(limits.firstRuns + 1, era.runs.length - limits.unsettledRuns + 1); end < era.runs.length; ) {
    const before = era.runs.length
    settle(era, end)
    if (era.runs.length === before) end++
  }
  return era.runs
}
