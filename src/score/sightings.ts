import type { FactorBasis } from '../model/explanation.ts'

/**
 * How often things were seen that no definition shows: in the labelled real logs. Ordinary runs are of 12 hosts, of Windows' own and
 * Office's tasks nearly all; ordinary changes are those that the same hosts' own software made. There are few attacks: the share of
 * them is a judgement where nothing was counted. What rests on fewer than `enough` ordinary cases is `assumed`.
 */
interface Sighting {
  /** `runs` of ordinary tasks, or `changes` of ordinary tasks. */
  readonly among: 'runs' | 'changes'
  readonly ordinary: readonly [seen: number, of: number]
  /** Of the attacks. */
  readonly share: number
  /** Never worth more than this, for the reason beside it. */
  readonly most: number
  /** Weighed by the upper end of the 95 % interval of the ordinary share instead of by its estimate. */
  readonly isDoubted?: true
}

/** Fewer ordinary cases than this prove nothing. */
const enough = 20
const mostAssumed = 3

const ordinaryRuns = 73
const ordinaryChanges = 23

const ofRuns = {
  // Of the 60 whose program is of Windows, 20 are hosts of COM handlers.
  'shell-below-windows': { among: 'runs', ordinary: [0, 60], share: 1 / 4, most: 5 },
  // Big makers' alone: Office and a browser.
  'shell-below-program': { among: 'runs', ordinary: [0, 13], share: 1 / 4, most: 3 },
  'discovery-below-program': { among: 'runs', ordinary: [0, ordinaryRuns], share: 1 / 4, most: 5 },
  'discovery-below-script': { among: 'runs', ordinary: [0, 0], share: 1 / 4, most: 3 },
  lateral: { among: 'runs', ordinary: [0, ordinaryRuns], share: 1 / 10, most: 4 },
  // The share of the attacks whose definition shows it.
  intrusion: { among: 'runs', ordinary: [0, ordinaryRuns], share: 11 / 104, most: 4 },
  collection: { among: 'runs', ordinary: [0, ordinaryRuns], share: 1 / 20, most: 3 },
  'script-below-script': { among: 'runs', ordinary: [0, 0], share: 1 / 10, most: 2 },
  // No source of the ordinary runs tells connections or the names that files were built with.
  'outside-by-shell': { among: 'runs', ordinary: [0, 0], share: 1 / 4, most: 3 },
  'outside-by-program': { among: 'runs', ordinary: [0, 0], share: 1 / 4, most: 1 },
  'renamed-copy': { among: 'runs', ordinary: [0, 0], share: 1 / 20, most: 3 },
  // Of the ordinary runs none tells its task's principal.
  'other-account': { among: 'runs', ordinary: [0, 0], share: 1 / 20, most: 3 },
  // Those that started anything.
  'raised-below': { among: 'runs', ordinary: [0, 20], share: 1 / 20, most: 3 },
} as const satisfies Record<string, Sighting>

const ofFiles = {
  // No source of the ordinary runs says signatures.
  'bad-signature': { among: 'runs', ordinary: [0, 0], share: 1 / 20, most: 3 },
} as const satisfies Record<string, Sighting>

const ofChanges = {
  // Hosts of a lab and of attack data, nobody's workplace: an administrator's day has more of it. So not what is likeliest counts, but
  // the most that ordinary changes may be made so: the upper end of the 95 % interval of none in so many.
  'made-by-person': { among: 'changes', ordinary: [0, ordinaryChanges], share: 15 / 17, most: 5, isDoubted: true },
  'made-by-person-as-system': { among: 'changes', ordinary: [0, ordinaryChanges], share: 7 / 17, most: 6 },
  remote: { among: 'changes', ordinary: [0, ordinaryChanges], share: 3 / 17, most: 4 },
  twin: { among: 'changes', ordinary: [0, ordinaryChanges], share: 1 / 17, most: 2 },
  'target-swapped': { among: 'changes', ordinary: [0, ordinaryChanges], share: 1 / 10, most: 3 },
  'action-swapped': { among: 'changes', ordinary: [0, ordinaryChanges], share: 1 / 10, most: 3 },
} as const satisfies Record<string, Sighting>

export const sightings = { ...ofRuns, ...ofFiles, ...ofChanges }

export type RunSightingId = keyof typeof ofRuns
export type SightingId = keyof typeof sightings

/** The same as what a weight rests on. */
export function sightedAs(id: SightingId): FactorBasis {
  const { among, ordinary, share, most } = sightings[id] as Sighting
  return { kind: 'logs', among, ordinary, attacks: share, most, isAssumed: ordinary[1] < enough }
}

/** The share of ordinary cases that show it: half a sighting is added; or the upper end of the exact interval of none in so many. */
const shareOf = (n: number, of: number, isDoubted: boolean): number =>
  isDoubted ? 1 - 0.025 ** (1 / of) : (n + 0.5) / (of + 1)

/**
 * What it is worth, and how often it was seen, as the end of a sentence. `here`: so many ordinary cases on the host itself do not show it
 * either, and count with the others.
 */
export function sighting(id: SightingId, here = 0): { readonly bits: number; readonly seen: string } {
  const { among, ordinary, share, most, isDoubted = false } = sightings[id] as Sighting
  const [n, of] = ordinary
  if (of < enough)
    return { bits: Math.min(most, mostAssumed), seen: 'assumed: no such ordinary run was at hand to count' }
  const what = among === 'runs' ? 'runs' : 'changes'
  return {
    bits: Math.min(most, Math.round(10 * Math.log2(share / shareOf(n, of + here, isDoubted))) / 10),
    seen: `so did ${n} of ${of} real ${what} of ordinary tasks${here > 0 ? ` and none of ${here} on this host` : ''}`,
  }
}
