import { FILETIME_EPOCH_MS, type Instant } from '../../model/time.ts'

/**
 * A value as an event's manifest types it.
 * `pointer` is what manifests call win:Pointer: the template's slot has the type size_t, the value that of a 64-bit hex
 * number, as 64-bit Windows writes process ids in 4688 and 4689.
 */
export type LabValue =
  | { readonly type: 'string' | 'sid' | 'guid'; readonly value: string }
  | { readonly type: 'u8' | 'u16' | 'i32' | 'u32' | 'hex32'; readonly value: number }
  | { readonly type: 'u64' | 'hex64' | 'pointer'; readonly value: number | bigint }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'filetime'; readonly value: Instant }
  | { readonly type: 'binary'; readonly value: Uint8Array }

export const text = (value: string): LabValue => ({ type: 'string', value })
export const sid = (value: string): LabValue => ({ type: 'sid', value })
export const guid = (value: string): LabValue => ({ type: 'guid', value })
export const u16 = (value: number): LabValue => ({ type: 'u16', value })
export const i32 = (value: number): LabValue => ({ type: 'i32', value })
export const u32 = (value: number): LabValue => ({ type: 'u32', value })
export const hex32 = (value: number): LabValue => ({ type: 'hex32', value })
export const u64 = (value: number | bigint): LabValue => ({ type: 'u64', value })
export const hex64 = (value: number | bigint): LabValue => ({ type: 'hex64', value })
export const pointer = (value: number | bigint): LabValue => ({ type: 'pointer', value })
export const bool = (value: boolean): LabValue => ({ type: 'bool', value })

/** Codes of the value types of BinXML. Source: [MS-EVEN6] 2.2.12, libevtx documentation "Value types". */
const codes = {
  string: 0x01,
  u8: 0x04,
  u16: 0x06,
  i32: 0x07,
  u32: 0x08,
  u64: 0x0a,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  filetime: 0x11,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  binxml: 0x21,
} as const
const SIZE_T = 0x10

export type SlotType = LabValue['type'] | 'binxml'

/** The type that the template names for a slot. */
export function slotCode(type: SlotType): number {
  return type === 'pointer' ? SIZE_T : codes[type]
}

/** The type that stands beside the value itself. */
export function valueCode(type: SlotType): number {
  return type === 'pointer' ? codes.hex64 : codes[type]
}

/** No value is longer than this many bytes. */
export function largestValueSize(value: LabValue): number {
  switch (value.type) {
    case 'string':
      return 2 * value.value.length
    case 'binary':
      return value.value.length
    case 'sid':
      return 8 + 4 * 15 // a SID has at most 15 sub-authorities: [MS-DTYP] 2.4.2
    default:
      return 16
  }
}

/** Writes the value at `at` and returns where it ends. */
export function writeValue(bytes: Buffer, at: number, value: LabValue): number {
  switch (value.type) {
    case 'string':
      return at + bytes.write(value.value, at, 'utf16le')
    case 'sid':
      return writeSid(bytes, at, value.value)
    case 'guid':
      return writeGuid(bytes, at, value.value)
    case 'u8':
      return bytes.writeUInt8(value.value, at)
    case 'u16':
      return bytes.writeUInt16LE(value.value, at)
    case 'i32':
      return bytes.writeInt32LE(value.value, at)
    case 'u32':
    case 'hex32':
      return bytes.writeUInt32LE(value.value, at)
    case 'u64':
    case 'hex64':
    case 'pointer':
      return writeU64(bytes, at, value.value)
    case 'bool':
      return bytes.writeUInt32LE(value.value ? 1 : 0, at) // a Win32 BOOL: four bytes
    case 'filetime':
      return writeFileTime(bytes, at, value.value)
    case 'binary':
      bytes.set(value.value, at)
      return at + value.value.length
  }
}

export function writeU64(bytes: Buffer, at: number, value: number | bigint): number {
  if (typeof value === 'bigint') return bytes.writeBigUInt64LE(value, at)
  bytes.writeUInt32LE(value % 0x1_0000_0000, at)
  return bytes.writeUInt32LE(Math.floor(value / 0x1_0000_0000), at + 4)
}

/** 100 ns ticks since 1601-01-01. Source: [MS-DTYP] 2.3.3. */
export function writeFileTime(bytes: Buffer, at: number, { time, ticks }: Instant): number {
  return bytes.writeBigUInt64LE(BigInt(time + FILETIME_EPOCH_MS) * 10_000n + BigInt(ticks), at)
}

/** `{xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}`: the first three groups little-endian. Source: [MS-DTYP] 2.3.4. */
export function writeGuid(bytes: Buffer, at: number, value: string): number {
  const hex = value.replace(/[{}-]/g, '')
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new TypeError(`not a GUID: ${value}`)
  bytes.writeUInt32LE(Number.parseInt(hex.slice(0, 8), 16), at)
  bytes.writeUInt16LE(Number.parseInt(hex.slice(8, 12), 16), at + 4)
  bytes.writeUInt16LE(Number.parseInt(hex.slice(12, 16), 16), at + 6)
  return at + 8 + bytes.write(hex.slice(16), at + 8, 'hex')
}

/** `S-1-5-…`: revision, count, authority big-endian, sub-authorities little-endian. Source: [MS-DTYP] 2.4.2.2. */
function writeSid(bytes: Buffer, at: number, value: string): number {
  if (!/^S-1-\d+(-\d+){1,15}$/.test(value)) throw new TypeError(`not a SID: ${value}`)
  const [authority = 0, ...subAuthorities] = value.split('-').slice(2).map(Number)
  bytes.writeUInt8(1, at)
  bytes.writeUInt8(subAuthorities.length, at + 1)
  bytes.writeUIntBE(authority, at + 2, 6)
  return subAuthorities.reduce((end, part) => bytes.writeUInt32LE(part, end), at + 8)
}
