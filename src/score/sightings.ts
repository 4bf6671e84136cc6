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
} as const satisfies Record<string, Sighting>

const ofFiles = {
  // No source of the ordinary runs says signatures.
  'bad-signature': { among: 'runs', ordinary: [0, 0], share: 1 / 20, most: 3 },
} as const satisfies Record<string, Sighting>

const ofChanges = {
  // Hosts of a lab and of attack data, nobody's workplace: an administrator's day has more of both.
  'made-by-person': { among: 'changes', ordinary: [0, ordinaryChanges], share: 15 / 17, most: 2.5 },
  'made-by-person-as-system': { among: 'changes', ordinary: [0, ordinaryChanges], share: 7 / 17, most: 5 },
  remote: { among: 'changes', ordinary: [0, ordinaryChanges], share: 3 / 17, most: 4 },
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

/** What it is worth, and how often it was seen, as the end of a sentence. */
export function sighting(id: SightingId): { readonly bits: number; readonly seen: string } {
  const { among, ordinary, share, most } = sightings[id] as Sighting
  const [n, of] = ordinary
  if (of < enough)
    return { bits: Math.min(most, mostAssumed), seen: 'assumed: no such ordinary run was at hand to count' }
  return {
    bits: Math.min(most, Math.round(10 * Math.log2(share / ((n + 0.5) / (of + 1)))) / 10),
    seen: `so did ${n} of ${of} real ${among === 'runs' ? 'runs' : 'changes'} of ordinary tasks`,
  }
}
