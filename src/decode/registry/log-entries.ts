import { asBuffer, type HiveFile } from './hive-bytes.ts'
import { MAX_REPLACED_PAGES } from './limits.ts'
import { type Marvin32, marvin32 } from './marvin32.ts'

/** Bytes of a log that stand in for those of the hive. */
export interface LoggedPage {
  /** Offset in the hive's file. */
  readonly hiveOffset: number
  readonly size: number
  readonly logOffset: number
}

/** One set of pages that Windows wrote together. */
export interface LogEntry {
  readonly log: HiveFile
  readonly sequence: number
  /** Bytes of all bins after this entry: a hive grows by its log. */
  readonly binsSize: number
  readonly pages: readonly LoggedPage[]
}

/** Entries begin after the copy of the base block. */
const FIRST_ENTRY = 512
const ENTRY_HEADER = 40

/**
 * Reads the entries of a log of the new format (Windows 8.1 and later), up to the first that is not whole: behind the
 * valid ones a log has what is left of older ones.
 * Source: msuhanov, "Windows registry file format specification", section New format.
 */
export function readLogEntries(log: HiveFile): LogEntry[] {
  const entries: LogEntry[] = []
  let pages = 0
  for (let at = FIRST_ENTRY; at + ENTRY_HEADER <= log.bytes.size; ) {
    const header = asBuffer(log.bytes.read(at, ENTRY_HEADER))
    if (header.toString('latin1', 0, 4) !== 'HvLE') break
    const size = header.readUInt32LE(4)
    const entry = readEntry(log, at, size, header)
    if (entry === undefined) break
    pages += (size - ENTRY_HEADER) / 512
    if (pages > MAX_REPLACED_PAGES) break
    entries.push(entry)
    at += size
  }
  return entries
}

/** True when the file after its base block begins as a log of the new format does. */
export function isNewLog(log: HiveFile): boolean {
  return asBuffer(log.bytes.read(FIRST_ENTRY, 4)).toString('latin1') === 'HvLE'
}

function readEntry(log: HiveFile, at: number, size: number, header: Buffer): LogEntry | undefined {
  const binsSize = header.readUInt32LE(16)
  const count = header.readUInt32LE(20)
  if (size < ENTRY_HEADER || size % 512 !== 0 || at + size > log.bytes.size || binsSize % 4096 !== 0) return undefined
  if (count > (size - ENTRY_HEADER) / 8) return undefined
  if (!equal(marvin32(log.bytes, at, 32), header, 32)) return undefined
  if (!equal(marvin32(log.bytes, at + ENTRY_HEADER, size - ENTRY_HEADER), header, 24)) return undefined
  const references = asBuffer(log.bytes.read(at + ENTRY_HEADER, count * 8))
  const pages: LoggedPage[] = []
  let logOffset = at + ENTRY_HEADER + count * 8
  for (let index = 0; index < count; index++) {
    const hiveOffset = 4096 + references.readUInt32LE(index * 8)
    const pageSize = references.readUInt32LE(index * 8 + 4)
    if (pageSize % 512 !== 0 || hiveOffset % 512 !== 0 || logOffset + pageSize > at + size) return undefined
    pages.push({ hiveOffset, size: pageSize, logOffset })
    logOffset += pageSize
  }
  return { log, sequence: header.readUInt32LE(12), binsSize, pages }
}

function equal(hash: Marvin32, bytes: Buffer, at: number): boolean {
  return hash.low === bytes.readUInt32LE(at) && hash.high === bytes.readUInt32LE(at + 4)
}
