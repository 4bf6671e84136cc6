import type { ScoredChain } from '../../model/finding.ts'
import { clean } from '../../report/index.ts'
import { UsageError } from '../refusals.ts'

/** Ids that are listed where one begins like several. */
const listed = 8

interface Ids {
  readonly id: string
  readonly formerIds: readonly string[]
}

/** The one of an id, of one that it had before, or of the beginning of one that no other has; undefined where there is none. */
export function oneNamed<T>(all: readonly T[], idsOf: (one: T) => Ids, id: string): T | undefined {
  const wanted = id.toLowerCase()
  const whole = all.find((one) => idsOf(one).id === wanted)
  if (whole !== undefined) return whole
  const former = all.find((one) => idsOf(one).formerIds.includes(wanted))
  if (former !== undefined) return former
  const begins = all.filter((one) => idsOf(one).id.startsWith(wanted))
  const ids = [...new Set(begins.map((one) => idsOf(one).id))]
  if (ids.length > 1)
    throw new UsageError(
      `${clean(id)} is the beginning of ${ids.length} ids: ${ids.slice(0, listed).join(', ')}${ids.length > listed ? ', …' : ''}`,
    )
  return begins[0]
}

export const chainNamed = (chains: readonly ScoredChain[], id: string): ScoredChain | undefined =>
  oneNamed(chains, ({ chain }) => chain, id)
