import { type Instant, instantOfFileTime } from '../../model/time.ts'
import { asBuffer, type HiveBytes } from './hive-bytes.ts'

/** What the first bytes of a file are. */
export type HiveFileKind = 'hive' | 'log'

/**
 * The base block, of which a log's first sector is a copy.
 * Source: msuhanov, "Windows registry file format specification", section Base block; libregf, section File header.
 */
export interface BaseBlock {
  /** Counted up before a hive is written … */
  readonly primarySequence: number
  /** … and after it: when they differ, the writing was not finished. */
  readonly secondarySequence: number
  readonly lastWritten: Instant
  readonly majorVersion: number
  readonly minorVersion: number
  /** 0 a hive, 1 and 2 an old log, 6 a new log. */
  readonly fileType: number
  /** Offset of the root key's cell, counted from the end of the base block. */
  readonly rootOffset: number
  /** Bytes of all bins together. */
  readonly binsSize: number
  /** The end of the hive's path, as the system saw it. */
  readonly name: string
  readonly checksumMatches: boolean
}

/** As many bytes as `readBaseBlock` and `hiveFileKind` look at. */
export const BASE_BLOCK_FIELDS = 512

const FILE_TYPE_HIVE = 0

/** Reads the base block; undefined when the magic is missing or it is cut. */
export function readBaseBlock(source: HiveBytes): BaseBlock | undefined {
  const bytes = asBuffer(source.read(0, BASE_BLOCK_FIELDS))
  if (bytes.length < BASE_BLOCK_FIELDS || bytes.toString('latin1', 0, 4) !== 'regf') return undefined
  return {
    primarySequence: bytes.readUInt32LE(4),
    secondarySequence: bytes.readUInt32LE(8),
    lastWritten: instantOfFileTime(bytes.readUInt32LE(12), bytes.readUInt32LE(16)),
    majorVersion: bytes.readUInt32LE(20),
    minorVersion: bytes.readUInt32LE(24),
    fileType: bytes.readUInt32LE(28),
    rootOffset: bytes.readUInt32LE(36),
    binsSize: bytes.readUInt32LE(40),
    name: bytes.toString('utf16le', 48, 112).replace(/\0[\s\S]*$/, ''),
    checksumMatches: baseBlockChecksum(bytes) === bytes.readUInt32LE(508),
  }
}

/** What the first 512 bytes are those of; undefined when neither of a hive nor of a hive's log. */
export function hiveFileKind(firstBytes: Uint8Array): HiveFileKind | undefined {
  const bytes = asBuffer(firstBytes)
  if (bytes.length < 32 || bytes.toString('latin1', 0, 4) !== 'regf') return undefined
  return bytes.readUInt32LE(28) === FILE_TYPE_HIVE ? 'hive' : 'log'
}

/** The 508 bytes before it as 32-bit numbers, xor-ed; 0 and -1 are never written. */
function baseBlockChecksum(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at < 508; at += 4) sum ^= bytes.readInt32LE(at)
  if (sum === -1) return 0xffff_fffe
  return sum === 0 ? 1 : sum >>> 0
}
