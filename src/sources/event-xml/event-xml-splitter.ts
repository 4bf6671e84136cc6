import { Rescans } from '../events/rescans.ts'
import { type EventTaker, longestEvent, type Splitter } from '../events/splitter.ts'

/**
 * Finds the `<Event …>…</Event>` elements of an input, one a line or in one document of any length; what stands between them does
 * not matter. An event that is not closed before the next one begins is broken, and reading goes on with that.
 */
export class EventXmlSplitter implements Splitter {
  readonly #taker: EventTaker
  readonly #rescans = new Rescans()
  #carry: Buffer = Buffer.alloc(0)
  #position = 0

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
    this.#position += this.#events(this.#carry, true)
    this.#carry = Buffer.alloc(0)
  }

  /** Hands out the whole events; returns where what is not finished begins. */
  #events(bytes: Buffer, isEnd: boolean): number {
    if (bytes.length === 0) return 0
    const text = bytes.toString('latin1')
    this.#taker.begin({ bytes, text, position: this.#position })
    let marks = new Marks(text)
    let at = 0
    while (true) {
      const from = eventStart(text, at)
      // a tag that is cut by the block's end begins in its last few characters
      if (from === -1) return isEnd ? text.length : Math.max(at, text.length - longestTagStart)
      const to = eventEnd(text, from, marks)
      if (to > 0) {
        this.#taker.event(from, to)
        at = to
        continue
      }
      if (to < 0) {
        this.#taker.lost('bad-xml', this.#position + from)
        at = -to
        continue
      }
      const isTooLong = text.length - from > longestEvent
      if (!isEnd && !isTooLong) return from
      this.#taker.lost(isTooLong ? 'too-long' : 'truncated', this.#position + from)
      at = this.#afterUnfinished(text, from)
      marks = new Marks(text)
    }
  }

  /** The next event may begin within the one that has no end. */
  #afterUnfinished(text: string, from: number): number {
    if (this.#rescans.mayGoBack(text.length - from, this.#position + text.length)) return from + 1
    this.#taker.lost('passed-over', this.#position + from)
    return text.length
  }
}

const START = '<Event'
const END = '</Event'
const longestTagStart = END.length + 1

/** The next `<Event` that is not `<EventData`, `<EventID` or another name that begins so. */
function eventStart(text: string, from: number): number {
  let at = text.indexOf(START, from)
  while (at !== -1 && !endsName(text, at + START.length)) {
    // at the very end of the block it may go on either way
    if (at + START.length >= text.length) return -1
    at = text.indexOf(START, at + START.length)
  }
  return at
}

const unfinished = 0

/** The end of the event that begins here; `unfinished`; or, when another one begins before its end, where that is, below zero. */
function eventEnd(text: string, from: number, marks: Marks): number {
  let at = from + START.length
  while (true) {
    const end = marks.ends.from(at)
    // in a CDATA section or a comment a tag is text
    const section = marks.section(at, end === -1 ? text.length : end)
    const next = marks.starts.from(at)
    if (next !== -1 && (section === null || next < section.begin) && (end === -1 || next < end)) return -next
    if (section === null) {
      const close = end === -1 ? -1 : text.indexOf('>', end)
      return close === -1 ? unfinished : close + 1
    }
    if (section.end === -1) return unfinished
    at = section.end
  }
}

/** Whether a name ends here: `>`, `/` or a blank. */
function endsName(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x3e || code === 0x2f || code <= 0x20
}

/** Where something stands next; asked for ever later places, it searches no part of the text twice. */
class Places {
  readonly #text: string
  readonly #what: string
  readonly #isName: boolean
  #next = -2

  constructor(text: string, what: string, isName: boolean) {
    this.#text = text
    this.#what = what
    this.#isName = isName
  }

  /** The first at or after this place; -1 when there is none. */
  from(place: number): number {
    if (this.#next === -1 || this.#next >= place) return this.#next
    let at = this.#text.indexOf(this.#what, place)
    while (at !== -1 && this.#isName && !endsName(this.#text, at + this.#what.length)) {
      at = this.#text.indexOf(this.#what, at + this.#what.length)
    }
    this.#next = at
    return at
  }
}

class Marks {
  readonly starts: Places
  readonly ends: Places
  readonly #cdata: Places
  readonly #comments: Places
  readonly #cdataEnds: Places
  readonly #commentEnds: Places

  constructor(text: string) {
    this.starts = new Places(text, START, true)
    this.ends = new Places(text, END, true)
    this.#cdata = new Places(text, '<![CDATA[', false)
    this.#comments = new Places(text, '<!--', false)
    this.#cdataEnds = new Places(text, ']]>', false)
    this.#commentEnds = new Places(text, '-->', false)
  }

  /** The first section that begins between these places; its end is -1 where it has none. */
  section(from: number, to: number): { readonly begin: number; readonly end: number } | null {
    const [cdata, comment] = [this.#cdata.from(from), this.#comments.from(from)]
    const isComment = comment !== -1 && (cdata === -1 || comment < cdata)
    const begin = isComment ? comment : cdata
    if (begin === -1 || begin >= to) return null
    const end = (isComment ? this.#commentEnds : this.#cdataEnds).from(begin)
    return { begin, end: end === -1 ? -1 : end + 3 }
  }
}
