import type { ChunkBytes } from './chunk-bytes.ts'
import { ARRAY, ValueType } from './value-type.ts'

/** Bytes of one value of a type; undefined where the value itself says how long it is. */
export function fixedSize(type: number): number | undefined {
  switch (type) {
    case ValueType.int8:
    case ValueType.uint8:
      return 1
    case ValueType.int16:
    case ValueType.uint16:
      return 2
    case ValueType.int32:
    case ValueType.uint32:
    case ValueType.real32:
    case ValueType.bool:
    case ValueType.hexInt32:
      return 4
    case ValueType.int64:
    case ValueType.uint64:
    case ValueType.real64:
    case ValueType.hexInt64:
    case ValueType.fileTime:
      return 8
    case ValueType.guid:
    case ValueType.systemTime:
      return 16
    default:
      return undefined
  }
}

/** Calls `visit` for each item of an array value, in order. An array of something without a known form is one item. */
export function forEachItem(
  space: ChunkBytes,
  type: number,
  at: number,
  size: number,
  visit: (type: number, at: number, size: number) => void,
): void {
  const itemType = type & ~ARRAY
  const end = at + size
  if (itemType === ValueType.string || itemType === ValueType.ansiString) {
    const unit = itemType === ValueType.string ? 2 : 1
    for (let start = at; start < end; ) {
      let stop = start
      while (stop + unit <= end && !isNull(space.bytes, stop, unit)) stop += unit
      visit(itemType, start, Math.min(stop, end) - start)
      start = stop + unit
    }
    return
  }
  if (itemType === ValueType.sid) {
    for (let start = at; start + 8 <= end; ) {
      const length = Math.min(8 + 4 * space.view.getUint8(start + 1), end - start)
      visit(itemType, start, length)
      start += length
    }
    return
  }
  const step = itemType === ValueType.sizeT ? 8 : fixedSize(itemType)
  if (step === undefined || size % step !== 0) visit(itemType, at, size)
  else for (let start = at; start < end; start += step) visit(itemType, start, step)
}

function isNull(bytes: Buffer, at: number, unit: number): boolean {
  return bytes[at] === 0 && (unit === 1 || bytes[at + 1] === 0)
}
