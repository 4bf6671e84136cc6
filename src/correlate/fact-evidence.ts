import type { Evidence } from '../model/chain.ts'
import type { FactHead } from '../model/fact.ts'
import { compareInstants } from '../model/time.ts'
import { limits } from './settings.ts'

/**
 * The record of a fact as evidence. It points to the fact instead of copying from it: one is made for every fact, and few are
 * ever shown.
 */
export class FactEvidence implements Evidence {
  readonly #fact: FactHead
  readonly alsoIn: readonly number[]
  declare readonly isLate?: true

  constructor(fact: FactHead, alsoIn: readonly number[], isLate: boolean) {
    this.#fact = fact
    this.alsoIn = alsoIn
    if (isLate) this.isLate = true
  }

  get time(): number {
    return this.#fact.time - (this.#fact.clockOffset ?? 0)
  }
  get ticks(): number {
    return this.#fact.ticks
  }
  get source(): number {
    return this.#fact.source
  }
  get channel(): string {
    return this.#fact.channel
  }
  get eventId(): number {
    return this.#fact.eventId
  }
  get recordId(): number {
    return this.#fact.recordId
  }
}

/** Evidence as a chain shows it: values, without the fact behind them. */
export const plain = ({
  time,
  ticks,
  source,
  channel,
  eventId,
  recordId,
  alsoIn,
  isLate,
  artifact,
}: Evidence): Evidence => ({
  time,
  ticks,
  source,
  channel,
  eventId,
  recordId,
  alsoIn,
  ...(isLate === undefined ? {} : { isLate }),
  ...(artifact === undefined ? {} : { artifact }),
})

/** Names a record of a change, a run or a process, once, and no more of them than a reader could follow. */
export function addEvidence(list: Evidence[], evidence: Evidence): void {
  if (list.length < limits.evidence && !list.includes(evidence)) list.push(evidence)
}

/** Each record once, in the order in which they were written. */
export function sortedEvidence(evidence: readonly Evidence[]): Evidence[] {
  return [...new Set(evidence)]
    .map(plain)
    .sort(
      (a, b) =>
        compareInstants(a, b) ||
        (a.channel < b.channel ? -1 : a.channel > b.channel ? 1 : 0) ||
        a.recordId - b.recordId ||
        a.source - b.source,
    )
}
