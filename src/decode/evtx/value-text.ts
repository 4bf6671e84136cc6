import { formatInstant, instantOfFileTime } from '../../model/time.ts'
import { fixedSize, forEachItem } from './array-items.ts'
import type { ChunkBytes } from './chunk-bytes.ts'
import { ARRAY, ValueType } from './value-type.ts'

/** Bytes of a literal that stands inside an element; undefined when such a literal cannot be. */
export function inlineValueSize(type: number): number | undefined {
  return type === ValueType.null ? 0 : fixedSize(type)
}

/**
 * The text that Windows shows for a value. An array is its items, one a line; a value whose size does not fit its type
 * is shown as what it is: a number of that many bytes, or hex.
 * Source: [MS-EVEN6] 2.2.12 BinXml, value types; [MS-DTYP] for GUID, SID, FILETIME and SYSTEMTIME.
 */
export function valueText(space: ChunkBytes, type: number, at: number, size: number): string {
  if (type & ARRAY) {
    const items: string[] = []
    forEachItem(space, type, at, size, (itemType, itemAt, itemSize) =>
      items.push(valueText(space, itemType, itemAt, itemSize)),
    )
    return items.join('\n')
  }
  if (size === 0) return ''
  switch (type) {
    case ValueType.null:
      return ''
    case ValueType.string:
    case ValueType.evtXml:
      return utf16Text(space.bytes, at, size)
    case ValueType.ansiString:
      return ansiText(space.bytes, at, size)
    case ValueType.int8:
    case ValueType.int16:
    case ValueType.int32:
    case ValueType.int64:
      return signedText(space, at, size)
    case ValueType.uint8:
    case ValueType.uint16:
    case ValueType.uint32:
    case ValueType.uint64:
      return unsignedText(space, at, size)
    case ValueType.real32:
      return size === 4 ? real32Text(space.view.getFloat32(at, true)) : hexText(space.bytes, at, size)
    case ValueType.real64:
      return size === 8 ? String(space.view.getFloat64(at, true)) : hexText(space.bytes, at, size)
    case ValueType.bool:
      return boolText(space.bytes, at, size)
    case ValueType.guid:
      return size === 16 ? guidText(space, at) : hexText(space.bytes, at, size)
    case ValueType.sizeT:
    case ValueType.hexInt32:
    case ValueType.hexInt64:
    case ValueType.evtHandle:
      return hexNumberText(space, at, size)
    case ValueType.fileTime:
      return size === 8 ? fileTimeText(space, at) : hexText(space.bytes, at, size)
    case ValueType.systemTime:
      return size === 16 ? systemTimeText(space, at) : hexText(space.bytes, at, size)
    case ValueType.sid:
      return sidText(space, at, size)
    default:
      return hexText(space.bytes, at, size)
  }
}

/** Strings may be stored with their terminating null. */
export function utf16Text(bytes: Buffer, at: number, size: number): string {
  let end = at + (size & ~1)
  while (end > at && bytes[end - 1] === 0 && bytes[end - 2] === 0) end -= 2
  return bytes.toString('utf16le', at, end)
}

/** The code page is that of the host that logged it, which the log does not say; Western is the most common. */
function ansiText(bytes: Buffer, at: number, size: number): string {
  let end = at + size
  while (end > at && bytes[end - 1] === 0) end -= 1
  return western.decode(bytes.subarray(at, end))
}
const western = new TextDecoder('windows-1252')

function unsignedText(space: ChunkBytes, at: number, size: number): string {
  switch (size) {
    case 1:
      return String(space.view.getUint8(at))
    case 2:
      return String(space.view.getUint16(at, true))
    case 4:
      return String(space.view.getUint32(at, true))
    case 8:
      return uint64Text(space, at, 10)
    default:
      return hexText(space.bytes, at, size)
  }
}

function signedText(space: ChunkBytes, at: number, size: number): string {
  switch (size) {
    case 1:
      return String(space.view.getInt8(at))
    case 2:
      return String(space.view.getInt16(at, true))
    case 4:
      return String(space.view.getInt32(at, true))
    case 8:
      return String(space.view.getBigInt64(at, true))
    default:
      return hexText(space.bytes, at, size)
  }
}

/** The shortest decimal that is this single-precision number and no other. */
function real32Text(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits))
    if (Math.fround(text) === value) return String(text)
  }
  return String(value)
}

/** Normally 4 bytes; providers are known to write 1, 2 and 8 as well. */
function boolText(bytes: Buffer, at: number, size: number): string {
  for (let i = 0; i < size; i++) if (bytes[at + i] !== 0) return 'true'
  return 'false'
}

function hexNumberText(space: ChunkBytes, at: number, size: number): string {
  switch (size) {
    case 1:
      return `0x${space.view.getUint8(at).toString(16)}`
    case 2:
      return `0x${space.view.getUint16(at, true).toString(16)}`
    case 4:
      return `0x${space.view.getUint32(at, true).toString(16)}`
    case 8:
      return `0x${uint64Text(space, at, 16)}`
    default:
      return hexText(space.bytes, at, size)
  }
}

/** Process ids, handles and sessions have eight bytes and are small: a BigInt is made for what is not. */
function uint64Text({ view }: ChunkBytes, at: number, radix: 10 | 16): string {
  return view.getUint32(at + 4, true) === 0
    ? view.getUint32(at, true).toString(radix)
    : view.getBigUint64(at, true).toString(radix)
}

export function hexText(bytes: Buffer, at: number, size: number): string {
  return bytes.toString('hex', at, at + size).toUpperCase()
}

export function guidText(space: ChunkBytes, at: number): string {
  const { view, bytes } = space
  const a = view.getUint32(at, true).toString(16).padStart(8, '0')
  const b = view
    .getUint16(at + 4, true)
    .toString(16)
    .padStart(4, '0')
  const c = view
    .getUint16(at + 6, true)
    .toString(16)
    .padStart(4, '0')
  return `{${a}-${b}-${c}-${bytes.toString('hex', at + 8, at + 10)}-${bytes.toString('hex', at + 10, at + 16)}}`
}

/** ISO 8601 with all seven digits that a FILETIME has. */
export function fileTimeText(space: ChunkBytes, at: number): string {
  return sevenDigits(instantOfFileTime(space.view.getUint32(at, true), space.view.getUint32(at + 4, true)))
}

export function sevenDigits(instant: { time: number; ticks: number }): string {
  const text = formatInstant(instant)
  return instant.ticks === 0 && text.endsWith('Z') ? `${text.slice(0, -1)}0000Z` : text
}

/** [MS-DTYP] 2.3.13: year, month, day of week, day, hour, minute, second, millisecond, 16 bits each. */
function systemTimeText(space: ChunkBytes, at: number): string {
  const part = (index: number, digits: number) =>
    String(space.view.getUint16(at + 2 * index, true)).padStart(digits, '0')
  return `${part(0, 4)}-${part(1, 2)}-${part(3, 2)}T${part(4, 2)}:${part(5, 2)}:${part(6, 2)}.${part(7, 3)}Z`
}

/** [MS-DTYP] 2.4.2.1: an authority above 2^32 is written in hex. */
function sidText(space: ChunkBytes, at: number, size: number): string {
  const { view } = space
  if (size < 8 || size < 8 + 4 * view.getUint8(at + 1)) return hexText(space.bytes, at, size)
  const high = view.getUint16(at + 2)
  const low = view.getUint32(at + 4)
  let text = `S-${view.getUint8(at)}-${high === 0 ? low : `0x${(high * 2 ** 32 + low).toString(16).toUpperCase()}`}`
  const count = view.getUint8(at + 1)
  for (let i = 0; i < count; i++) text += `-${view.getUint32(at + 8 + 4 * i, true)}`
  return text
}
