import { baseBlock, type LabBaseBlock } from './base-block.ts'

/** Pages of a hive as they are after a change; offsets count in the bins. */
export interface LabLogEntry {
  readonly sequence: number
  readonly binsSize: number
  readonly pages: readonly { readonly offset: number; readonly bytes: Uint8Array }[]
}

type Base = Omit<LabBaseBlock, 'fileType' | 'primarySequence' | 'secondarySequence'>

/**
 * A transaction log of the new format (Windows 8.1 and later).
 * Source: msuhanov, "Windows registry file format specification", section New format.
 */
export function entriesLog(base: Base, entries: readonly LabLogEntry[]): Buffer {
  const first = entries[0]?.sequence ?? 1
  const header = baseBlock({ ...base, fileType: 6, primarySequence: first, secondarySequence: first })
  return Buffer.concat([header.subarray(0, 512), ...entries.map(entryBytes)])
}

function entryBytes(entry: LabLogEntry): Buffer {
  const used = 40 + entry.pages.reduce((sum, page) => sum + 8 + page.bytes.length, 0)
  const bytes = Buffer.alloc(Math.ceil(used / 512) * 512)
  bytes.write('HvLE', 0, 'latin1')
  bytes.writeUInt32LE(bytes.length, 4)
  bytes.writeUInt32LE(entry.sequence, 12)
  bytes.writeUInt32LE(entry.binsSize, 16)
  bytes.writeUInt32LE(entry.pages.length, 20)
  let at = 40 + 8 * entry.pages.length
  entry.pages.forEach((page, index) => {
    bytes.writeUInt32LE(page.offset, 40 + 8 * index)
    bytes.writeUInt32LE(page.bytes.length, 44 + 8 * index)
    bytes.set(page.bytes, at)
    at += page.bytes.length
  })
  bytes.writeBigUInt64LE(marvin32(bytes.subarray(40)), 24)
  bytes.writeBigUInt64LE(marvin32(bytes.subarray(0, 32)), 32)
  return bytes
}

/**
 * A transaction log of the old format (up to Windows 8): which pages of 512 bytes differ, and those pages.
 * Source: the same, section Old format.
 */
export function dirtyPagesLog(base: Base, before: Buffer, after: Buffer, sequence: number): Buffer {
  const header = baseBlock({ ...base, fileType: 1, primarySequence: sequence, secondarySequence: sequence })
  const count = Math.floor(after.length / 512)
  const vector = Buffer.alloc(Math.ceil((4 + Math.ceil(count / 8)) / 512) * 512)
  vector.write('DIRT', 0, 'latin1')
  const pages: Buffer[] = []
  for (let page = 0; page < count; page++) {
    const bytes = after.subarray(page * 512, (page + 1) * 512)
    if (bytes.equals(before.subarray(page * 512, (page + 1) * 512))) continue
    vector.writeUInt8((vector[4 + (page >> 3)] as number) | (1 << (page & 7)), 4 + (page >> 3))
    pages.push(bytes)
  }
  return Buffer.concat([header.subarray(0, 512), vector, ...pages])
}

const MASK = 0xffff_ffffn
const rotate = (value: bigint, bits: bigint) => ((value << bits) | (value >> (32n - bits))) & MASK

/** Marvin32 with the seed of hive logs. Source: .NET runtime, Marvin.cs. */
function marvin32(bytes: Buffer): bigint {
  let low = 0x7a4e55c5n
  let high = 0x82ef4d88n
  const padded = Buffer.alloc(Math.floor(bytes.length / 4) * 4 + 4)
  bytes.copy(padded)
  padded[bytes.length] = 0x80
  const words = Array.from({ length: padded.length / 4 }, (_, index) => BigInt(padded.readUInt32LE(index * 4)))
  for (const word of [...words, 0n]) {
    low = (low + word) & MASK
    high ^= low
    low = (rotate(low, 20n) + high) & MASK
    high = rotate(high, 9n) ^ low
    low = (rotate(low, 27n) + high) & MASK
    high = rotate(high, 19n)
  }
  return (high << 32n) | low
}
