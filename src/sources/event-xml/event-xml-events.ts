import { isUtf8 } from 'node:buffer'
import { parseEvent } from '../../decode/event-xml/index.ts'
import type { WindowsRecord } from '../../model/record.ts'
import { interestKey } from '../json/event-records.ts'
import type { FoldedProblems } from '../json/folded-problems.ts'
import type { Batch, EventTaker, LossCode } from '../json/splitter.ts'
import { EventXmlRecord } from './event-xml-record.ts'
import type { EventXmlSieve } from './event-xml-sieve.ts'

const beyondAscii = /[\x80-\xff]/

/** Takes the events of one input: those that may matter are parsed and handed on as records. */
export class EventXmlEvents implements EventTaker {
  readonly #sieve: EventXmlSieve
  readonly #wanted: ReadonlySet<string>
  readonly #source: number
  readonly #problems: FoldedProblems
  readonly #visit: (record: WindowsRecord) => void
  #batch: Batch = { bytes: Buffer.alloc(0), text: '', position: 0 }
  records = 0

  constructor(
    sieve: EventXmlSieve,
    wanted: ReadonlySet<string>,
    source: number,
    problems: FoldedProblems,
    visit: (record: WindowsRecord) => void,
  ) {
    this.#sieve = sieve
    this.#wanted = wanted
    this.#source = source
    this.#problems = problems
    this.#visit = visit
  }

  begin(batch: Batch): void {
    this.#batch = batch
  }

  lost(code: LossCode, position: number): void {
    this.#problems.add(code, position)
  }

  event(from: number, to: number): void {
    this.records++
    const { bytes, text, position } = this.#batch
    let xml = text.slice(from, to)
    if (!this.#sieve.mayMatter(xml)) return
    const place = position + from
    if (beyondAscii.test(xml)) {
      const own = bytes.subarray(from, to)
      if (!isUtf8(own)) this.#problems.add('bad-utf8', place)
      xml = own.toString('utf8')
    }
    const event = parseEvent(xml)
    if ('reason' in event) {
      this.#problems.add('bad-event-xml', place, event.reason)
      return
    }
    if (!this.#wanted.has(interestKey(event.provider, event.eventId))) return
    if (event.time === null) this.#problems.add('no-time', place)
    else this.#visit(new EventXmlRecord(event, event.time, this.#source, place))
  }
}
