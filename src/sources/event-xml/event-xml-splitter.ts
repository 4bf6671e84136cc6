import { type EventTaker, longestEvent, type Splitter } from '../json/splitter.ts'

/** Places at which reading is taken up again after damage; a file of nothing but `<Event` must not take forever. */
const mostRestarts = 10_000

/**
 * Finds the `<Event …>…</Event>` elements of an input, one a line or in one document of any length; what stands between them does
 * not matter. An event that is not closed before the next one begins is broken, and reading goes on with that.
 */
export class EventXmlSplitter implements Splitter {
  readonly #taker: EventTaker
  #carry: Buffer = Buffer.alloc(0)
  #position = 0
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
    this.#position += this.#events(this.#carry, true)
    this.#carry = Buffer.alloc(0)
  }

  /** Hands out the whole events; returns where what is not finished begins. */
  #events(bytes: Buffer, isEnd: boolean): number {
    if (bytes.length === 0) return 0
    const text = bytes.toString('latin1')
    this.#taker.begin({ bytes, text, position: this.#position })
    const marks = new Marks(text)
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
      const isTooLong = text.length - from > longestEvent
      if (to === unfinished && !isEnd && !isTooLong) return from
      if (this.#restarts++ >= mostRestarts) return text.length
      this.#taker.lost(to === unfinished ? (isTooLong ? 'too-long' : 'truncated') : 'bad-xml', this.#position + from)
      at = from + 1
    }
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
const broken = -1

/** The end of the event that begins here; `unfinished`, or `broken` when another one begins before its end. */
function eventEnd(text: string, from: number, marks: Marks): number {
  let at = from + START.length
  while (true) {
    const end = marks.ends.from(at)
    if (end === -1) return nextStart(text, at, text.length) === -1 ? unfinished : broken
    // in a CDATA section or a comment a tag is text
    const section = marks.sectionIn(at, end)
    if (section === -1) return unfinished
    if (section > 0) {
      at = section
      continue
    }
    if (nextStart(text, at, end) !== -1) return broken
    const close = text.indexOf('>', end)
    return close === -1 ? unfinished : close + 1
  }
}

function nextStart(text: string, from: number, to: number): number {
  const start = eventStart(text, from)
  return start === -1 || start >= to ? -1 : start
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
  readonly ends: Places
  readonly #text: string
  readonly #cdata: Places
  readonly #comments: Places

  constructor(text: string) {
    this.#text = text
    this.ends = new Places(text, END, true)
    this.#cdata = new Places(text, '<![CDATA[', false)
    this.#comments = new Places(text, '<!--', false)
  }

  /** Where the first section that begins between these places ends; 0 when there is none, -1 when it does not end. */
  sectionIn(from: number, to: number): number {
    const [cdata, comment] = [this.#cdata.from(from), this.#comments.from(from)]
    const isComment = comment !== -1 && (cdata === -1 || comment < cdata)
    const begin = isComment ? comment : cdata
    if (begin === -1 || begin >= to) return 0
    const end = this.#text.indexOf(isComment ? '-->' : ']]>', begin)
    return end === -1 ? -1 : end + 3
  }
}
