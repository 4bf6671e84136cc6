import { type EventTaker, longestEvent, type Splitter } from './splitter.ts'

/** Places at which reading is taken up again after damage; a file of nothing but braces must not take forever. */
const mostRestarts = 10_000

/**
 * A list of events (`[{…},{…}]`), or events one after the other that go over several lines each. Events are found by counting
 * braces outside of texts; what stands between them does not matter. A text cannot go over a line's end: where it does, the
 * event is broken, and reading goes on at the next place where one can begin.
 */
export class DocumentSplitter implements Splitter {
  readonly #taker: EventTaker
  #carry: Buffer = Buffer.alloc(0)
  #position = 0
  #listIsOpen = false
  #restarts = 0

  constructor(taker: EventTaker) {
    this.#taker = taker
  }

  push(block: Buffer): void {
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, block]) : block
    const end = this.#events(bytes, false)
    this.#position += end
    this.#carry = Buffer.from(bytes.subarray(end))
  }

  end(): void {
    const end = this.#events(this.#carry, true)
    this.#position += end
    this.#carry = Buffer.alloc(0)
    if (this.#listIsOpen) this.#taker.lost('truncated', this.#position)
  }

  /** Hands out the whole events; returns where what is not finished begins. */
  #events(bytes: Buffer, isEnd: boolean): number {
    if (bytes.length === 0) return 0
    const text = bytes.toString('latin1')
    this.#taker.begin({ bytes, text, position: this.#position })
    let at = 0
    while (true) {
      const from = this.#eventStart(text, at)
      if (from === -1) return text.length
      const to = eventEnd(text, from)
      if (to > 0) {
        this.#taker.event(from, to)
        at = to
        continue
      }
      const isCut = to === unfinished
      if (isCut && !isEnd && text.length - from <= longestEvent) return from
      if (this.#restarts++ >= mostRestarts) return text.length
      this.#taker.lost(isCut && !isEnd ? 'too-long' : 'bad-json', this.#position + from)
      const next = restart(text, from + 1)
      if (next === -1) return text.length
      at = next
    }
  }

  #eventStart(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 0x7b) return at
      if (code === 0x5b) this.#listIsOpen = true
      else if (code === 0x5d) this.#listIsOpen = false
    }
    return -1
  }
}

const unfinished = 0
const broken = -1

/** The end of the object that begins here; `unfinished`, or `broken` when it can have none. */
function eventEnd(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: {
        at = textEnd(text, at + 1)
        if (at === broken || at === unfinished) return at
        break
      }
      case 0x7b:
        depth++
        break
      case 0x7d:
        if (--depth === 0) return at + 1
        break
    }
  }
  return unfinished
}

/** The place of the quote that ends a text. */
function textEnd(text: string, from: number): number {
  let end = text.indexOf('"', from)
  while (end !== -1) {
    let slashes = end
    while (slashes > from && text.charCodeAt(slashes - 1) === 0x5c) slashes--
    if ((end - slashes) % 2 === 0) break
    end = text.indexOf('"', end + 1)
  }
  const lineEnd = text.indexOf('\n', from)
  if (lineEnd !== -1 && (end === -1 || lineEnd < end)) return broken
  return end === -1 ? unfinished : end
}

/** The next place where an event can begin: an object after the end of another or at the beginning of a line. */
function restart(text: string, from: number): number {
  const start = /[}\r\n,][\t ]*(?=\{\s*")/g
  start.lastIndex = from
  return start.exec(text) === null ? -1 : start.lastIndex
}
