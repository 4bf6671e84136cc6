import { type EventTaker, longestEvent, type Splitter } from '../events/splitter.ts'
import { classicStart } from './texts/splunk-classic.ts'

/**
 * Splunk's text of Windows events, one after the other, each over many lines: an event goes on to the line with which the next one
 * begins.
 */
export class BlockSplitter implements Splitter {
  readonly #taker: EventTaker
  #carry: Buffer = Buffer.alloc(0)
  #position = 0

  constructor(taker: EventTaker) {
    this.#taker = taker
  }

  push(block: Buffer): void {
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, block]) : block
    const end = this.#blocks(bytes, false)
    this.#position += end
    this.#carry = Buffer.from(bytes.subarray(end))
  }

  end(): void {
    this.#position += this.#blocks(this.#carry, true)
    this.#carry = Buffer.alloc(0)
  }

  /** Hands out the whole blocks; returns where the last begins, which may go on. */
  #blocks(bytes: Buffer, isEnd: boolean): number {
    if (bytes.length === 0) return 0
    const text = bytes.toString('latin1')
    this.#taker.begin({ bytes, text, position: this.#position })
    let from = 0
    for (let next = nextStart(text, 1); next !== -1; next = nextStart(text, next + 1)) {
      this.#taker.event(from, next)
      from = next
    }
    if (isEnd) {
      this.#taker.event(from, text.length)
      return text.length
    }
    if (text.length - from <= longestEvent) return from
    this.#taker.lost('too-long', this.#position + from)
    return text.length
  }
}

/** The next line with which an event begins. */
function nextStart(text: string, from: number): number {
  const start = new RegExp(classicStart, 'gm')
  start.lastIndex = from
  return start.exec(text)?.index ?? -1
}
