import { BodyRefused } from './bodies.ts'

const lineFeed = 0x0a

/** Items of one request: shippers send some thousands. Answers tell each, and a body of nothing but the shortest would fill the memory with them. */
export const mostItems = 100_000

/** Throws `BodyRefused` where there are more. */
export function refuseTooMany(items: number): void {
  if (items > mostItems) throw new BodyRefused('too-large', `more than ${mostItems} records in one request`)
}

/** Where each line begins and ends, without its end. A last one without an end counts, an empty one after the last end does not. */
export function* linesIn(bytes: Buffer): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(lineFeed, from)
    const to = end === -1 ? bytes.length : end
    yield [from, to]
    from = to + 1
  }
}

/** Whether there is nothing but blanks. */
export function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] as number) > 0x20) return false
  return true
}

/** Places of items, as posts have them. */
export class Places {
  #places = new Float64Array(256)
  length = 0

  /** Throws `BodyRefused` where there are too many. */
  add(place: number): void {
    refuseTooMany(this.length + 1)
    if (this.length === this.#places.length) {
      const larger = new Float64Array(this.#places.length * 2)
      larger.set(this.#places)
      this.#places = larger
    }
    this.#places[this.length++] = place
  }

  all(): Float64Array {
    return this.#places.slice(0, this.length)
  }
}

/** The same bytes, seen as a buffer. */
export const bufferOver = (bytes: Uint8Array<SharedArrayBuffer>): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
