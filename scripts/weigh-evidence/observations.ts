import { type Others, weighOthers } from '../../src/score/index.ts'
import { unknown } from '../../src/score/known.ts'
import { subjectOf } from '../../src/score/subject.ts'
import { traits } from '../../src/score/traits/index.ts'
import { totalOfTraits, traitLimits } from '../../src/score/traits/total.ts'
import { type Counts, heldWeight, intervalOf } from '../../src/score/weight-of-evidence.ts'
import { chainOf, type Item, isAttack } from './corpus.ts'

/** A definition with the traits that it shows, and with what else counts when a person makes it at a shell and it runs once. */
export interface Observed {
  readonly item: Item
  readonly shows: readonly string[]
  readonly others: Others
}

export function observe(items: readonly Item[]): Observed[] {
  return items.map((item) => {
    const subject = subjectOf(chainOf(item), unknown)
    const shows = traits.filter((trait) => trait.seen(subject) !== undefined).map(({ id }) => id)
    return { item, shows, others: weighOthers(subject) }
  })
}

const isSchtasks = ({ item }: Observed): boolean => item.kind === 'schtasks'
const sources = (observed: readonly Observed[]): number => new Set(observed.map(({ item }) => item.source)).size

/** Counted over distinct sources: what one source says twelve times it says once. */
function countsOf(observed: readonly Observed[], id: string): Counts {
  const attacks = observed.filter(({ item }) => isAttack(item))
  const ordinary = observed.filter(({ item }) => !isAttack(item))
  const showing = (each: readonly Observed[]) => sources(each.filter(({ shows }) => shows.includes(id)))
  return {
    ordinary: [showing(ordinary), sources(ordinary)],
    attack: [showing(attacks), sources(attacks)],
  }
}

export type Weights = ReadonlyMap<string, number>

const rounded = (bits: number): number => Math.round(bits * 10) / 10 + 0

export function weightsOf(observed: readonly Observed[]): Weights {
  const ofSchtasks = observed.filter(isSchtasks)
  return new Map(
    traits.map(({ id, group }) => {
      const bits = rounded(heldWeight(countsOf(observed, id), countsOf(ofSchtasks, id)))
      // A habit never speaks for an attack, and nothing else against one.
      return [id, group === 'habit' ? Math.min(bits, 0) : Math.max(bits, 0)] as const
    }),
  )
}

/** What the traits come to. */
export const totalOf = ({ shows, others }: Observed, weights: Weights): number =>
  totalOfTraits(
    traits.filter(({ id }) => shows.includes(id)).map(({ id, group }) => ({ group, bits: weights.get(id) ?? 0 })),
    others.limits,
  )

/** What the whole score comes to: the traits' total and everything else. */
export const withOthers = ({ others }: Observed, total: number): number =>
  others.results.reduce((sum, { bits }) => sum + bits, total)

/** The same without what these ids name: traits, groups of traits, other factors. */
export function without(observed: readonly Observed[], id: string): Observed[] {
  const isOut = new Set(traits.filter((trait) => trait.group === id || trait.id === id).map((trait) => trait.id))
  return observed.map(({ item, shows, others }) => ({
    item,
    shows: shows.filter((each) => !isOut.has(each)),
    others: {
      results: others.results.filter((each) => each.id !== id),
      limits: id === 'run-intrusion' ? { ...traitLimits, ...others.limits, told: [] } : others.limits,
    },
  }))
}

export interface Row {
  readonly id: string
  readonly counts: Counts
  readonly schtasks: Counts
  readonly interval: readonly [number, number]
  readonly bits: number
  readonly line: string
}

export function rowsOf(observed: readonly Observed[]): Row[] {
  const weights = weightsOf(observed)
  const ofSchtasks = observed.filter(isSchtasks)
  return traits.map(({ id, group }) => {
    const counts = countsOf(observed, id)
    const schtasks = countsOf(ofSchtasks, id)
    const interval = intervalOf(counts)
    const bits = weights.get(id) ?? 0
    const line = [
      group.padEnd(9),
      id.padEnd(26),
      `${counts.ordinary.join('/')} ordinary`.padEnd(18),
      `${counts.attack.join('/')} attacks`.padEnd(16),
      `schtasks ${schtasks.ordinary.join('/')} ${schtasks.attack.join('/')}`.padEnd(22),
      `${interval.map((end) => end.toFixed(1)).join(' to ')}`.padEnd(14),
      bits.toFixed(1).padStart(5),
    ].join(' ')
    return { id, counts, schtasks, interval, bits, line }
  })
}
