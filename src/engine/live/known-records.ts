import type { Fact } from '../../model/fact.ts'

/** The same as plain values: each id and its time as what it is more than the one before, by time. */
export type WrittenRecords = readonly (readonly [log: string, isWhole: boolean, steps: readonly number[]])[]

/** Slots of the table at first, and places looked at before a record is put beside it: a hostile sender chooses ids that meet. */
const firstSlots = 64
const mostProbes = 64

/**
 * Which records of one shard have been taken, so that a copy that comes later (forwarded, sent again) counts once: a hash table in plain
 * arrays, since there is one entry for every fact.
 */
export class KnownRecords {
  readonly #logs: string[] = []
  readonly #places = new Map<string, number>()
  /** By log: from when on all its records are known, where earlier ones were given up. */
  readonly #since = new Map<string, number>()
  /** Place of the log, from 1; 0: the slot is free. */
  #log = new Uint32Array(firstSlots)
  #id = new Float64Array(firstSlots)
  #time = new Float64Array(firstSlots)
  #size = 0
  readonly #beside = new Set<string>()

  constructor(written: WrittenRecords = []) {
    for (const [log, isWhole, steps] of written) {
      let [id, time] = [0, 0]
      for (let i = 0; i < steps.length; i += 2) {
        id += steps[i] as number
        time += steps[i + 1] as number
        if (i === 0 && !isWhole) this.#since.set(log, time)
        this.#isNew(this.#placeOf(log), id, time)
      }
    }
  }

  /** Whether this record is new; it is known from then on. `hash`: of its content, where it has no id. */
  isNew(fact: Fact, hash: number): boolean {
    const id = fact.recordId === 0 ? hash : fact.recordId
    // nothing tells it from another
    return id === 0 || this.#isNew(this.#placeOf(logOf(fact)), id, fact.time)
  }

  /** Whether it would be known if it had been taken before. */
  tells(fact: Fact): boolean {
    const since = this.#since.get(logOf(fact))
    return since === undefined || fact.time > since
  }

  #placeOf(log: string): number {
    let place = this.#places.get(log)
    if (place === undefined) {
      place = this.#logs.push(log)
      this.#places.set(log, place)
    }
    return place
  }

  #isNew(log: number, id: number, time: number): boolean {
    if (2 * this.#size >= this.#log.length) this.#grow()
    const slot = this.#slotOf(log, id, time)
    if (slot === null) {
      const known = this.#beside.size
      return this.#beside.add(`${log} ${id} ${time}`).size > known
    }
    if (this.#log[slot] !== 0) return false
    this.#log[slot] = log
    this.#id[slot] = id
    this.#time[slot] = time
    this.#size++
    return true
  }

  /** Its slot, or the one where it belongs; null: all that are looked at are taken. */
  #slotOf(log: number, id: number, time: number): number | null {
    const mask = this.#log.length - 1
    let slot = mixed(log, id, time) & mask
    for (let probes = 0; probes < mostProbes; probes++) {
      const taken = this.#log[slot]
      if (taken === 0 || (taken === log && this.#id[slot] === id && this.#time[slot] === time)) return slot
      slot = (slot + 1) & mask
    }
    return null
  }

  #grow(): void {
    const [logs, ids, times] = [this.#log, this.#id, this.#time]
    this.#log = new Uint32Array(logs.length * 4)
    this.#id = new Float64Array(logs.length * 4)
    this.#time = new Float64Array(logs.length * 4)
    this.#size = 0
    for (const [slot, log] of logs.entries())
      if (log !== 0) this.#isNew(log, ids[slot] as number, times[slot] as number)
  }

  /** Those up to a time, of each log so many of the newest. */
  written(upTo: number, most: number): WrittenRecords {
    const byLog: { id: number; time: number }[][] = this.#logs.map(() => [])
    const see = (log: number, id: number, time: number) => {
      if (time <= upTo) byLog[log - 1]?.push({ id, time })
    }
    for (const [slot, log] of this.#log.entries())
      if (log !== 0) see(log, this.#id[slot] as number, this.#time[slot] as number)
    for (const one of this.#beside) {
      const [log = 0, id = 0, time = 0] = one.split(' ').map(Number)
      see(log, id, time)
    }
    return byLog.flatMap((records, place) => {
      const log = this.#logs[place] as string
      records.sort((a, b) => a.time - b.time || a.id - b.id)
      const kept = records.slice(Math.max(0, records.length - most))
      const steps: number[] = []
      let last = { id: 0, time: 0 }
      for (const record of kept) {
        steps.push(record.id - last.id, record.time - last.time)
        last = record
      }
      return kept.length === 0 ? [] : [[log, kept.length === records.length && !this.#since.has(log), steps] as const]
    })
  }
}

/** A script in parts has the id of its last part when it is whole, and parts may have lost theirs. */
function logOf(fact: Fact): string {
  const { channel, recordId } = fact
  const part = fact.kind === 'script-ran' && fact.parts > 1 ? ` part ${fact.part}` : ''
  if (recordId === 0) return `${channel} without ids${part}`
  return part === '' ? channel : channel + part
}

function mixed(log: number, id: number, time: number): number {
  let hash = Math.imul((id % 0x1_0000_0000) | 0, 0x9e37_79b1) ^ Math.imul((time % 0x1_0000_0000) | 0, 0x85eb_ca77) ^ log
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b_3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a_2d39)
  return hash ^ (hash >>> 15)
}
