import type { Instant } from '../../model/time.ts'
import { writeFileTime } from '../evtx-writer/value.ts'

export const BASE_BLOCK_SIZE = 4096

export interface LabBaseBlock {
  readonly primarySequence: number
  readonly secondarySequence: number
  readonly lastWritten: Instant
  readonly minorVersion: number
  /** 0 a hive, 1 a log of the old format, 6 one of the new. */
  readonly fileType: number
  readonly rootOffset: number
  readonly binsSize: number
  readonly name: string
}

/** Source: msuhanov, "Windows registry file format specification", section Base block. */
export function baseBlock(block: LabBaseBlock): Buffer {
  const bytes = Buffer.alloc(BASE_BLOCK_SIZE)
  bytes.write('regf', 0, 'latin1')
  bytes.writeUInt32LE(block.primarySequence, 4)
  bytes.writeUInt32LE(block.secondarySequence, 8)
  writeFileTime(bytes, 12, block.lastWritten)
  bytes.writeUInt32LE(1, 20)
  bytes.writeUInt32LE(block.minorVersion, 24)
  bytes.writeUInt32LE(block.fileType, 28)
  bytes.writeUInt32LE(1, 32)
  bytes.writeUInt32LE(block.rootOffset, 36)
  bytes.writeUInt32LE(block.binsSize, 40)
  bytes.writeUInt32LE(1, 44)
  bytes.write(block.name.slice(-31), 48, 'utf16le')
  let sum = 0
  for (let at = 0; at < 508; at += 4) sum ^= bytes.readInt32LE(at)
  bytes.writeInt32LE(sum === 0 ? 1 : sum === -1 ? -2 : sum, 508)
  return bytes
}
