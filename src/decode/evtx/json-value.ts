import { FILETIME_EPOCH_MS } from '../../model/time.ts'
import type { ChunkBytes } from './chunk-bytes.ts'
import type { JsonBytes } from './json-bytes.ts'
import { Literal } from './json-literal.ts'
import { sevenDigits, valueText } from './value-text.ts'
import { ValueType } from './value-type.ts'

const TRUE = new Literal('true')
const FALSE = new Literal('false')
const ZERO_X = new Literal('0x')
const SID = new Literal('S-')
const DASH = 0x2d
const DAY_MS = 86_400_000
/** 0001-01-01 and 10000-01-01 in days since 1970: between them a year has four digits. */
const FIRST_DAY = -719_162
const END_DAY = 2_932_897
/** A power of two. */
const REMEMBERED_DAYS = 64

/**
 * Writes values as the inside of JSON strings, with the text that `valueText` gives them but without making it first.
 * What it has no quick way for, it asks `valueText` for. The caller has made room.
 */
export class JsonValues {
  readonly #out: JsonBytes
  /** Days that were written, each at its number's place, and their `2020-01-02T`. A chunk's records have few. */
  readonly #days = new Float64Array(REMEMBERED_DAYS).fill(Number.NaN)
  readonly #dayLiterals: Literal[] = new Array(REMEMBERED_DAYS).fill(new Literal(''))

  constructor(out: JsonBytes) {
    this.#out = out
  }

  /** One value that is not an array. */
  value(space: ChunkBytes, type: number, at: number, size: number): void {
    const { view } = space
    const out = this.#out
    switch (type) {
      case ValueType.string:
        out.utf16(view, at, size)
        return
      case ValueType.uint8:
      case ValueType.uint16:
      case ValueType.uint32:
        if (size !== 4 && size !== 2 && size !== 1) break
        out.digits(unsigned(view, at, size))
        return
      case ValueType.hexInt32:
      case ValueType.hexInt64:
      case ValueType.sizeT:
        if (size !== 4 && size !== 8) break
        out.literal(ZERO_X)
        this.#hex(view, at, size)
        return
      case ValueType.bool:
        if (size !== 4) break
        out.literal(view.getInt32(at, true) === 0 ? FALSE : TRUE)
        return
      case ValueType.guid:
        if (size !== 16) break
        this.#guid(view, at)
        return
      case ValueType.sid:
        if (size < 8 || view.getUint16(at + 2) !== 0 || size < 8 + 4 * view.getUint8(at + 1)) break
        this.#sid(view, at)
        return
      case ValueType.fileTime: {
        if (size !== 8) break
        const high = view.getUint32(at + 4, true)
        const rest = high * 7296 + view.getUint32(at, true)
        const ms = Math.floor(rest / 10_000)
        this.time(high * 429_496 + ms - FILETIME_EPOCH_MS, rest - ms * 10_000)
        return
      }
      case ValueType.binary:
        out.binary(space.bytes, at, size)
        return
    }
    out.json(JSON.stringify(valueText(space, type, at, size)).slice(1, -1))
  }

  /** `2020-01-02T03:04:05.1234567Z`. */
  time(time: number, ticks: number): void {
    const out = this.#out
    const day = Math.floor(time / DAY_MS)
    if (!(day >= FIRST_DAY && day < END_DAY)) {
      out.json(sevenDigits({ time, ticks }))
      return
    }
    const place = day & (REMEMBERED_DAYS - 1)
    if (this.#days[place] !== day) {
      this.#days[place] = day
      this.#dayLiterals[place] = new Literal(sevenDigits({ time, ticks }).slice(0, 11))
    }
    out.literal(this.#dayLiterals[place] as Literal)
    const ms = time - day * DAY_MS
    const seconds = (ms / 1000) | 0
    const minutes = (seconds / 60) | 0
    const hours = (minutes / 60) | 0
    out.clock(hours, minutes - hours * 60, seconds - minutes * 60, (ms - seconds * 1000) * 10_000 + ticks)
  }

  #hex(view: DataView, at: number, size: number): void {
    const low = view.getUint32(at, true)
    const high = size === 8 ? view.getUint32(at + 4, true) : 0
    if (high === 0) this.#out.hex(low)
    else {
      this.#out.hex(high)
      this.#out.hex32(low)
    }
  }

  #guid(view: DataView, at: number): void {
    const out = this.#out
    out.byte(0x7b)
    out.hex32(view.getUint32(at, true))
    out.byte(DASH)
    out.hex16(view.getUint16(at + 4, true))
    out.byte(DASH)
    out.hex16(view.getUint16(at + 6, true))
    out.byte(DASH)
    out.hex16(view.getUint16(at + 8))
    out.byte(DASH)
    out.hex16(view.getUint16(at + 10))
    out.hex32(view.getUint32(at + 12))
    out.byte(0x7d)
  }

  #sid(view: DataView, at: number): void {
    const out = this.#out
    out.literal(SID)
    out.digits(view.getUint8(at))
    out.byte(DASH)
    out.digits(view.getUint32(at + 4))
    const count = view.getUint8(at + 1)
    for (let i = 0; i < count; i++) {
      out.byte(DASH)
      out.digits(view.getUint32(at + 8 + 4 * i, true))
    }
  }
}

function unsigned(view: DataView, at: number, size: number): number {
  return size === 4 ? view.getUint32(at, true) : size === 2 ? view.getUint16(at, true) : view.getUint8(at)
}
