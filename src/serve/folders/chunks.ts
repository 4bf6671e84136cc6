import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { DEFAULT_BLOCK_SIZE, FILE_HEADER_SIZE, hasMagic } from '../../decode/evtx/file-header.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE, readChunkHeader, readFileHeader } from '../../decode/evtx/index.ts'
import { MIN_RECORD_SIZE } from '../../decode/evtx/limits.ts'

/** A hash in so many bits as a number holds. */
export const printOf = (bytes: Uint8Array): number => hash('sha256', bytes, 'buffer').readUIntBE(0, 6)

/** Whether a chunk is as its writer left it: `whole` and done with, `open` for more, `torn` (a part was not written yet), or `unused`. */
export type ChunkState = 'whole' | 'open' | 'torn' | 'unused'

/** What the bytes of a chunk are, all of them there or not. */
export function chunkState(bytes: Buffer): ChunkState {
  if (bytes.length < CHUNK_SIZE) return 'torn'
  const header = readChunkHeader(bytes)
  // what is no chunk may be the rest of other data, or a chunk whose beginning is not there yet
  if (header === undefined) return bytes.every((byte) => byte === 0) ? 'unused' : 'torn'
  const { freeSpace, headerChecksumMatches, dataChecksum, withoutChecksums, dirty } = header
  if (withoutChecksums || !headerChecksumMatches) return 'torn'
  if (freeSpace < CHUNK_HEADER_SIZE || freeSpace > CHUNK_SIZE) return 'torn'
  if (crc32(bytes.subarray(CHUNK_HEADER_SIZE, freeSpace)) !== dataChecksum) return 'torn'
  // what a live log has beyond its header's count is read, too, and is not all of it yet
  return dirty || hasMagic(bytes, freeSpace, recordMagic) ? 'open' : 'whole'
}

/** Where the records of a chunk end that are whole: behind what its header counts only those that go on with its numbers. */
export function recordsEnd(bytes: Buffer): number {
  const freeSpace = readChunkHeader(bytes)?.freeSpace ?? CHUNK_HEADER_SIZE
  let at = CHUNK_HEADER_SIZE
  for (let last = -1n; at + MIN_RECORD_SIZE <= bytes.length && hasMagic(bytes, at, recordMagic); ) {
    const size = bytes.readUInt32LE(at + 4)
    const id = bytes.readBigUInt64LE(at + 8)
    if (size < MIN_RECORD_SIZE || at + size > bytes.length || bytes.readUInt32LE(at + size - 4) !== size) break
    if (at >= freeSpace && id !== last + 1n) break
    last = id
    at += size
  }
  return at
}

const recordMagic = '\x2a\x2a\0\0'

/** The number of the first record of a chunk, as its header has it; 0 where it has none. */
export const firstRecordOf = (header: Buffer): number => readChunkHeader(header)?.firstRecordId ?? 0

/** Where chunks begin. */
export const chunksFrom = DEFAULT_BLOCK_SIZE

/**
 * The beginning of a log of which only some chunks follow: marked as in use, so that nobody takes its counts for what there should be, and that the
 * chunks may be newer than it.
 */
export function headerOfPart(): Buffer {
  const bytes = Buffer.alloc(DEFAULT_BLOCK_SIZE)
  bytes.write('ElfFile\0', 0, 'latin1')
  bytes.writeUInt32LE(FILE_HEADER_SIZE, 32)
  bytes.writeUInt16LE(1, 36)
  bytes.writeUInt16LE(3, 38)
  bytes.writeUInt16LE(DEFAULT_BLOCK_SIZE, 40)
  bytes.writeUInt32LE(inUse, 120)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 120)), 124)
  if (readFileHeader(bytes) === undefined) throw new Error('a header that is none')
  return bytes
}

const inUse = 1
