import { createHash } from 'node:crypto'
import type { Fact } from '../../model/fact.ts'
import { type ItemAt, itemAround } from '../../sources/item-around.ts'

/** What is kept of an item on either side of a record's place; no event is longer. */
const reach = 1 << 20

/** Of items that hold many records each, no more is kept of a post than so many times its bytes. */
const mostTimes = 2

const recordSize = 4
const hashBits = 52

const nowhere: ItemAt = (_, at) => [at, at]

/** The record of an event log says how long it is. */
const recordAt: ItemAt = (bytes, at) =>
  at + 2 * recordSize > bytes.length ? [at, at] : [at, Math.min(bytes.length, at + bytes.readUInt32LE(at + recordSize))]

const itemOf = (kind: string): ItemAt => {
  if (kind === 'evtx') return recordAt
  // a place in a table of a lake is the number of a row
  return kind === 'parquet' ? nowhere : (itemAround[kind] ?? itemAround.json)
}

/** Finds the records of facts as they were sent. */
export class OriginalBytes {
  readonly #content: Buffer
  readonly #itemAt: ItemAt
  readonly #apart: ReadonlyMap<number, string>
  #left: number

  /** `apart`: records that are one of many in one item, each by itself, by their places. */
  constructor(content: Buffer, kind: string, apart: ReadonlyMap<number, string>) {
    this.#apart = apart
    this.#content = content
    this.#itemAt = itemOf(kind)
    this.#left = content.length * mostTimes
  }

  /** Empty where it cannot be told, or where there are too many. `within`: how far into the item, which may hold many records, this one begins. */
  at(position: number): { readonly bytes: Buffer; readonly within: number } {
    const apart = this.#apart.get(position)
    if (apart !== undefined) return { bytes: Buffer.from(apart), within: 0 }
    const [from, to] = this.#itemAt(this.#content, position)
    const bytes = this.#content.subarray(Math.max(from, position - reach), Math.min(to, position + reach))
    if (bytes.length > this.#left) return { bytes: bytes.subarray(0, 0), within: 0 }
    this.#left -= bytes.length
    return { bytes, within: position - from }
  }
}

/** By which a record without an id is known when it is sent again: a hash of what it was sent as, else of what it says. */
export function contentHash(fact: Fact, { bytes, within }: ReturnType<OriginalBytes['at']>): number {
  const hash = createHash('sha256')
  if (bytes.length > 0) hash.update(bytes).update(`\n${within}`)
  else hash.update(JSON.stringify({ ...fact, source: 0, position: 0 }))
  // 0 is for what has an id
  return Math.max(1, Number(hash.digest().readBigUInt64BE(0) >> BigInt(64 - hashBits)))
}
