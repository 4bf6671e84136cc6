import { crc32 } from 'node:zlib'

/**
 * The first 128 bytes of an EVTX file; the rest of the first block is unused.
 * Source: libevtx, "Windows XML Event Log (EVTX) format", section File header.
 */
export interface EvtxFileHeader {
  /** Where the first chunk begins; 4096 in every file that Windows writes. */
  readonly blockSize: number
  /** What the header says; it is written late, so a live copy has more. */
  readonly chunkCount: number
  /** Index of the chunk that was last written when the header was. */
  readonly lastChunk: number
  /** The id that the next record would get: 1 in a log that never had one. */
  readonly nextRecordId: number
  /** The log was open when it was copied: counts and the last checksums may be behind. Normal on live systems. */
  readonly dirty: boolean
  readonly full: boolean
  /** Windows marks files whose checksums it did not maintain. */
  readonly withoutChecksums: boolean
  readonly checksumMatches: boolean
  readonly version: string
}

export const FILE_HEADER_SIZE = 128
export const DEFAULT_BLOCK_SIZE = 4096

/** As many first bytes as `looksLikeEvtx` needs to recognise a file whose own header is destroyed. */
export const EVTX_SNIFF_SIZE = DEFAULT_BLOCK_SIZE + 8

const FLAG_DIRTY = 1
const FLAG_FULL = 2
const FLAG_NO_CRC32 = 4

/** Reads the header; undefined when the magic is missing or the header is cut. */
export function readFileHeader(bytes: Buffer): EvtxFileHeader | undefined {
  if (bytes.length < FILE_HEADER_SIZE || !hasMagic(bytes, 0, 'ElfFile\0')) return undefined
  const flags = bytes.readUInt32LE(120)
  return {
    blockSize: bytes.readUInt16LE(40),
    chunkCount: bytes.readUInt16LE(42),
    lastChunk: Number(bytes.readBigUInt64LE(16)),
    nextRecordId: Number(bytes.readBigUInt64LE(24)),
    dirty: (flags & FLAG_DIRTY) !== 0,
    full: (flags & FLAG_FULL) !== 0,
    withoutChecksums: (flags & FLAG_NO_CRC32) !== 0,
    checksumMatches: crc32(bytes.subarray(0, 120)) === bytes.readUInt32LE(124),
    version: `${bytes.readUInt16LE(38)}.${bytes.readUInt16LE(36)}`,
  }
}

/** True when these first bytes are those of an EVTX file, or of one whose header is lost but whose first chunk is there. */
export function looksLikeEvtx(firstBytes: Buffer): boolean {
  return hasMagic(firstBytes, 0, 'ElfFile\0') || hasMagic(firstBytes, DEFAULT_BLOCK_SIZE, 'ElfChnk\0')
}

export function hasMagic(bytes: Buffer, at: number, magic: string): boolean {
  return bytes.length >= at + magic.length && bytes.toString('latin1', at, at + magic.length) === magic
}
