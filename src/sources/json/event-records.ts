import type { Interest, WindowsRecord } from '../../model/record.ts'
import type { Carrier } from './carrier.ts'
import { carrierOf } from './carriers/index.ts'
import type { FoldedProblems } from './folded-problems.ts'
import { isObject, type JsonObject } from './json-object.ts'
import { JsonRecord } from './json-record.ts'
import type { LocalClock } from './local-clock.ts'
import { isLocal } from './moment.ts'
import { unwrap } from './unwrap.ts'

/** Makes records of the objects that an input holds, whether they came as JSON or as rows of a table. */
export class EventRecords {
  readonly #wanted: ReadonlySet<string>
  readonly #source: number
  readonly #clock: LocalClock
  readonly #problems: FoldedProblems
  readonly #visit: (record: WindowsRecord) => void
  #carrier: Carrier | undefined
  #record: JsonRecord | undefined
  /** Events met, whether anybody wanted them or not. */
  count = 0

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
  }

  /** `example`: how it begins, shown where it is of no form that is known. */
  take(value: unknown, position: number, example: () => string): void {
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
