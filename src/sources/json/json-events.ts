import { isUtf8 } from 'node:buffer'
import type { Interest, WindowsRecord } from '../../model/record.ts'
import type { Carrier } from './carrier.ts'
import { carrierOf } from './carriers/index.ts'
import type { EventSieve } from './event-sieve.ts'
import type { FoldedProblems } from './folded-problems.ts'
import { isObject, type JsonObject } from './json-object.ts'
import { JsonRecord } from './json-record.ts'
import type { LocalClock } from './local-clock.ts'
import { isLocal } from './moment.ts'
import { type Batch, type EventTaker, type LossCode, withoutMargins } from './splitter.ts'
import { unwrap } from './unwrap.ts'

/** Takes the events of one input: those that may matter are parsed, recognised and handed on as records. */
export class JsonEvents implements EventTaker {
  readonly #sieve: EventSieve
  readonly #wanted: ReadonlySet<string>
  readonly #source: number
  readonly #clock: LocalClock
  readonly #problems: FoldedProblems
  readonly #visit: (record: WindowsRecord) => void
  #batch: Batch = { bytes: Buffer.alloc(0), text: '', position: 0 }
  #carrier: Carrier | undefined
  #record: JsonRecord | undefined
  records = 0

  constructor(
    sieve: EventSieve,
    wanted: ReadonlySet<string>,
    source: number,
    clock: LocalClock,
    problems: FoldedProblems,
    visit: (record: WindowsRecord) => void,
  ) {
    this.#sieve = sieve
    this.#wanted = wanted
    this.#source = source
    this.#clock = clock
    this.#problems = problems
    this.#visit = visit
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
      this.records++
      return
    }
    const value = parse(this.#batch, begin, end, this.#problems)
    if (value === undefined) this.records++
    else if (Array.isArray(value)) {
      // a place of its own for each: no element is shorter than a byte
      value.forEach((element, index) => {
        this.#element(element, begin, index)
      })
    } else this.#element(value, begin, 0)
  }

  #element(value: unknown, begin: number, index: number): void {
    this.records++
    const position = this.#batch.position + begin + index
    const event = isObject(value) ? unwrap(value) : undefined
    const carrier = event && carrierOf(event, this.#carrier)
    if (event === undefined || carrier === undefined) {
      this.#problems.add('unknown-event', position, this.#batch.text.slice(begin, begin + 100))
      return
    }
    this.#carrier = carrier
    this.#show(carrier, event, position)
  }

  #show(carrier: Carrier, event: JsonObject, position: number): void {
    if (this.#record) this.#record.show(carrier, event)
    else this.#record = new JsonRecord(carrier, event)
    const record = this.#record
    if (!this.#wanted.has(interestKey(record.provider, record.eventId))) return
    const moment = carrier.moment(event)
    if (moment === undefined) {
      this.#problems.add('no-time', position)
      return
    }
    record.source = this.#source
    record.position = position
    if (isLocal(moment)) {
      if (!this.#clock.isKnown) this.#problems.add('unknown-zone', position)
      record.happenedAt(this.#clock.correct(moment))
    } else record.happenedAt(moment)
    this.#visit(record)
  }
}

export function interestKey(provider: string, eventId: number): string {
  return `${eventId} ${provider.toLowerCase()}`
}

export function interestKeys(interests: readonly Interest[]): ReadonlySet<string> {
  return new Set(interests.map(({ provider, eventId }) => interestKey(provider, eventId)))
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
