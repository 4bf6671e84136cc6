import { Rescans } from '../events/rescans.ts'
import { type Batch, longestEvent } from '../events/splitter.ts'
import { broken, type RowFields, unfinished } from './row-fields.ts'

/** Who takes the rows that are found. */
export interface RowTaker {
  begin(batch: Batch): void
  /** One row; the splitter's fields hold the places of its values. */
  row(from: number, to: number): void
  lost(code: 'too-long' | 'bad-csv' | 'truncated' | 'passed-over', position: number): void
}

/**
 * Cuts a table into rows, block after block. After a row that cannot be one, or whose quoted value has no end within what a row
 * can have, reading goes on at the next line: its rows may lie in what looked like one value.
 */
export class RowSplitter {
  readonly #taker: RowTaker
  readonly #fields: RowFields
  #carry: Buffer = Buffer.alloc(0)
  #position = 0
  readonly #rescans = new Rescans()
  /** Bytes of the input before the first row. */
  #skip: number

  constructor(taker: RowTaker, fields: RowFields, start: number) {
    this.#taker = taker
    this.#fields = fields
    this.#skip = start
  }

  push(block: Buffer): void {
    const skipped = Math.min(this.#skip, block.length)
    this.#skip -= skipped
    this.#position += skipped
    const own = block.subarray(skipped)
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, own]) : own
    const end = this.#rows(bytes, false)
    this.#position += end
    this.#carry = Buffer.from(bytes.subarray(end))
  }

  end(): void {
    this.#position += this.#rows(this.#carry, true)
    this.#carry = Buffer.alloc(0)
  }

  /** Hands out the whole rows; returns where what is not finished begins. */
  #rows(bytes: Buffer, isEnd: boolean): number {
    if (bytes.length === 0) return 0
    const text = bytes.toString('latin1')
    this.#taker.begin({ bytes, text, position: this.#position })
    const fields = this.#fields
    let at = 0
    while (at < text.length) {
      const end = fields.read(text, at, isEnd)
      if (end > 0) {
        if (end - at <= longestEvent) this.#taker.row(at, end)
        else this.#taker.lost('too-long', this.#position + at)
        at = end
        continue
      }
      if (end === unfinished && !isEnd && text.length - at <= longestEvent) return at
      const next = text.indexOf('\n', at) + 1
      // its line goes on in the next block
      if (end === broken && next === 0 && !isEnd && text.length - at <= longestEvent) return at
      this.#taker.lost(end === broken ? 'bad-csv' : isEnd ? 'truncated' : 'too-long', this.#position + at)
      at = this.#afterDamage(at, next, fields.gaveUpAt)
    }
    return text.length
  }

  /** `next`: where the next line begins, which may lie in what looked like one value; 0 when there is none. */
  #afterDamage(at: number, next: number, gaveUpAt: number): number {
    if (next === 0 || next >= gaveUpAt) return next || Math.max(gaveUpAt, at + 1)
    if (this.#rescans.mayGoBack(gaveUpAt - next, this.#position + gaveUpAt)) return next
    this.#taker.lost('passed-over', this.#position + next)
    return gaveUpAt
  }
}
