import type { Fact } from '../../model/fact.ts'

/** Record ids with their times, by channel. */
type Generation = Map<string, Map<number, number>>

/** Which records of one host have gone by lately, so that a copy that comes later (forwarded, sent again) counts once. */
export class RecentRecords {
  readonly #most: number
  #young: Generation
  #old: Generation
  #count: number

  constructor(most: number, records: WrittenRecords = { young: [], old: [] }) {
    this.#most = most
    this.#young = read(records.young)
    this.#old = read(records.old)
    this.#count = records.young.reduce((sum, [, ids]) => sum + ids.length, 0)
  }

  /** Whether this record is new. A record whose collector left out its id always is. */
  isNew(fact: Fact): boolean {
    const { channel, recordId, time } = fact
    if (recordId === 0) return true
    if (this.#young.get(channel)?.get(recordId) === time || this.#old.get(channel)?.get(recordId) === time) return false
    if (this.#count >= this.#most) {
      this.#old = this.#young
      this.#young = new Map()
      this.#count = 0
    }
    let ids = this.#young.get(channel)
    if (!ids) {
      ids = new Map()
      this.#young.set(channel, ids)
    }
    ids.set(recordId, time)
    this.#count++
    return true
  }

  written(): WrittenRecords {
    return { young: written(this.#young), old: written(this.#old) }
  }
}

/** The same as plain values: channel, and its record ids with their times. */
export interface WrittenRecords {
  readonly young: WrittenGeneration
  readonly old: WrittenGeneration
}
type WrittenGeneration = readonly (readonly [channel: string, ids: readonly (readonly [id: number, time: number])[]])[]

const read = (generation: WrittenGeneration): Generation =>
  new Map(generation.map(([channel, ids]) => [channel, new Map(ids)]))
const written = (generation: Generation): WrittenGeneration =>
  [...generation].map(([channel, ids]) => [channel, [...ids]])
