import type { ChangeKind, Evidence } from '../../model/chain.ts'
import type { TaskDefinition } from '../../model/definition.ts'
import type { Instant } from '../../model/time.ts'
import { addEvidence } from '../fact-evidence.ts'
import type { KnownFile } from '../memory/known-files.ts'
import type { CorrelateSettings } from '../settings.ts'
import type { Clue } from './clue.ts'

/**
 * Which kind of record shows a change, best witness first: its kind and time name the change. A sensor (EDR) says as plainly
 * as the scheduler what was done, but by its own clock and words: it comes after both of Windows' own logs, and before registry
 * and file, which only let it be guessed.
 */
export const witnesses = ['audit', 'scheduler', 'sensor', 'registry', 'file', 'command'] as const
export type Witness = (typeof witnesses)[number]
const rankOf = (witness: Witness): number => witnesses.indexOf(witness)
/** A file or registry value tells that the service wrote something, not whether it created, updated or switched. */
const isVague = (witness: Witness): boolean => witness === 'file' || witness === 'registry'
/** Who names the kind: whoever says it, before whoever only lets it be guessed. */
const rankOfKind = (witness: Witness): number => rankOf(witness) + (isVague(witness) ? witnesses.length : 0)

/** What one fact says of a change. */
export interface ChangeSignal {
  readonly kind: ChangeKind
  readonly witness: Witness
  /** The event that says it, e.g. `4698`; a change holds each at most once. */
  readonly by: string
  readonly at: Instant
  readonly evidence: Evidence
}

/** How a witness names a change: the kind, and the time of its first record. */
export interface Saying {
  readonly witness: Witness
  readonly kind: ChangeKind
  readonly at: Instant
}

/** One change of a task while its facts come in, in whatever order. */
export interface ChangeDraft {
  kind: ChangeKind
  /** What each witness alone would have named the change by. */
  readonly said: Saying[]
  /** Who names the kind. */
  kindWitness: Witness
  /** Who names the time: the best witness of all. */
  witness: Witness
  at: Instant
  /** Time of its earliest fact. */
  first: Instant
  readonly seenBy: Set<string>
  readonly evidence: Evidence[]
  definition: TaskDefinition | null
  definitionProblem: string | null
  /** What a sensor says that the task is to run, where it has no definition. */
  statedAction: string | null
  before: TaskDefinition | null
  /** What was known, when the definition came, of the files that it names, by canonical path; null where nothing was. */
  files: ReadonlyMap<string, KnownFile> | null
  /** What bears on who made it. */
  readonly clues: Clue[]
  /** Another host that the change was commanded on, by a process seen there. */
  readonly isOnOtherHost: boolean
}

export const newChange = (signal: ChangeSignal, isOnOtherHost = false): ChangeDraft => ({
  kind: signal.kind,
  said: [{ witness: signal.witness, kind: signal.kind, at: signal.at }],
  kindWitness: signal.witness,
  witness: signal.witness,
  at: signal.at,
  first: signal.at,
  seenBy: new Set([signal.by]),
  evidence: [signal.evidence],
  definition: null,
  definitionProblem: null,
  statedAction: null,
  before: null,
  files: null,
  clues: [],
  isOnOtherHost,
})

/** Takes one more fact into a change; the best witnesses name its kind and its time. */
export function join(change: ChangeDraft, signal: ChangeSignal): void {
  change.seenBy.add(signal.by)
  const { witness, kind, at } = signal
  if (!change.said.some((one) => one.witness === witness)) change.said.push({ witness, kind, at })
  addEvidence(change.evidence, signal.evidence)
  if (signal.at.time < change.first.time) change.first = signal.at
  if (rankOfKind(signal.witness) < rankOfKind(change.kindWitness)) {
    change.kind = signal.kind
    change.kindWitness = signal.witness
  }
  if (rankOf(signal.witness) < rankOf(change.witness)) {
    change.witness = signal.witness
    change.at = signal.at
  }
}

/** What names the change: kind and time of the best witnesses among these. */
export function namedBy(said: readonly Saying[]): Saying | null {
  const best = (rank: (witness: Witness) => number) =>
    said.reduce<Saying | null>(
      (one, next) => (one === null || rank(next.witness) < rank(one.witness) ? next : one),
      null,
    )
  const [first, kind] = [best(rankOf), best(rankOfKind)]
  return first && kind && { ...first, kind: kind.kind }
}

const isToggle = (kind: ChangeKind): boolean => kind === 'enabled' || kind === 'disabled'

/** Whether a fact shows this change rather than another one. */
export function belongsTo(change: ChangeDraft, signal: ChangeSignal, settings: CorrelateSettings): boolean {
  if ((change.kind === 'tampered') !== (signal.kind === 'tampered')) return false
  const apart = Math.abs(signal.at.time - change.at.time)
  const byCommand = signal.witness === 'command' || change.witness === 'command'
  // What a command asks for comes after it: a command that is later than the change is another change's.
  if (
    signal.witness === 'command' &&
    signal.at.time > change.at.time + settings.sameChange &&
    change.witness !== 'command'
  ) {
    return false
  }
  // A file or a registry value that the service wrote is part of whatever the service did then.
  if (isVague(signal.witness) || isVague(change.kindWitness)) {
    return apart <= (byCommand ? settings.commandToChange : settings.sameChangeOnDisk)
  }
  if (change.seenBy.has(signal.by)) return false
  if (apart > (byCommand ? settings.commandToChange : settings.sameChange)) return false
  if (change.kind === signal.kind) return true
  // One registration can log 106 and 140, and so can switching a task on or off.
  if (signal.by === '140') return change.kind === 'created' || isToggle(change.kind)
  if (isToggle(signal.kind) && change.seenBy.has('140') && change.seenBy.size === 1) return true
  // `/create /f` over an existing task is an update to the service; the other way round it is not.
  const [asked, done] = signal.witness === 'command' ? [signal.kind, change.kind] : [change.kind, signal.kind]
  return byCommand && asked === 'created' && done === 'modified'
}
