import { needsEscape, plain, putPoint, putUnit } from './json-escape.ts'
import { LITTLE_ENDIAN, type Literal, WORDS_AT_ONCE } from './json-literal.ts'

const LOWER_HEX = new Uint8Array(Buffer.from('0123456789abcdef', 'latin1'))
/** The two digits of every byte, as the little-endian number that writes them. */
const lowerPairs = new Uint16Array(256)
const upperPairs = new Uint16Array(256)
for (let byte = 0; byte < 256; byte++) {
  lowerPairs[byte] = Buffer.from(byte.toString(16).padStart(2, '0'), 'latin1').readUInt16LE(0)
  upperPairs[byte] = Buffer.from(byte.toString(16).padStart(2, '0').toUpperCase(), 'latin1').readUInt16LE(0)
}

/** The two digits of every number below 100, likewise. */
const decimalPairs = new Uint16Array(100)
for (let number = 0; number < 100; number++) {
  decimalPairs[number] = Buffer.from(String(number).padStart(2, '0'), 'latin1').readUInt16LE(0)
}

const ZERO = 0x30

/**
 * What one byte of a value becomes at most: a code unit of 2 bytes becomes 6 (`\u001f`), a FILETIME of 8 becomes 28.
 * A value of no or few bytes still has its quotes and a word like `false`.
 */
export const ROOM_PER_BYTE = 4
export const ROOM_PER_VALUE = 16

/**
 * A growing buffer of UTF-8 that JSON is written into. Text comes out exactly as `JSON.stringify` writes it.
 * Room is made once for many writes: whoever writes values first calls `room` with the most that they can take.
 */
export class JsonBytes {
  #bytes: Buffer = Buffer.allocUnsafeSlow(256 * 1024)
  #view = new DataView(this.#bytes.buffer)
  /** What was promised by the last `room`. */
  #promised = 0
  length = 0

  /** What was written; valid until the next write. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.length)
  }

  /** Makes room for `count` bytes, and a little more because words are written whole. */
  room(count: number): void {
    this.#promised = count + 8 * WORDS_AT_ONCE
    this.#reserve(0)
  }

  /** Makes room for `count` bytes besides what was promised. */
  more(count: number): void {
    this.#reserve(count)
  }

  byte(value: number): void {
    this.#bytes[this.length++] = value
  }

  literal(literal: Literal): void {
    this.words(literal.words, 0, literal.length)
  }

  /**
   * `length` bytes, which stand in the words from `from` on. Four words are written at once: what of them is too much
   * is overwritten by what comes next, and most texts need no loop, whose end the processor would have to guess.
   */
  words(words: Float64Array, from: number, length: number): void {
    const view = this.#view
    const at = this.length
    view.setFloat64(at, words[from] as number, LITTLE_ENDIAN)
    view.setFloat64(at + 8, words[from + 1] as number, LITTLE_ENDIAN)
    view.setFloat64(at + 16, words[from + 2] as number, LITTLE_ENDIAN)
    view.setFloat64(at + 24, words[from + 3] as number, LITTLE_ENDIAN)
    for (let done = 32; done < length; done += 8) {
      view.setFloat64(at + done, words[from + (done >> 3)] as number, LITTLE_ENDIAN)
    }
    this.length = at + length
  }

  /** Writes two bytes again, at a place that was written before. */
  patch(at: number, pair: number): void {
    this.#view.setUint16(at, pair, true)
  }

  /** JSON that is already written out; makes its own room. */
  json(text: string): void {
    this.#reserve(text.length * 3)
    this.length += this.#bytes.write(text, this.length, 'utf8')
  }

  /** The characters of a JSON string from the `size` bytes of UTF-16 at `at`, without terminating nulls. */
  utf16(from: DataView, at: number, size: number): void {
    let end = at + (size & ~1)
    while (end > at && from.getUint16(end - 2, true) === 0) end -= 2
    const into = this.#bytes
    const view = this.#view
    let to = this.length
    let here = at
    const safe = Math.min(end, from.byteLength - 8)
    while (here < end) {
      // Four characters at once as long as they are plain ASCII, which nearly all are. The last four may reach into
      // what follows the text: too many are written then, and the next write goes over them.
      while (here < safe) {
        const two = from.getInt32(here, true)
        const more = from.getInt32(here + 4, true)
        if (((two | more) & 0xff80_ff80) !== 0) break
        const packed = (two & 0xff) | ((two >>> 8) & 0xff00) | ((more & 0xff) << 16) | ((more & 0xff_0000) << 8)
        if (needsEscape(packed)) break
        view.setInt32(to, packed, true)
        to += 4
        here += 8
      }
      if (here >= end) {
        to -= (here - end) >> 1
        break
      }
      const stop = Math.min(end, here + 8)
      while (here < stop) {
        const unit = from.getUint16(here, true)
        here += 2
        if (unit < 0x80 && plain[unit] === 1) into[to++] = unit
        else if ((unit & 0xfc00) === 0xd800 && here < end && (from.getUint16(here, true) & 0xfc00) === 0xdc00) {
          to = putPoint(into, to, 0x10000 + ((unit & 0x3ff) << 10) + (from.getUint16(here, true) & 0x3ff))
          here += 2
        } else to = putUnit(into, to, unit)
      }
    }
    this.length = to
  }

  /** A whole number from 0 to 2^53 - 1 in decimal. */
  digits(value: number): void {
    let rest = value
    if (rest > 0x7fff_ffff) {
      // Nine digits at a time, so that the rest is done with small integers.
      const high = Math.floor(rest / 1e9)
      this.digits(high)
      rest = (rest - high * 1e9) | 0
      let digits = 9
      for (let to = this.length + 8; digits > 0; digits--, to--) {
        const tenth = (rest / 10) | 0
        this.#bytes[to] = ZERO + (rest - tenth * 10)
        rest = tenth
      }
      this.length += 9
      return
    }
    let small = rest | 0
    let to =
      this.length + (small < 10 ? 1 : small < 100 ? 2 : small < 1000 ? 3 : small < 10_000 ? 4 : countDigits(small))
    this.length = to
    const into = this.#bytes
    do {
      const tenth = (small / 10) | 0
      into[--to] = ZERO + (small - tenth * 10)
      small = tenth
    } while (small > 0)
  }

  /** `03:04:05.1234567Z` of hours, minutes, seconds and what of 10 million parts of a second. */
  clock(hours: number, minutes: number, seconds: number, fraction: number): void {
    const view = this.#view
    const to = this.length
    view.setUint16(to, decimalPairs[hours] as number, true)
    view.setUint8(to + 2, 0x3a)
    view.setUint16(to + 3, decimalPairs[minutes] as number, true)
    view.setUint8(to + 5, 0x3a)
    view.setUint16(to + 6, decimalPairs[seconds] as number, true)
    view.setUint8(to + 8, 0x2e)
    const high = (fraction / 1000) | 0
    const low = fraction - high * 1000
    const tenth = (low / 10) | 0
    view.setUint16(to + 9, decimalPairs[(high / 100) | 0] as number, true)
    view.setUint16(to + 11, decimalPairs[high % 100] as number, true)
    view.setUint16(to + 13, decimalPairs[tenth] as number, true)
    view.setUint8(to + 15, ZERO + (low - tenth * 10))
    view.setUint8(to + 16, 0x5a)
    this.length = to + 17
  }

  /** Lower-case hex of a number below 2^32 without leading zeros. */
  hex(value: number): void {
    let count = 1
    while (count < 8 && value >>> (4 * count) !== 0) count++
    const into = this.#bytes
    let to = this.length
    for (let shift = 4 * (count - 1); shift >= 0; shift -= 4) into[to++] = LOWER_HEX[(value >>> shift) & 15] as number
    this.length = to
  }

  /** Eight digits of lower-case hex. */
  hex32(value: number): void {
    this.hex16(value >>> 16)
    this.hex16(value & 0xffff)
  }

  /** Four digits of lower-case hex. */
  hex16(value: number): void {
    this.#view.setUint16(this.length, lowerPairs[value >>> 8] as number, true)
    this.#view.setUint16(this.length + 2, lowerPairs[value & 0xff] as number, true)
    this.length += 4
  }

  /** Upper-case hex of `size` bytes. */
  binary(from: Buffer, at: number, size: number): void {
    const view = this.#view
    let to = this.length
    for (let here = at; here < at + size; here++) {
      view.setUint16(to, upperPairs[from[here] as number] as number, true)
      to += 2
    }
    this.length = to
  }

  #reserve(count: number): void {
    const needed = this.length + count + this.#promised
    if (needed > this.#bytes.length) this.#grow(needed)
  }

  #grow(needed: number): void {
    const bytes = Buffer.allocUnsafeSlow(2 * needed)
    this.#bytes.copy(bytes, 0, 0, this.length)
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer)
  }
}

/** Decimal digits of a number from 10,000 to 2^31 - 1. */
function countDigits(value: number): number {
  if (value < 100_000) return 5
  if (value < 1_000_000) return 6
  if (value < 10_000_000) return 7
  if (value < 100_000_000) return 8
  return value < 1_000_000_000 ? 9 : 10
}
