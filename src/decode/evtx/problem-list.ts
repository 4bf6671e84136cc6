import type { Problem } from '../../model/problem.ts'
import type { DamageCode } from './damage.ts'
import { MAX_PROBLEMS_PER_CHUNK } from './limits.ts'

/** Where a chunk was read. */
export interface ChunkPlace {
  /** The file as problems name it. */
  readonly file: string
  /** Index of the input in the scan's list. */
  readonly source: number
  /** Index of the chunk in its file. */
  readonly index: number
  /** Byte offset of the chunk in its file. */
  readonly offset: number
  /**
   * The log was open when it was copied, and this is a chunk that was being written: its checksums and counts are
   * brought up to date only later, so that they are behind is not damage.
   */
  readonly mayLag?: boolean
}

/** Tells of a chunk's problems, the first few one by one and the rest as a number. */
export class ProblemList {
  readonly #place: ChunkPlace
  readonly #report: (problem: Problem) => void
  #count = 0

  constructor(place: ChunkPlace, report: (problem: Problem) => void) {
    this.#place = place
    this.#report = report
  }

  /** `at` is an offset inside the chunk. */
  add(code: DamageCode, at: number, reason: string): void {
    this.#count += 1
    if (this.#count <= MAX_PROBLEMS_PER_CHUNK) this.#tell(code, this.#place.offset + at, reason)
  }

  end(): void {
    const more = this.#count - MAX_PROBLEMS_PER_CHUNK
    if (more > 0) this.#tell('more-problems', this.#place.offset, `${more} more problems in this chunk`)
  }

  #tell(code: DamageCode, offset: number, reason: string): void {
    this.#report({ file: this.#place.file, offset, chunk: this.#place.index, code, reason })
  }
}
