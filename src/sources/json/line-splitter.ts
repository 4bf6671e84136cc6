import { type EventTaker, longestEvent, type Splitter } from '../events/splitter.ts'

const lineFeed = 0x0a

/** One event a line. Optionally begins in the middle of a line, which belongs to whoever read up to there. */
export class LineSplitter implements Splitter {
  readonly #taker: EventTaker
  /** The beginning of a line whose end has not come yet, as it came. */
  #carry: Buffer[] = []
  #held = 0
  /** Where `#carry` begins in the input, or the next block when there is none. */
  #position: number
  #skipping: boolean

  constructor(taker: EventTaker, position: number, insideLine: boolean) {
    this.#taker = taker
    this.#position = position
    this.#skipping = insideLine
  }

  push(block: Buffer): void {
    let bytes = block
    if (this.#skipping) {
      const end = bytes.indexOf(lineFeed)
      this.#position += end === -1 ? bytes.length : end + 1
      if (end === -1) return
      this.#skipping = false
      bytes = bytes.subarray(end + 1)
    }
    if (this.#held > 0) {
      // only the line that goes over the blocks' border is copied
      const border = bytes.indexOf(lineFeed) + 1
      this.#hold(border === 0 ? bytes : bytes.subarray(0, border))
      if (border === 0) return
      if (this.#held > 0) this.#release()
      this.#skipping = false
      bytes = bytes.subarray(border)
    }
    const end = bytes.lastIndexOf(lineFeed) + 1
    this.#lines(bytes.subarray(0, end))
    this.#position += end
    this.#hold(bytes.subarray(end))
  }

  /** Holds back a part of a line, unless the line is longer than any event. */
  #hold(part: Buffer): void {
    this.#held += part.length
    if (this.#held > longestEvent) {
      this.#taker.lost('too-long', this.#position)
      this.#position += this.#held
      this.#carry = []
      this.#held = 0
      this.#skipping = true
    } else if (part.length > 0) this.#carry.push(Buffer.from(part))
  }

  /** The line is whole. */
  #release(): void {
    const line = Buffer.concat(this.#carry)
    this.#carry = []
    this.#held = 0
    this.#lines(line)
    this.#position += line.length
  }

  end(): void {
    if (this.#held > 0) this.#release()
  }

  #lines(bytes: Buffer): void {
    if (bytes.length === 0) return
    const text = bytes.toString('latin1')
    this.#taker.begin({ bytes, text, position: this.#position })
    for (let from = 0; from < text.length; ) {
      const end = text.indexOf('\n', from)
      const to = end === -1 ? text.length : end
      this.#taker.event(from, to)
      from = to + 1
    }
  }
}
