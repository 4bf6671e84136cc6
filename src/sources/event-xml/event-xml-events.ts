import { isUtf8 } from 'node:buffer'
import type { WindowsRecord } from '../../model/record.ts'
import type { FoldedProblems } from '../events/folded-problems.ts'
import { interestKey } from '../events/interest-keys.ts'
import type { Batch, EventTaker, LossCode } from '../events/splitter.ts'
import type { EventXmlSieve } from './event-xml-sieve.ts'
import { type EventXmlTaker, showEventXml } from './shown-event.ts'

const beyondAscii = /[\x80-\xff]/

/** Whether the event is a text of something else, whose escapes would be taken for its own. */
function isQuoted(text: string, from: number, to: number): boolean {
  const [before, after] = [text.charAt(from - 1), text.charAt(to)]
  return before === '"' || after === '"' || /=(?:\\+|"")"/.test(text.slice(from, from + 100))
}

/** Takes the events of one input: those that may matter are parsed and handed on as records. */
export class EventXmlEvents implements EventTaker {
  readonly #sieve: EventXmlSieve
  readonly #taker: EventXmlTaker
  readonly #problems: FoldedProblems
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
    const wants = (provider: string, eventId: number) => wanted.has(interestKey(provider, eventId))
    this.#taker = { wants, source, problems, visit }
    this.#problems = problems
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
    if (isQuoted(text, from, to)) {
      this.#problems.add('embedded', place)
      return
    }
    if (beyondAscii.test(xml)) {
      const own = bytes.subarray(from, to)
      if (!isUtf8(own)) this.#problems.add('bad-utf8', place)
      xml = own.toString('utf8')
    }
    showEventXml(xml, place, this.#taker)
  }
}
