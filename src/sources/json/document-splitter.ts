import { Rescans } from '../events/rescans.ts'
import { type EventTaker, longestEvent, type Splitter } from '../events/splitter.ts'

/** Objects in each other above the events of an answer; of `_msearch` there are three. Each costs a look at all that is held back. */
const deepestAnswer = 8

interface Answer {
  readonly position: number
  hasEvents: boolean
  /** Objects that were entered since the last event. */
  entered: number
  /** Objects that were entered and have not ended. */
  open: number
}

/**
 * A list of events (`[{…},{…}]`), or events one after the other that go over several lines each. An object that is too long to be an
 * event is taken for the answer of a search: what is in it is handed out as parts. Events are found by counting
 * braces outside of texts; what stands between them does not matter. A text cannot go over a line's end: where it does, the
 * event is broken, and reading goes on at the next place where one can begin.
 */
export class DocumentSplitter implements Splitter {
  readonly #taker: EventTaker
  #carry: Buffer = Buffer.alloc(0)
  #position = 0
  readonly #rescans = new Rescans()
  #listIsOpen = false
  /** The long object that reading is within, and whether any event was found in it. */
  #answer: Answer | null = null
  /** How far the event at the beginning of `#carry` was gone through: a long one is not gone through again with every block. */
  #begun = { at: 0, depth: 0 }

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
    this.#leaveAnswer()
    if (this.#listIsOpen) this.#taker.lost('truncated', this.#position)
  }

  /** Hands out the whole events; returns where what is not finished begins. */
  #events(bytes: Buffer, isEnd: boolean): number {
    if (bytes.length === 0) return 0
    const text = bytes.toString('latin1')
    this.#taker.begin({ bytes, text, position: this.#position })
    const ends = new EventEnds(text)
    let at = 0
    while (true) {
      const from = this.#eventStart(text, at)
      if (from === -1) return text.length
      const to = ends.endOf(from, from === 0 ? this.#begun : nothingBegun)
      this.#begun = nothingBegun
      if (to > 0) {
        this.#handOut(from, to)
        at = to
        continue
      }
      const isCut = to === unfinished
      if (isCut && !isEnd && text.length - from <= longestEvent) {
        this.#begun = { at: ends.begun.at - from, depth: ends.begun.depth }
        return from
      }
      if (isCut && !isEnd && this.#enter(from)) {
        at = from + 1
        continue
      }
      this.#taker.lost(isCut && !isEnd ? 'too-long' : 'bad-json', this.#position + from)
      const next = this.#afterDamage(text, from, ends.lookedTo)
      if (next === -1) return text.length
      at = next
    }
  }

  #handOut(from: number, to: number): void {
    if (this.#answer === null || !this.#taker.part) this.#taker.event(from, to)
    else if (this.#taker.part(from, to)) {
      this.#answer.hasEvents = true
      this.#answer.entered = 0
    }
  }

  /** Whether an object that is too long may be looked into. */
  #enter(from: number): boolean {
    if (!this.#taker.part) return false
    this.#answer ??= { position: this.#position + from, hasEvents: false, entered: 0, open: 0 }
    if (this.#answer.entered >= deepestAnswer) return false
    this.#answer.entered++
    this.#answer.open++
    return true
  }

  /** A long object in which nothing was found was no answer. */
  #leaveAnswer(): void {
    if (this.#answer?.hasEvents === false) this.#taker.lost('too-long', this.#answer.position)
    this.#answer = null
  }

  /** The next event may begin within the one that is broken. */
  #afterDamage(text: string, from: number, lookedTo: number): number {
    const next = restart(text, from + 1)
    if (next === -1 || next >= lookedTo) return next
    if (this.#rescans.mayGoBack(lookedTo - next, this.#position + lookedTo)) return next
    this.#taker.lost('passed-over', this.#position + next)
    return restart(text, lookedTo)
  }

  #eventStart(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 0x7b) return at
      if (code === 0x5b) this.#listIsOpen = true
      else if (code === 0x5d) this.#listIsOpen = false
      else if (code === 0x7d && this.#answer && --this.#answer.open === 0) this.#leaveAnswer()
    }
    return -1
  }
}

const nothingBegun = { at: 0, depth: 0 }

const unfinished = 0
const broken = -1

/** Finds where events end in one text. */
class EventEnds {
  readonly #text: string
  /** How far `endOf` had looked when it found no end. */
  lookedTo = 0
  /** Of an event that is unfinished: the place before which all of it was gone through, and how deep it was there. */
  begun = nothingBegun
  /** The next line's end at or after the place that was last asked for. */
  #lineEnd = -2
  #lineFrom = 0

  constructor(text: string) {
    this.#text = text
  }

  /** The end of the object that begins here, of which some may have been gone through; `unfinished`, or `broken` when it can have none. */
  endOf(from: number, begun: { readonly at: number; readonly depth: number }): number {
    const text = this.#text
    let { depth } = begun
    for (let at = from + begun.at; at < text.length; at++) {
      switch (text.charCodeAt(at)) {
        case 0x22: {
          const begin = at
          at = this.#textEnd(at + 1)
          if (at === broken || at === unfinished) {
            this.lookedTo = at === broken ? this.#lineEndFrom(begin) : text.length
            this.begun = { at: begin, depth }
            return at
          }
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
    this.lookedTo = text.length
    this.begun = { at: text.length, depth }
    return unfinished
  }

  /** The place of the quote that ends a text. */
  #textEnd(from: number): number {
    const text = this.#text
    let end = text.indexOf('"', from)
    while (end !== -1) {
      let slashes = end
      while (slashes > from && text.charCodeAt(slashes - 1) === 0x5c) slashes--
      if ((end - slashes) % 2 === 0) break
      end = text.indexOf('"', end + 1)
    }
    const lineEnd = this.#lineEndFrom(from)
    if (lineEnd !== -1 && (end === -1 || lineEnd < end)) return broken
    return end === -1 ? unfinished : end
  }

  /** One search serves all texts of a line: a list of events may be one line of gigabytes. */
  #lineEndFrom(from: number): number {
    const isKnown = this.#lineEnd !== -2 && from >= this.#lineFrom && (this.#lineEnd === -1 || from <= this.#lineEnd)
    if (!isKnown) {
      this.#lineEnd = this.#text.indexOf('\n', from)
      this.#lineFrom = from
    }
    return this.#lineEnd
  }
}

/** The next place where an event can begin: an object after the end of another or at the beginning of a line. */
function restart(text: string, from: number): number {
  const start = /[}\r\n,][\t ]*(?=\{\s*")/g
  start.lastIndex = from
  return start.exec(text) === null ? -1 : start.lastIndex
}
