import type { Note } from '../../model/note.ts'
import type { WindowsRecord } from '../../model/record.ts'
import { type EventXmlTaker, showEventXml } from '../event-xml/shown-event.ts'
import type { FoldedProblems } from '../events/folded-problems.ts'
import { interestKey } from '../events/interest-keys.ts'
import type { Carrier } from './carrier.ts'
import { isForeign } from './foreign-rows.ts'
import { type Held, heldEvents } from './held-events.ts'
import { isObject, type JsonObject, own } from './json-object.ts'
import { JsonRecord } from './json-record.ts'
import type { LocalClock } from './local-clock.ts'
import { isLocal } from './moment.ts'
import type { WantedRecords } from './wanted-records.ts'

/** Who wants which events of an input, and where what is found in them goes. */
export interface RecordsOf {
  readonly wanted: WantedRecords
  readonly source: number
  readonly clock: LocalClock
  readonly problems: FoldedProblems
  readonly visit: (record: WindowsRecord) => void
  /** Told, before it is visited, of a record that is one of many in one value, whose place is no place of its own in the text. */
  readonly oneOfMany?: (position: number, held: Held) => void
}

/** Makes records of the values that an input holds, whether they came as JSON, as rows of a table or as texts. */
export class EventRecords {
  readonly #of: RecordsOf
  readonly #taker: EventXmlTaker
  #carrier: Carrier | undefined
  #record: JsonRecord | undefined
  /** Events met, whether anybody wanted them or not. */
  count = 0
  #corrected = false
  #unknownZone = 0
  #hasForeign = false

  constructor(of: RecordsOf) {
    this.#of = of
    const { wanted, source, problems, visit } = of
    this.#taker = {
      wants: (provider, eventId) => wanted.keys.has(interestKey(provider, eventId)),
      source,
      problems,
      visit,
    }
  }

  /**
   * `example`: how it begins, shown where it is of no form that is known; null: then nothing is said of it. Returns whether it held an
   * event. `isElement`: it is one of a list that stands there.
   */
  take(value: unknown, position: number, example: (() => string) | null, isElement = false): boolean {
    const { problems, wanted } = this.#of
    const { held, isCut } = heldEvents(value, this.#carrier)
    if (isCut) problems.add('nested-too-deep', position)
    if (held.length === 0) {
      if (example === null) return false
      this.count++
      if (!isEmpty(value) && !isBulkAction(value) && !isOfOtherLog(value)) this.#unknown(value, position, example())
    }
    // a place of its own for each: no event is shorter than a byte
    held.forEach((one, index) => {
      this.count++
      if (isElement || held.length > 1) this.#of.oneOfMany?.(position + index, one)
      if (one.kind === 'event') {
        this.#carrier = one.carrier
        this.#show(one.carrier, one.event, position + index)
      } else if (wanted.xml.mayMatter(one.xml)) showEventXml(one.xml, position + index, this.#taker)
    })
    return held.length > 0
  }

  /** What the reader of a report should know of the input. */
  notes(file: string): Note[] {
    const { clock } = this.#of
    const notes: Note[] = []
    if (this.#corrected && clock.offsets().some((offset) => offset !== 0)) {
      const zones = clock.offsets().map(asOffset).join(' and ')
      const text = `its times are local and were put right by what it says of UTC: ${zones}`
      notes.push({ file, code: 'clock-corrected', text })
    }
    if (this.#unknownZone > 0) {
      const text = 'its times are local, nothing in it tells their zone, and they were read as UTC'
      notes.push({ file, code: 'unknown-zone', text })
    }
    if (this.#hasForeign) {
      // no number and no example: the parts in which an input is read must say the same
      const text = 'rows in it are of other tables or services, say nothing of tasks or processes and were left alone'
      notes.push({ file, code: 'other-rows', text })
    }
    return notes
  }

  /** What belongs to another table is left alone and noted; what may be an event of ours is lost. */
  #unknown(value: unknown, position: number, example: string): void {
    if (!isForeign(value)) {
      this.#of.problems.add('unknown-event', position, example)
      return
    }
    this.#hasForeign = true
  }

  #show(carrier: Carrier, event: JsonObject, position: number): void {
    if (this.#record) this.#record.show(carrier, event)
    else this.#record = new JsonRecord(carrier, event)
    const record = this.#record
    const { wanted, source, clock, problems, visit } = this.#of
    if (!wanted.keys.has(interestKey(record.provider, record.eventId))) return
    if (carrier.hasData?.(event) === false) {
      problems.add('no-data', position, carrier.name)
      return
    }
    const moment = carrier.moment(event)
    if (moment === undefined) {
      problems.add('no-time', position)
      return
    }
    record.source = source
    record.position = position
    if (isLocal(moment)) {
      if (clock.isKnown) this.#corrected = true
      else this.#unknownZone++
      record.happenedAt(clock.correct(moment))
    } else record.happenedAt(moment)
    visit(record)
  }
}

/** Minutes that were added, as hours: `+5:30 h`. */
function asOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`} h`
}

/** A line of Elasticsearch's bulk files that says what is to be done with the next: `{"index": {"_index": "logs", "_id": "1"}}`. */
function isBulkAction(value: unknown): boolean {
  if (!isObject(value)) return false
  const [action, ...more] = Object.keys(value)
  const target = action === undefined ? undefined : value[action]
  return (
    more.length === 0 &&
    /^(?:index|create|update|delete)$/.test(action ?? '') &&
    isObject(target) &&
    Object.keys(target).every((key) =>
      /^(?:_[a-z_]+|routing|pipeline|require_alias|dynamic_templates|retry_on_conflict)$/.test(key),
    )
  )
}

/** A row that Plaso made of something else than an event log: a timeline has rows of everything on a disk. */
function isOfOtherLog(value: unknown): boolean {
  const type = isObject(value) ? own(value, 'data_type') : undefined
  return typeof type === 'string' && /^\w+(?::\w+)+$/.test(type) && type !== 'windows:evtx:record'
}

/** `{}` and `[]`: a container without events. */
const isEmpty = (value: unknown): boolean =>
  (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0)
