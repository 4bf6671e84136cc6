import type { Instant } from '../../model/time.ts'
import { writeFileTime } from '../evtx-writer/value.ts'

const BIN_HEADER = 32
const PAGE = 4096

/**
 * Cells in bins, one bin after the other. A cell never crosses a bin's end; what is left of a bin becomes a free cell.
 * Source: msuhanov, "Windows registry file format specification", sections Hive bin, Cell.
 */
export class Bins {
  #bytes = Buffer.alloc(1024 * 1024)
  #bin = 0
  #binEnd = 0
  #at = 0
  readonly #created: Instant

  constructor(created: Instant) {
    this.#created = created
  }

  /** Makes room for a cell with this much content and returns the cell's offset. */
  allocate(length: number): number {
    const size = Math.ceil((length + 4) / 8) * 8
    if (this.#at + size > this.#binEnd) this.#open(size)
    const cell = this.#at
    this.#bytes.writeInt32LE(-size, cell)
    this.#at += size
    return cell
  }

  /** Leaves a bin of at least this size empty, as what was deleted leaves it. */
  skip(bytes: number): void {
    const cell = this.allocate(Math.max(bytes, this.#binEnd - this.#at))
    this.#bytes.writeInt32LE(-this.#bytes.readInt32LE(cell), cell)
  }

  /** Puts a cell with this content down and returns its offset. */
  add(content: Uint8Array): number {
    const cell = this.allocate(content.length)
    this.#bytes.set(content, cell + 4)
    return cell
  }

  /** The content of a cell, for writing. Valid until the next cell is added. */
  content(cell: number): Buffer {
    return this.#bytes.subarray(cell + 4, cell - this.#bytes.readInt32LE(cell))
  }

  /** All bins. */
  end(): Buffer {
    this.#close()
    return this.#bytes.subarray(0, this.#binEnd)
  }

  #open(cellSize: number): void {
    this.#close()
    const size = Math.ceil((BIN_HEADER + cellSize) / PAGE) * PAGE
    this.#bin = this.#binEnd
    this.#binEnd = this.#bin + size
    if (this.#binEnd > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#binEnd))
      this.#bytes.copy(larger)
      this.#bytes = larger
    }
    this.#bytes.write('hbin', this.#bin, 'latin1')
    this.#bytes.writeUInt32LE(this.#bin, this.#bin + 4)
    this.#bytes.writeUInt32LE(size, this.#bin + 8)
    if (this.#bin === 0) writeFileTime(this.#bytes, 20, this.#created)
    this.#at = this.#bin + BIN_HEADER
  }

  #close(): void {
    if (this.#at < this.#binEnd) this.#bytes.writeInt32LE(this.#binEnd - this.#at, this.#at)
  }
}
