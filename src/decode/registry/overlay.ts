import type { HiveBytes } from './hive-bytes.ts'
import { MAX_REPLACED_PAGES } from './limits.ts'
import type { LoggedPage } from './log-entries.ts'

/** Logs speak of whole sectors. */
const SECTOR = 512

interface Replacement {
  readonly log: HiveBytes
  readonly offset: number
}

/** A hive's bytes with pages of its logs laid over them. The bytes themselves stay where they are. */
export class Overlay implements HiveBytes {
  readonly #under: HiveBytes
  readonly #sectors = new Map<number, Replacement>()
  #size: number

  constructor(under: HiveBytes) {
    this.#under = under
    this.#size = under.size
  }

  get size(): number {
    return this.#size
  }

  /** A later page replaces an earlier one. False when the logs replace more than there can be. */
  lay(log: HiveBytes, page: LoggedPage): boolean {
    for (let done = 0; done < page.size; done += SECTOR) {
      if (this.#sectors.size >= MAX_REPLACED_PAGES) return false
      this.#sectors.set((page.hiveOffset + done) / SECTOR, { log, offset: page.logOffset + done })
    }
    return true
  }

  /** A hive grows by its log. */
  growTo(size: number): void {
    this.#size = Math.max(this.#size, size)
  }

  read(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, this.#size)
    const first = Math.floor(offset / SECTOR)
    const last = Math.floor((Math.max(end, offset + 1) - 1) / SECTOR)
    if (first === last) return this.#sector(first, offset, Math.max(0, end - offset))
    const joined = new Uint8Array(Math.max(0, end - offset))
    for (let sector = first; sector <= last; sector++) {
      const from = Math.max(offset, sector * SECTOR)
      const to = Math.min(end, (sector + 1) * SECTOR)
      joined.set(this.#sector(sector, from, to - from), from - offset)
    }
    return joined
  }

  #sector(sector: number, from: number, length: number): Uint8Array {
    const replacement = this.#sectors.get(sector)
    if (replacement !== undefined) return replacement.log.read(replacement.offset + (from % SECTOR), length)
    const bytes = this.#under.read(Math.min(from, this.#under.size), length)
    if (bytes.length === length) return bytes
    const padded = new Uint8Array(length) // between the old end and a page that a log added
    padded.set(bytes)
    return padded
  }
}
