import type { Fact } from '../../model/fact.ts'

/** Record ids with their times, by channel. */
type Generation = Map<string, Map<number, number>>

/** Which records of one host have gone by lately, so that a copy that comes later (forwarded, sent again) counts once. */
export class RecentRecords {
  readonly #most: number
  readonly #time: number
  #young: Generation
  #old: Generation
  /** Time of the first record of the young generation. */
  #since: number
  #count: number

  /** Records are remembered for `time` milliseconds and as long again at most, and `most` of them and as many again. */
  constructor(most: number, time: number, records: WrittenRecords = { young: [], old: [], since: null }) {
    this.#most = most
    this.#time = time
    this.#young = read(records.young)
    this.#old = read(records.old)
    this.#since = records.since ?? Number.NEGATIVE_INFINITY
    this.#count = [...this.#young.values()].reduce((sum, ids) => sum + ids.size, 0)
  }

  /** Whether this record is new. A record whose collector left out its id always is. */
  isNew(fact: Fact): boolean {
    const { channel, recordId, time } = fact
    if (recordId === 0) return true
    if (this.#young.get(channel)?.get(recordId) === time || this.#old.get(channel)?.get(recordId) === time) return false
    if (this.#count >= this.#most || time - this.#since > this.#time) {
      this.#old = this.#young
      this.#young = new Map()
      this.#since = time
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
    const since = Number.isFinite(this.#since) ? this.#since : null
    return { young: written(this.#young), old: written(this.#old), since }
  }
}

/** The same as plain values. */
export interface WrittenRecords {
  readonly young: WrittenGeneration
  readonly old: WrittenGeneration
  readonly since: number | null
}
/** By channel: each record id and its time in turn, as what it is more than the one before, which is little. */
type WrittenGeneration = readonly (readonly [channel: string, steps: readonly number[]])[]

function read(generation: WrittenGeneration): Generation {
  const channels: Generation = new Map()
  for (const [channel, steps] of generation) {
    const ids = new Map<number, number>()
    let [id, time] = [0, 0]
    for (let i = 0; i < steps.length; i += 2) {
      id += steps[i] as number
      time += steps[i + 1] as number
      ids.set(id, time)
    }
    channels.set(channel, ids)
  }
  return channels
}

const written = (generation: Generation): WrittenGeneration =>
  [...generation].map(([channel, ids]) => {
    const steps: number[] = []
    let [lastId, lastTime] = [0, 0]
    for (const [id, time] of ids) {
      steps.push(id - lastId, time - lastTime)
      lastId = id
      lastTime = time
    }
    return [channel, steps]
  })
