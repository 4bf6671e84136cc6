import type { ScoredChain } from '../../model/finding.ts'
import { clean } from '../../report/index.ts'
import { UsageError } from '../refusals.ts'

/** Ids that are listed where one begins like several. */
const listed = 8

/** The chain of an id, of one that it had before, or of the beginning of one that no other has; undefined where there is none. */
export function chainNamed(chains: readonly ScoredChain[], id: string): ScoredChain | undefined {
  const wanted = id.toLowerCase()
  const whole = chains.find(({ chain }) => chain.id === wanted)
  if (whole) return whole
  const former = chains.find(({ chain }) => chain.formerIds.includes(wanted))
  if (former) return former
  const begins = chains.filter(({ chain }) => chain.id.startsWith(wanted))
  if (begins.length > 1) {
    const ids = begins.slice(0, listed).map(({ chain }) => chain.id)
    throw new UsageError(
      `${clean(id)} is the beginning of ${begins.length} ids: ${ids.join(', ')}${begins.length > listed ? ', …' : ''}`,
    )
  }
  return begins[0]
}
