import { bufferOver, Places } from '../lines.ts'

/** The events of one request, an object a line, and where each begins. */
export interface HecEvents {
  readonly bytes: Uint8Array<SharedArrayBuffer>
  readonly places: Float64Array
  /** The first that is none, where those before it are taken; null: there is none. */
  readonly wrong: { readonly event: number; readonly code: 6 | 12 | 13 } | null
}

const [tab, lineFeed, carriageReturn, blank] = [0x09, 0x0a, 0x0d, 0x20]
const [quote, comma, colon, backslash, openBracket, closeBracket, openBrace, closeBrace] = [
  0x22, 0x2c, 0x3a, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
]
const letterN = 0x6e
const keyOfEvent = Buffer.from('event')

/** Splunk's forwarders write one object after the other, with or without anything between them, each over as many lines as it likes. */
export function readHecEvents(body: Uint8Array<SharedArrayBuffer>): HecEvents {
  const bytes = bufferOver(body)
  const starts = new Places()
  const ends: number[] = []
  let wrong: HecEvents['wrong'] = null
  let isTight = false
  for (let at = afterBlanks(bytes, 0); at < bytes.length && wrong === null; ) {
    const { end, event } = objectAt(bytes, at)
    const number = starts.length
    if (end === -1) wrong = { event: number, code: 6 }
    else if (event !== 'there') wrong = { event: number, code: event === 'blank' ? 13 : 12 }
    else {
      starts.add(at)
      ends.push(end)
      at = afterBlanks(bytes, end)
      isTight ||= at === end && at < bytes.length
    }
  }
  return { ...asLines(body, starts.all(), ends, isTight), wrong }
}

/** In place where there is something between all of them that can be a line's end. */
function asLines(body: Uint8Array<SharedArrayBuffer>, starts: Float64Array, ends: readonly number[], isTight: boolean) {
  const count = starts.length
  const places = new Float64Array(count)
  const end = ends.at(-1) ?? 0
  const lines = isTight ? new Uint8Array(new SharedArrayBuffer(end + count)) : body.subarray(0, end)
  let to = 0
  for (let index = 0; index < count; index++) {
    const [from = 0, until = 0] = [starts[index], ends[index]]
    if (isTight) {
      lines.set(body.subarray(from, until), to)
      places[index] = to
      to += until - from
      lines[to++] = lineFeed
    } else {
      places[index] = from
      if (until < end) body[until] = lineFeed
    }
  }
  return { bytes: isTight ? lines.subarray(0, to) : lines, places }
}

const isBlank = (byte: number | undefined): boolean =>
  byte === blank || byte === lineFeed || byte === carriageReturn || byte === tab

function afterBlanks(bytes: Buffer, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at++
  return at
}

interface ObjectAt {
  /** -1: it is no object, or has no end. */
  readonly end: number
  /** Its member `event`. */
  readonly event: 'there' | 'blank' | 'missing'
}

/** Goes through one object by its brackets and texts. Line ends in it become blanks, so that it is one line. */
function objectAt(bytes: Buffer, from: number): ObjectAt {
  let event: ObjectAt['event'] = 'missing'
  if (bytes[from] !== openBrace) return { end: -1, event }
  let depth = 0
  let isKey = true
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) {
      const end = textEnd(bytes, at + 1)
      if (depth === 1 && isKey) {
        isKey = false
        if (isKeyOfEvent(bytes, at + 1, end)) event = valueBehind(bytes, end + 1)
      }
      at = end
    } else if (byte === openBrace || byte === openBracket) depth++
    else if (byte === closeBrace || byte === closeBracket) {
      if (--depth === 0) return { end: byte === closeBrace ? at + 1 : -1, event }
    } else if (byte === comma) isKey = depth === 1
    else if (byte === lineFeed || byte === carriageReturn) bytes[at] = blank
  }
  return { end: -1, event }
}

const isKeyOfEvent = (bytes: Buffer, from: number, to: number): boolean =>
  to - from === keyOfEvent.length && bytes.compare(keyOfEvent, 0, keyOfEvent.length, from, to) === 0

/** The place of the quote that ends a text; behind all where none does. */
function textEnd(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === backslash) at++
    else if (byte === quote) return at
    else if (byte === lineFeed || byte === carriageReturn) bytes[at] = blank
  }
  return bytes.length
}

function valueBehind(bytes: Buffer, at: number): ObjectAt['event'] {
  const mark = afterBlanks(bytes, at)
  if (bytes[mark] !== colon) return 'missing'
  const value = afterBlanks(bytes, mark + 1)
  if (bytes[value] === letterN) return 'missing'
  return bytes[value] === quote && bytes[value + 1] === quote ? 'blank' : 'there'
}
