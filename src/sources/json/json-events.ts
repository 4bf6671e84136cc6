import { isUtf8 } from 'node:buffer'
import type { EventRecords } from './event-records.ts'
import type { EventSieve } from './event-sieve.ts'
import type { FoldedProblems } from './folded-problems.ts'
import { isTooDeep } from './nesting.ts'
import { type Batch, type EventTaker, type LossCode, withoutMargins } from './splitter.ts'

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
    const { text } = this.#batch
    const { begin, end } = withoutMargins(text, from, to)
    if (begin === end) return
    const isWhole = text.charCodeAt(begin) === 0x7b && text.charCodeAt(end - 1) === 0x7d
    const verdict = this.#sieve.look(begin, end)
    if (isWhole && verdict === 'other') {
      this.#records.count++
      return
    }
    const value = parse(this.#batch, begin, end, this.#problems)
    const position = this.#batch.position + begin
    const example = () => text.slice(begin, begin + 100)
    if (value === undefined) this.#records.count++
    else if (Array.isArray(value)) {
      // a place of its own for each: no element is shorter than a byte
      value.forEach((element, index) => {
        this.#records.take(element, position + index, example)
      })
    } else this.#records.take(value, position, example)
  }
}

const beyondAscii = /[\x80-\xff]/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\x00-\x1f]/g

/** Undefined when it is no JSON, not even without the control characters in it. */
export function parse({ bytes, text, position }: Batch, from: number, to: number, problems: FoldedProblems): unknown {
  let json = text.slice(from, to)
  if (beyondAscii.test(json)) {
    const event = bytes.subarray(from, to)
    if (!isUtf8(event)) problems.add('bad-utf8', position + from)
    json = event.toString('utf8')
  }
  if (isTooDeep(json)) {
    problems.add('too-deep', position + from)
    return undefined
  }
  try {
    return JSON.parse(json)
  } catch {
    return parseWithout(controls, json, position + from, problems)
  }
}

function parseWithout(these: RegExp, json: string, position: number, problems: FoldedProblems): unknown {
  const rest = json.replace(these, '')
  try {
    if (rest.length === json.length) throw new SyntaxError('nothing to take out')
    const value: unknown = JSON.parse(rest)
    problems.add('control-characters', position)
    return value
  } catch {
    problems.add('bad-json', position, json)
    return undefined
  }
}
