import type { Note } from '../../model/note.ts'
import type { Interest, WindowsRecord } from '../../model/record.ts'
import { type EventXmlTaker, showEventXml } from '../event-xml/shown-event.ts'
import type { Carrier } from './carrier.ts'
import { carrierOf } from './carriers/index.ts'
import type { FoldedProblems } from './folded-problems.ts'
import { isObject, type JsonObject } from './json-object.ts'
import { JsonRecord } from './json-record.ts'
import type { LocalClock } from './local-clock.ts'
import { isLocal } from './moment.ts'
import { rawXml, unwrap } from './unwrap.ts'

/** Makes records of the objects that an input holds, whether they came as JSON or as rows of a table. */
export class EventRecords {
  readonly #wanted: ReadonlySet<string>
  readonly #source: number
  readonly #clock: LocalClock
  readonly #problems: FoldedProblems
  readonly #visit: (record: WindowsRecord) => void
  readonly #taker: EventXmlTaker
  #carrier: Carrier | undefined
  #record: JsonRecord | undefined
  /** Events met, whether anybody wanted them or not. */
  count = 0
  #corrected = false

  constructor(
    wanted: ReadonlySet<string>,
    source: number,
    clock: LocalClock,
    problems: FoldedProblems,
    visit: (record: WindowsRecord) => void,
  ) {
    this.#wanted = wanted
    this.#source = source
    this.#clock = clock
    this.#problems = problems
    this.#visit = visit
    const wants = (provider: string, eventId: number) => wanted.has(interestKey(provider, eventId))
    this.#taker = { wants, source, problems, visit }
  }

  /** `example`: how it begins, shown where it is of no form that is known. */
  take(value: unknown, position: number, example: () => string): void {
    const xml = isObject(value) ? rawXml(value) : null
    if (xml !== null) {
      this.count++
      showEventXml(xml, position, this.#taker)
      return
    }
    const events = isObject(value) ? unwrap(value) : [undefined]
    // a place of its own for each: no event is shorter than a byte
    events.forEach((event, index) => {
      this.count++
      const carrier = event && carrierOf(event, this.#carrier)
      if (event === undefined || carrier === undefined) {
        this.#problems.add('unknown-event', position + index, example())
        return
      }
      this.#carrier = carrier
      this.#show(carrier, event, position + index)
    })
  }

  /** What the reader of a report should know of the input. */
  notes(file: string): Note[] {
    if (!this.#corrected || this.#clock.offsets().every((offset) => offset === 0)) return []
    const zones = this.#clock.offsets().map(asOffset).join(' and ')
    return [
      {
        file,
        code: 'clock-corrected',
        text: `its times are local and were put right by what it says of UTC: ${zones}`,
      },
    ]
  }

  #show(carrier: Carrier, event: JsonObject, position: number): void {
    if (this.#record) this.#record.show(carrier, event)
    else this.#record = new JsonRecord(carrier, event)
    const record = this.#record
    if (!this.#wanted.has(interestKey(record.provider, record.eventId))) return
    if (carrier.hasData?.(event) === false) {
      this.#problems.add('no-data', position, carrier.name)
      return
    }
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
      this.#corrected ||= this.#clock.isKnown
    } else record.happenedAt(moment)
    this.#visit(record)
  }
}

/** Minutes that were added, as hours: `+5:30 h`. */
function asOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`} h`
}

export function interestKey(provider: string, eventId: number): string {
  return `${eventId} ${provider.toLowerCase()}`
}

export function interestKeys(interests: readonly Interest[]): ReadonlySet<string> {
  return new Set(interests.map(({ provider, eventId }) => interestKey(provider, eventId)))
}
