import type { Interest } from '../../model/record.ts'
import { Needles } from './contains.ts'

/** What is wanted of one event id of one provider. */
export interface EventInterest {
  /** Wanted whatever it says. */
  readonly always: boolean
  /** Else wanted when one of these items contains one of the needles. */
  readonly wheres: readonly { readonly field: string; readonly needles: Needles }[]
  /** Or when one of these items is not 1. */
  readonly counts: readonly string[]
}

export type ProviderInterest = ReadonlyMap<number, EventInterest>

/** Names that are remembered; real hosts have some hundred providers. */
const MAX_NAMES = 4096

/** Finds what is wanted of a provider. Provider names do not distinguish case. */
export class InterestIndex {
  readonly #byLowerName = new Map<string, Map<number, EventInterest>>()
  readonly #byName = new Map<string, ProviderInterest | null>()

  constructor(interests: readonly Interest[]) {
    for (const { provider, eventId, where, orInParts } of interests) {
      const name = provider.toLowerCase()
      let events = this.#byLowerName.get(name)
      if (events === undefined) {
        events = new Map()
        this.#byLowerName.set(name, events)
      }
      const known = events.get(eventId) ?? { always: false, wheres: [], counts: [] }
      // An empty needle is in every text, and in every event that has the item: no reason to look.
      if (where === undefined || where.contains.includes('')) events.set(eventId, { ...known, always: true })
      else {
        const one = { field: where.field, needles: new Needles(where.contains) }
        const counts = orInParts === undefined ? known.counts : [...known.counts, orInParts]
        events.set(eventId, { ...known, wheres: [...known.wheres, one], counts })
      }
    }
  }

  /** Null when nothing of this provider is wanted. */
  of(provider: string): ProviderInterest | null {
    let found = this.#byName.get(provider)
    if (found === undefined) {
      found = this.#byLowerName.get(provider.toLowerCase()) ?? null
      if (this.#byName.size >= MAX_NAMES) this.#byName.clear()
      this.#byName.set(provider, found)
    }
    return found
  }
}
