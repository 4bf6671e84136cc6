import { counted } from '../../model/counted.ts'
import { Damage, hex } from './damage.ts'
import { asBuffer, type HiveBytes } from './hive-bytes.ts'
import { BASE_BLOCK_SIZE } from './limits.ts'

/** Where an offset field points when there is nothing. */
export const NOWHERE = 0xffff_ffff

/** Bytes of a key with a name of one letter, its cell's size included. */
const SMALLEST_KEY = 81

/**
 * The cells of a hive. Whoever reads a hive reads cells by the offsets in other cells and needs no more of the file.
 * Bins are not walked: their headers say nothing that a key needs, and they are spread over the whole file.
 * Source: msuhanov, "Windows registry file format specification", section Cell.
 */
export class Cells {
  readonly #bytes: HiveBytes
  /** Values larger than one piece are cut into pieces from version 1.4 on. */
  readonly cutsBigData: boolean

  constructor(bytes: HiveBytes, minorVersion: number) {
    this.#bytes = bytes
    this.cutsBigData = minorVersion > 3
  }

  get size(): number {
    return this.#bytes.size
  }

  /** As many keys as the hive has room for. */
  get mostKeys(): number {
    return Math.ceil(this.#bytes.size / SMALLEST_KEY)
  }

  /** Offset in the file, for problems. */
  fileOffset(offset: number): number {
    return BASE_BLOCK_SIZE + offset
  }

  /** The content of a cell, or its first `limit` bytes. Throws Damage when there cannot be a cell. */
  read(offset: number, limit: number): Buffer {
    return this.part(offset, 0, limit)
  }

  /** A part of a cell's content, up to where it ends. Throws Damage when there cannot be a cell. */
  part(offset: number, from: number, length: number): Buffer {
    const at = this.fileOffset(offset)
    if (offset % 8 !== 0 || at + 8 > this.#bytes.size) {
      throw new Damage('bad-cell', at, `no cell can be at ${hex(offset)} of bins that end at ${hex(this.#end)}`)
    }
    const size = Math.abs(asBuffer(this.#bytes.read(at, 4)).readInt32LE(0))
    if (size < 8 || at + size > this.#bytes.size) {
      throw new Damage('bad-cell', at, `a cell of ${counted(size, 'byte')} in bins that end at ${hex(this.#end)}`)
    }
    return asBuffer(this.#bytes.read(at + 4 + from, Math.min(Math.max(0, size - 4 - from), length)))
  }

  get #end(): number {
    return this.#bytes.size - BASE_BLOCK_SIZE
  }
}
