import { DEFAULT_BLOCK_SIZE, hasMagic } from '../../decode/evtx/file-header.ts'
import { CHUNK_HEADER_SIZE, CHUNK_SIZE } from '../../decode/evtx/index.ts'
import type { Packed } from '../../engine/ports.ts'
import { AllowanceSpent } from './allowance.ts'
import { fileBlocks } from './file-blocks.ts'
import { unpacked } from './packed.ts'
import { textBlocks, textFile } from './text-blocks.ts'

/** A file or a member of an archive while it is told what it is. */
export class Content {
  readonly path: string
  readonly packed: Packed | null
  readonly beginning: (size: number) => Buffer

  readonly #spend: (bytes: number) => void

  /** `spend` is told of bytes that are unpacked beyond the beginning, and may throw when they are too many. */
  constructor(
    path: string,
    packed: Packed | null,
    beginning: (size: number) => Buffer,
    spend: (bytes: number) => void = () => {},
  ) {
    this.path = path
    this.packed = packed
    this.beginning = beginning
    this.#spend = spend
  }

  /** Its bytes as they lie there, up to where an archive is damaged. */
  async *#blocks(): AsyncGenerator<Buffer> {
    if (!this.packed) yield* fileBlocks(this.path)
    else {
      try {
        yield* this.#spending(unpacked(this.packed))
      } catch (error) {
        if (error instanceof AllowanceSpent) throw error
        // any other is told by whoever reads it
      }
    }
  }

  async isAllZero(): Promise<boolean> {
    if (!isZero(this.beginning(4096))) return false
    for await (const block of this.#blocks()) if (!isZero(block)) return false
    return true
  }

  /** Whether a chunk of an event log begins at one of the places where one can, though the file does not begin like one. */
  async hasEvtxChunk(): Promise<boolean> {
    let at = 0
    for await (const block of this.#blocks()) {
      const first = Math.ceil((at - DEFAULT_BLOCK_SIZE) / CHUNK_SIZE) * CHUNK_SIZE + DEFAULT_BLOCK_SIZE
      for (let place = Math.max(first, DEFAULT_BLOCK_SIZE); place < at + block.length; place += CHUNK_SIZE) {
        if (hasMagic(block, place - at, 'ElfChnk')) return true
      }
      at += block.length
    }
    return false
  }

  /**
   * Whether an event log has records, or what may be some: not only its header, those of chunks, and zeros. What cannot be unpacked
   * may have some.
   */
  async mayHaveEvtxRecords(): Promise<boolean> {
    const first = this.beginning(2 * DEFAULT_BLOCK_SIZE).subarray(DEFAULT_BLOCK_SIZE + CHUNK_HEADER_SIZE)
    if (!isZero(first)) return true
    let at = 0
    try {
      for await (const block of this.packed ? unpacked(this.packed) : fileBlocks(this.path)) {
        for (let place = recordsFrom(at); place < at + block.length; ) {
          const border = place + CHUNK_SIZE - ((place - DEFAULT_BLOCK_SIZE) % CHUNK_SIZE)
          if (!isZero(block.subarray(place - at, border - at))) return true
          place = border + CHUNK_HEADER_SIZE
        }
        at += block.length
      }
    } catch {
      return true
    }
    return false
  }

  /** What it holds as UTF-8, unpacked, up to where it is damaged. */
  text(): AsyncGenerator<Buffer> {
    const quiet = () => {}
    const file = textFile({ path: this.path, name: '', packed: this.packed }, this.beginning(64 << 10))
    return this.#spending(textBlocks(file, quiet, quiet))
  }

  async *#spending(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const block of blocks) {
      this.#spend(block.length)
      yield block
    }
  }
}

/** The first place from `at` on where records of an event log can stand. */
function recordsFrom(at: number): number {
  if (at < DEFAULT_BLOCK_SIZE) return DEFAULT_BLOCK_SIZE + CHUNK_HEADER_SIZE
  const inChunk = (at - DEFAULT_BLOCK_SIZE) % CHUNK_SIZE
  return at + Math.max(0, CHUNK_HEADER_SIZE - inChunk)
}

const zeros = Buffer.alloc(64 << 10)

function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += zeros.length) {
    const part = bytes.subarray(at, at + zeros.length)
    if (!part.equals(zeros.subarray(0, part.length))) return false
  }
  return true
}
