import { type LogCounts, type LogCountsJson, logCountsOf } from '../../coverage/index.ts'
import { unpackFacts } from '../../engine/fact-packing.ts'
import type { Fact } from '../../model/fact.ts'
import type { FactData } from '../log/shard-facts.ts'
import type { FactsRow } from '../store/facts.ts'

/** Where facts of a post are of: its source, and the place in that where it begins. */
export type Origin = Pick<FactsRow, 'source' | 'base'>

/** The facts of a row, as of their source. */
export function factsOf({ facts }: FactData, { source, base }: Origin): Fact[] {
  const own: Fact[] = []
  for (const fact of unpackFacts(facts)) {
    // made by the line above, and nobody else's yet
    const made = fact as { -readonly [K in 'source' | 'position']: Fact[K] }
    made.source = source
    made.position += base
    own.push(fact)
  }
  return own
}

/** How many records of each log there were, as of their source; null: nobody counted. */
export function countsOf({ counts }: FactData, { source, base }: Origin): LogCounts | null {
  if (counts.length === 0) return null
  return logCountsOf(JSON.parse(Buffer.from(counts).toString('utf8')) as LogCountsJson, source, base)
}
