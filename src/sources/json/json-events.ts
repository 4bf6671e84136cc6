import { isUtf8 } from 'node:buffer'
import type { FoldedProblems } from '../events/folded-problems.ts'
import { type Batch, type EventTaker, type LossCode, withoutMargins } from '../events/splitter.ts'
import type { EventRecords } from './event-records.ts'
import type { EventSieve } from './event-sieve.ts'
import { isTooDeep, textEnd } from './nesting.ts'
import { behindAPrefix } from './texts/behind-a-prefix.ts'
import { escapedXml } from './texts/escaped-xml.ts'
import { snare } from './texts/snare.ts'
import { classicStart } from './texts/splunk-classic.ts'

/** Takes the events of one input: those that may matter are parsed and made records of. */
export class JsonEvents implements EventTaker {
  readonly #sieve: EventSieve
  readonly #problems: FoldedProblems
  readonly #records: EventRecords
  #batch: Batch = { bytes: Buffer.alloc(0), text: '', position: 0 }

  constructor(sieve: EventSieve, problems: FoldedProblems, records: EventRecords) {
    this.#sieve = sieve
    this.#problems = problems
    this.#records = records
  }

  begin(batch: Batch): void {
    this.#batch = batch
    this.#sieve.begin(batch.text)
  }

  lost(code: LossCode, position: number): void {
    this.#problems.add(code, position)
  }

  event(from: number, to: number): void {
    this.#take(from, to, false)
  }

  part(from: number, to: number): boolean {
    return this.#take(from, to, true)
  }

  /** Whether an event was there. */
  #take(from: number, to: number, isPart: boolean): boolean {
    const { text } = this.#batch
    const { begin, end } = withoutMargins(text, from, to)
    if (begin === end) return false
    const isWhole = text.charCodeAt(begin) === 0x7b && text.charCodeAt(end - 1) === 0x7d
    const verdict = this.#sieve.look(begin, end)
    if (isWhole && verdict === 'other') {
      this.#records.count++
      return true
    }
    const value = valueAt(this.#batch, begin, end, this.#problems)
    const position = this.#batch.position + begin
    const example = isPart ? null : () => text.slice(begin, begin + 100)
    if (value === undefined) this.#records.count++
    else if (Array.isArray(value)) {
      // a place of its own for each: no element is shorter than a byte
      value.forEach((element, index) => {
        this.#records.take(element, position + index, example, true)
      })
      return true
    } else return this.#records.take(value, position, example)
    return false
  }
}

/** What stands there: the text itself where it may hold an event, else parsed; undefined when it is no JSON. */
export function valueAt(batch: Batch, from: number, to: number, problems: FoldedProblems): unknown {
  const isText = !beginsAsJson(batch.text, from) && mayHold(batch.text, from, to)
  return isText ? textIn(batch, from, to, problems) : parse(batch, from, to, problems)
}

/** Whether an event can stand there at all, told without parsing: most lines of most texts are none. */
export const mayBeEvent = ({ text }: Batch, from: number, to: number): boolean =>
  beginsAsJson(text, from) || mayHold(text, from, to)

function beginsAsJson(text: string, at: number): boolean {
  const first = text.charCodeAt(at)
  return first === brace || first === bracket || first === quote
}

const quote = 0x22
const bracket = 0x5b
const brace = 0x7b
const closingBrace = 0x7d
const closingBracket = 0x5d
const greaterThan = 0x3e

/** A line with an event at its end, one whose signs are references, one of Snare, or a block of Splunk's text. */
function mayHold(text: string, from: number, to: number): boolean {
  const begin = text.slice(from, Math.min(to, from + 400))
  if (classicStart.test(begin) || escapedXml.fits(begin) || snare.fits(begin)) return true
  const last = text.charCodeAt(to - 1)
  return (
    (last === closingBrace || last === greaterThan) && behindAPrefix.inside(text.slice(from, to), null) !== undefined
  )
}

const beyondAscii = /[\x80-\xff]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const anyControl = /[\x00-\x1f]/
const controls = new RegExp(anyControl, 'g')

/** Undefined when it is no JSON, not even without the control characters in it. */
function parse(batch: Batch, from: number, to: number, problems: FoldedProblems): unknown {
  const json = textIn(batch, from, to, problems)
  if (isTooDeep(json)) {
    problems.add('too-deep', batch.position + from)
    return undefined
  }
  const position = batch.position + from
  // Of JSON over several lines no line is a value: to be told so by the parser costs a hundred times as much.
  if (!mayBeValue(json) && !anyControl.test(json)) {
    problems.add('bad-json', position, json)
    return undefined
  }
  try {
    return JSON.parse(json)
  } catch {
    return parseWithout(controls, json, position, problems)
  }
}

/** Whether it ends as a value that begins so has to. */
function mayBeValue(json: string): boolean {
  const last = json.length - 1
  switch (json.charCodeAt(0)) {
    case brace:
      return json.charCodeAt(last) === closingBrace
    case bracket:
      return json.charCodeAt(last) === closingBracket
    case quote:
      return last > 0 && textEnd(json, 1) === last
    default:
      return true
  }
}

function textIn({ bytes, text, position }: Batch, from: number, to: number, problems: FoldedProblems): string {
  const latin = text.slice(from, to)
  if (!beyondAscii.test(latin)) return latin
  const own = bytes.subarray(from, to)
  if (!isUtf8(own)) problems.add('bad-utf8', position + from)
  return own.toString('utf8')
}

function parseWithout(these: RegExp, json: string, position: number, problems: FoldedProblems): unknown {
  const rest = json.replace(these, '')
  try {
    if (rest.length < json.length) {
      const value: unknown = JSON.parse(rest)
      problems.add('control-characters', position)
      return value
    }
  } catch {
    // nor without them
  }
  problems.add('bad-json', position, json)
  return undefined
}
