import { CHUNK_HEADER_SIZE, type EvtxFileHeader, readChunkHeader } from '../decode/evtx/index.ts'
import { counted } from '../model/counted.ts'

/** Ranges of record ids that are named before the rest is only counted. */
const rangesNamed = 8

interface Range {
  readonly first: number
  readonly last: number
}

/**
 * The chunks of a log held against those that its header counts. Of a log that was open when it was copied, and of a header whose
 * checksum is wrong, the count says nothing; nor does it of a log that never had a record.
 */
export class StatedChunks {
  /** How many the header counts; 0 where it cannot be believed. */
  readonly count: number
  readonly #nextRecordId: number
  readonly #ids: Range[] = []
  #seen = 0
  #zeroed = 0
  #firstMissing: number | null = null

  constructor(header: EvtxFileHeader | undefined) {
    const isBelieved = header !== undefined && !header.dirty && header.checksumMatches && header.nextRecordId > 1
    this.count = isBelieved ? header.chunkCount : 0
    this.#nextRecordId = header?.nextRecordId ?? 0
  }

  /** The chunks in their order, each with its bytes as far as they are there. */
  see(bytes: Buffer): void {
    const index = this.#seen++
    if (index >= this.count) return
    const header = bytes.length < CHUNK_HEADER_SIZE ? undefined : readChunkHeader(bytes)
    if (header !== undefined) {
      const { firstRecordId: first, lastRecordId: last } = header
      if (first <= last && last < this.#nextRecordId) this.#ids.push({ first, last })
    } else if (bytes.every((byte) => byte === 0)) {
      this.#zeroed++
      this.#firstMissing ??= index
    }
  }

  /** What of them is missing, as a sentence, and the index of the first; null: nothing. */
  missing(): { readonly index: number; readonly reason: string } | null {
    const behind = Math.max(0, this.count - this.#seen)
    const index = this.#firstMissing ?? (behind > 0 ? this.#seen : null)
    if (index === null) return null
    const kinds = [
      ...(this.#zeroed > 0 ? [`${this.#zeroed} hold${this.#zeroed === 1 ? 's' : ''} nothing but zeros`] : []),
      ...(behind > 0 ? [`${behind} would lie behind the end of the file`] : []),
    ]
    const said = `of the ${counted(this.count, 'chunk')} that the file header counts ${this.#zeroed + behind} ${this.#zeroed + behind === 1 ? 'is' : 'are'} missing`
    return { index, reason: `${said}: ${kinds.join(', ')}; ${this.#missingIds()}` }
  }

  #missingIds(): string {
    const gaps: Range[] = []
    let next: number | null = null
    for (const { first, last } of this.#ids.sort((a, b) => a.first - b.first)) {
      if (next !== null && first > next) gaps.push({ first: next, last: first - 1 })
      next = Math.max(next ?? 0, last + 1)
    }
    const lowest = this.#ids[0]?.first
    if (next !== null && next < this.#nextRecordId) gaps.push({ first: next, last: this.#nextRecordId - 1 })
    if (gaps.length === 0) {
      const before = lowest ?? this.#nextRecordId
      return `the records in ${this.#zeroed === 1 ? 'it' : 'them'} had ids below ${before}`
    }
    const named = gaps
      .slice(0, rangesNamed)
      .map(({ first, last }) => (first === last ? `${first}` : `${first} to ${last}`))
    const more = gaps.length > rangesNamed ? ` and ${gaps.length - rangesNamed} more such ranges` : ''
    return `no record has the ids ${named.join(', ')}${more}`
  }
}
