import { counted } from '../../model/counted.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE, MIN_RECORD_SIZE } from './limits.ts'
import type { ProblemList } from './problem-list.ts'

const RECORD_MAGIC = 0x0000_2a2a
const RECORD_MAGIC_BYTES = Buffer.from([0x2a, 0x2a, 0, 0])

/**
 * Goes from record to record of one chunk. Each says how long it is, at its begin and its end. Where none is found,
 * the next place that could be one is looked for, so that one bad size does not cost the rest of the chunk.
 */
export class RecordWalk {
  readonly bytes: Buffer
  /** Chunk offset and size of the current record. */
  at = 0
  size = 0
  /** Places where records should have been and were not. */
  gaps = 0

  readonly #view: DataView
  readonly #problems: ProblemList
  /** Where the header says that records end; undefined when it cannot be believed. */
  readonly #freeSpace: number | undefined
  #next = CHUNK_HEADER_SIZE
  #lastId = -1

  constructor(bytes: Buffer, freeSpace: number | undefined, problems: ProblemList) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#freeSpace = freeSpace
    this.#problems = problems
  }

  isAtRecord(): boolean {
    return this.#isRecord(this.#next)
  }

  /** Moves to the next record; false at the end. */
  next(): boolean {
    const at = this.#next
    if (!this.#isRecord(at)) return this.#mayBeRecord(at) ? this.#takeDoubtful(at) : this.#search(at)
    const id = this.#idAt(at)
    // A live copy's header is behind: records go on after the free space it states. Older ones, left from the chunk's
    // previous use, could lie there too; they do not continue the count.
    if (this.#freeSpace !== undefined && at >= this.#freeSpace && id !== this.#lastId + 1) return false
    return this.#take(at, id)
  }

  #take(at: number, id: number): boolean {
    this.at = at
    this.size = this.#view.getUint32(at + 4, true)
    this.#next = at + this.size
    this.#lastId = id
    return true
  }

  /** What is at the end of a record is not needed to read it. */
  #takeDoubtful(at: number): boolean {
    const [first, second] = [this.#view.getUint32(at + 4, true), this.#secondSize(at)]
    this.#problems.add(
      'bad-record',
      at,
      `the record says at its end that it has ${second} bytes, not ${first}: it is read`,
    )
    return this.#take(at, this.#idAt(at))
  }

  #search(from: number): boolean {
    const end = Math.min(this.#freeSpace ?? this.bytes.length, this.bytes.length)
    if (from >= end) {
      if (this.#freeSpace !== undefined && from < this.#freeSpace && this.bytes.length < CHUNK_SIZE)
        this.#lost(from, end)
      return false
    }
    for (let at = this.bytes.indexOf(RECORD_MAGIC_BYTES, from + 1); at >= 0 && at < end; ) {
      if (this.#isRecord(at) || this.#mayBeRecord(at)) {
        this.#lost(from, at)
        return this.#isRecord(at) ? this.#take(at, this.#idAt(at)) : this.#takeDoubtful(at)
      }
      at = this.bytes.indexOf(RECORD_MAGIC_BYTES, at + 1)
    }
    // Without a header that can be believed, the end of the records is where they stop.
    if (this.#freeSpace !== undefined) this.#lost(from, end)
    return false
  }

  #lost(from: number, to: number): void {
    this.gaps += 1
    const cut = this.bytes.length < CHUNK_SIZE && to === this.bytes.length
    const what = `there is no whole record here; ${counted(to - from, 'byte is', 'bytes are')} lost`
    this.#problems.add(cut ? 'truncated' : 'bad-record', from, cut ? `${what}: the file is cut` : what)
  }

  #isRecord(at: number): boolean {
    return this.#hasSize(at) && this.#secondSize(at) === this.#view.getUint32(at + 4, true)
  }

  /** A record that says two sizes: the first is right when it leads to where another record begins, or where records end. */
  #mayBeRecord(at: number): boolean {
    if (!this.#hasSize(at)) return false
    const next = at + this.#view.getUint32(at + 4, true)
    return (
      next === this.#freeSpace || (next + 4 <= this.bytes.length && this.#view.getUint32(next, true) === RECORD_MAGIC)
    )
  }

  #hasSize(at: number): boolean {
    const view = this.#view
    if (at + MIN_RECORD_SIZE > this.bytes.length || view.getUint32(at, true) !== RECORD_MAGIC) return false
    const size = view.getUint32(at + 4, true)
    return size >= MIN_RECORD_SIZE && at + size <= this.bytes.length
  }

  #secondSize(at: number): number {
    return this.#view.getUint32(at + this.#view.getUint32(at + 4, true) - 4, true)
  }

  #idAt(at: number): number {
    return this.#view.getUint32(at + 8, true) + this.#view.getUint32(at + 12, true) * 2 ** 32
  }
}
