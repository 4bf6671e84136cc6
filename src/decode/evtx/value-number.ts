import type { ChunkBytes } from './chunk-bytes.ts'
import { valueText } from './value-text.ts'
import { ValueType } from './value-type.ts'

/** A value as a number; NaN when it is none. Beyond 2^53 the nearest double. */
export function valueNumber(space: ChunkBytes, type: number, at: number, size: number): number {
  const { view } = space
  switch (type) {
    case ValueType.uint8:
    case ValueType.uint16:
    case ValueType.uint32:
    case ValueType.uint64:
    case ValueType.hexInt32:
    case ValueType.hexInt64:
    case ValueType.sizeT:
      if (size === 2) return view.getUint16(at, true)
      if (size === 4) return view.getUint32(at, true)
      if (size === 1) return view.getUint8(at)
      if (size === 8) return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
      return Number.NaN
    default:
      return textNumber(valueText(space, type, at, size))
  }
}

/** Decimal or `0x…`; NaN for anything else, the empty text included. */
export function textNumber(text: string): number {
  const trimmed = text.trim()
  return trimmed === '' ? Number.NaN : Number(trimmed)
}
