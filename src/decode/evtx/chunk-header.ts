import { crc32 } from 'node:zlib'
import { hasMagic } from './file-header.ts'
import { CHUNK_HEADER_SIZE } from './limits.ts'

/**
 * The first 512 bytes of a chunk: 128 bytes of header, then 64 string and 32 template table entries.
 * The tables only speed up writing; names and definitions are found through the offsets in the records.
 * Source: libevtx, "Windows XML Event Log (EVTX) format", section Chunk.
 */
export interface ChunkHeader {
  /** Where the next record would be written; records end here, unless the header is behind (a live copy). */
  readonly freeSpace: number
  /** Ids of the first and the last record; the last is below the first, or not a number that can be, where there are none. */
  readonly firstRecordId: number
  readonly lastRecordId: number
  readonly dataChecksum: number
  readonly headerChecksumMatches: boolean
  readonly dirty: boolean
  readonly withoutChecksums: boolean
}

const FLAG_DIRTY = 1
const FLAG_NO_CRC32 = 4

/** Reads the header; undefined when the magic is missing. The bytes must hold the whole header. */
export function readChunkHeader(bytes: Buffer): ChunkHeader | undefined {
  if (!hasMagic(bytes, 0, 'ElfChnk\0')) return undefined
  const flags = bytes.readUInt32LE(120)
  const checksum = crc32(bytes.subarray(128, CHUNK_HEADER_SIZE), crc32(bytes.subarray(0, 120)))
  return {
    firstRecordId: Number(bytes.readBigUInt64LE(24)),
    lastRecordId: Number(bytes.readBigUInt64LE(32)),
    freeSpace: bytes.readUInt32LE(48),
    dataChecksum: bytes.readUInt32LE(52),
    headerChecksumMatches: checksum === bytes.readUInt32LE(124),
    dirty: (flags & FLAG_DIRTY) !== 0,
    withoutChecksums: (flags & FLAG_NO_CRC32) !== 0,
  }
}

/** The checksum over the records, from the end of the header to the free space. */
export function dataChecksum(bytes: Buffer, freeSpace: number): number {
  return crc32(bytes.subarray(CHUNK_HEADER_SIZE, freeSpace))
}
