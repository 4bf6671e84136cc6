import type { BaseBlock } from './base-block.ts'
import { asBuffer, type HiveFile } from './hive-bytes.ts'
import { MAX_REPLACED_PAGES } from './limits.ts'
import type { LoggedPage } from './log-entries.ts'

/** The bitmap begins after the copy of the base block. */
const VECTOR = 512
const PAGE = 512

/** The pages of an old log; `cut` when the log ends before the last of them. */
export interface DirtyPages {
  readonly pages: readonly LoggedPage[]
  readonly cut: boolean
}

/**
 * Reads a log of the old format (up to Windows 8): one bit for each 512 bytes of the bins, then the pages whose bit is
 * set, from the next sector on. Undefined when it is not such a log.
 * Source: msuhanov, "Windows registry file format specification", section Old format.
 */
export function readDirtyPages(log: HiveFile, base: BaseBlock): DirtyPages | undefined {
  const bits = Math.min(Math.floor(base.binsSize / PAGE), MAX_REPLACED_PAGES * 8)
  const vector = asBuffer(log.bytes.read(VECTOR, 4 + Math.ceil(bits / 8)))
  if (vector.toString('latin1', 0, 4) !== 'DIRT') return undefined
  const pages: LoggedPage[] = []
  let logOffset = VECTOR + Math.ceil((4 + Math.ceil(base.binsSize / PAGE / 8)) / PAGE) * PAGE
  for (let bit = 0; bit < bits; bit++) {
    const byte = vector[4 + (bit >> 3)] ?? 0
    if (((byte >> (bit & 7)) & 1) === 0) continue
    if (logOffset + PAGE > log.bytes.size || pages.length >= MAX_REPLACED_PAGES) return { pages, cut: true }
    pages.push({ hiveOffset: 4096 + bit * PAGE, size: PAGE, logOffset })
    logOffset += PAGE
  }
  return { pages, cut: false }
}
