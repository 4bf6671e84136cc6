import type { ChunkSpace } from './chunk-space.ts'
import type { JsonBytes } from './json-bytes.ts'
import { FILETIME_EPOCH_MS, formatInstant } from '../../model/time.ts'
import { valueText } from './value-text.ts'
import { ValueType } from './value-type.ts'

const QUOTE = 0x22
const TRUE = Buffer.from('"true"')
const FALSE = Buffer.from('"false"')
const ZERO_X = Buffer.from('"0x')
const SID = Buffer.from('"S-')
const DAY_MS = 86_400_000

/**
 * Writes values as JSON strings, with the text that `valueText` gives them but without making it first. What it has
 * no quick way for, it asks `valueText` for.
 */
export class JsonValues {
  readonly #out: JsonBytes
  /** The last day that was written, and its `"2020-01-02T`: records of one chunk are mostly of one day. */
  #day = Number.NaN
  #dayBytes = new Uint8Array(0)

  constructor(out: JsonBytes) {
    this.#out = out
  }

  /** One value that is not an array. */
  value(space: ChunkSpace, type: number, at: number, size: number): void {
    const { view } = space
    const out = this.#out
    switch (type) {
      case ValueType.string:
        out.utf16(space.bytes, at, size)
        return
      case ValueType.uint8:
      case ValueType.uint16:
      case ValueType.uint32:
        if (size !== 4 && size !== 2 && size !== 1) break
        out.byte(QUOTE)
        out.digits(unsigned(view, at, size))
        out.byte(QUOTE)
        return
      case ValueType.hexInt32:
      case ValueType.hexInt64:
      case ValueType.sizeT:
        if (size !== 4 && size !== 8) break
        out.raw(ZERO_X)
        this.#hex(view, at, size)
        out.byte(QUOTE)
        return
      case ValueType.bool:
        if (size !== 4) break
        out.raw(view.getUint32(at, true) === 0 ? FALSE : TRUE)
        return
      case ValueType.guid:
        if (size !== 16) break
        this.#guid(space, at)
        return
      case ValueType.sid:
        if (size < 8 || view.getUint16(at + 2) !== 0 || size < 8 + 4 * view.getUint8(at + 1)) break
        this.#sid(view, at)
        return
      case ValueType.fileTime: {
        if (size !== 8) break
        const high = view.getUint32(at + 4, true)
        const rest = high * 7296 + view.getUint32(at, true)
        this.time(high * 429_496 + Math.floor(rest / 10_000) - FILETIME_EPOCH_MS, rest % 10_000)
        return
      }
      case ValueType.binary:
        out.byte(QUOTE)
        out.binary(space.bytes, at, size)
        out.byte(QUOTE)
        return
    }
    out.json(JSON.stringify(valueText(space, type, at, size)))
  }

  /** `"2020-01-02T03:04:05.1234567Z"`. */
  time(time: number, ticks: number): void {
    const out = this.#out
    const day = Math.floor(time / DAY_MS)
    if (day !== this.#day) {
      const text = formatInstant({ time, ticks: 0 })
      // Years that need more than four digits, and times that no calendar has, are written as `sevenDigits` does.
      if (text.length !== 24) {
        const whole = formatInstant({ time, ticks })
        out.json(JSON.stringify(ticks === 0 && whole.endsWith('Z') ? `${whole.slice(0, -1)}0000Z` : whole))
        return
      }
      this.#day = day
      this.#dayBytes = new Uint8Array(Buffer.from(`"${text.slice(0, 11)}`))
    }
    out.raw(this.#dayBytes)
    const rest = time - day * DAY_MS
    const seconds = Math.floor(rest / 1000)
    const minutes = Math.floor(seconds / 60)
    const hours = Math.floor(minutes / 60)
    out.paddedDigits(hours, 2)
    out.byte(0x3a)
    out.paddedDigits(minutes - hours * 60, 2)
    out.byte(0x3a)
    out.paddedDigits(seconds - minutes * 60, 2)
    out.byte(0x2e)
    out.paddedDigits((rest - seconds * 1000) * 10_000 + ticks, 7)
    out.byte(0x5a)
    out.byte(QUOTE)
  }

  #hex(view: DataView, at: number, size: number): void {
    const low = view.getUint32(at, true)
    const high = size === 8 ? view.getUint32(at + 4, true) : 0
    if (high === 0) this.#out.hex(low)
    else {
      this.#out.hex(high)
      this.#out.hex(low, 8)
    }
  }

  #guid({ view }: ChunkSpace, at: number): void {
    const out = this.#out
    out.byte(QUOTE)
    out.byte(0x7b)
    out.hex(view.getUint32(at, true), 8)
    out.byte(0x2d)
    out.hex(view.getUint16(at + 4, true), 4)
    out.byte(0x2d)
    out.hex(view.getUint16(at + 6, true), 4)
    out.byte(0x2d)
    out.hex(view.getUint16(at + 8), 4)
    out.byte(0x2d)
    out.hex(view.getUint16(at + 10), 4)
    out.hex(view.getUint32(at + 12), 8)
    out.byte(0x7d)
    out.byte(QUOTE)
  }

  #sid(view: DataView, at: number): void {
    const out = this.#out
    out.raw(SID)
    out.digits(view.getUint8(at))
    out.byte(0x2d)
    out.digits(view.getUint32(at + 4))
    const count = view.getUint8(at + 1)
    for (let i = 0; i < count; i++) {
      out.byte(0x2d)
      out.digits(view.getUint32(at + 8 + 4 * i, true))
    }
    out.byte(QUOTE)
  }
}

function unsigned(view: DataView, at: number, size: number): number {
  return size === 4 ? view.getUint32(at, true) : size === 2 ? view.getUint16(at, true) : view.getUint8(at)
}
