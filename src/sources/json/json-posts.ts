import type { Look } from '../../engine/ports.ts'
import type { Note } from '../../model/note.ts'
import type { Interest, WindowsRecord } from '../../model/record.ts'
import type { FoldedProblems } from '../events/folded-problems.ts'
import { EventRecords } from './event-records.ts'
import { EventSieve } from './event-sieve.ts'
import type { Held } from './held-events.ts'
import { JsonEvents } from './json-events.ts'
import { jsonSniffSize } from './json-reader.ts'
import { type ClockMemory, LocalClock } from './local-clock.ts'
import { type JsonLayout, lookAtJson, splitterOf } from './look.ts'
import { surveyText } from './survey.ts'
import { wantedRecords } from './wanted-records.ts'

/** Texts are gone through in pieces of whole lines, which stay in the processor's cache. */
const pieceSize = 512 << 10

/** A text that one source sends, whole and in memory. */
export interface JsonPost {
  readonly text: Buffer
  readonly name: string
  readonly isLines: boolean
  /** What the clock of the same source has shown before. */
  readonly clock: ClockMemory | null
  readonly problems: FoldedProblems
  readonly oneOfMany: (position: number, held: Held) => void
}

/** What reading one of them gave. */
export interface JsonPostTally {
  readonly records: number
  readonly notes: readonly Note[]
  /** What its clock shows now; null where it has no local times. */
  readonly clock: ClockMemory | null
}

/**
 * Reads what a source sends in pieces, as files of JSON are read but for two things: nothing is told from a look at the beginning that reading
 * tells, and a clock without a zone is that of the source, which earlier pieces may have told.
 */
export class JsonPosts {
  readonly #sieve: EventSieve
  readonly #wanted: ReturnType<typeof wantedRecords>
  readonly #look: Look

  constructor(interests: readonly Interest[], look: Look) {
    this.#sieve = new EventSieve(interests)
    this.#wanted = wantedRecords(interests)
    this.#look = look
  }

  read(
    { text, name, isLines, clock: before, problems, oneOfMany }: JsonPost,
    visit: (record: WindowsRecord) => void,
  ): JsonPostTally {
    const layout = isLines ? 'lines' : layoutOf(text)
    const clock = new ClockWhenAsked(text, layout, before)
    const looked = (record: WindowsRecord) => {
      this.#look(record, null)
      visit(record)
    }
    const records = new EventRecords({ wanted: this.#wanted, source: 0, clock, problems, visit: looked, oneOfMany })
    const splitter = splitterOf(layout, new JsonEvents(this.#sieve, problems, records))
    for (const piece of pieces(text)) splitter.push(piece)
    splitter.end()
    return { records: records.count, notes: records.notes(name), clock: clock.wasAsked ? clock.memory() : null }
  }
}

function layoutOf(text: Buffer): JsonLayout {
  const look = lookAtJson(text.subarray(0, jsonSniffSize)) ?? lookAtJson(text)
  return look?.layout ?? (/^[\s\0\xef\xbb\xbf]*\[/.test(text.toString('latin1', 0, 4096)) ? 'documents' : 'lines')
}

/** Pieces that end with a line; the last, and one without line ends, as they are. */
function* pieces(text: Buffer): Generator<Buffer> {
  for (let from = 0; from < text.length; ) {
    const border = text.indexOf(0x0a, Math.min(from + pieceSize, text.length - 1))
    const to = border === -1 ? text.length : border + 1
    yield text.subarray(from, to)
    from = to
  }
}

/** Most senders' times have a zone: only where one has none the text is gone through for what tells it. */
class ClockWhenAsked extends LocalClock {
  wasAsked = false
  readonly #text: Buffer
  readonly #layout: JsonLayout
  readonly #before: ClockMemory | null

  constructor(text: Buffer, layout: JsonLayout, before: ClockMemory | null) {
    super()
    this.#text = text
    this.#layout = layout
    this.#before = before
  }

  override get isKnown(): boolean {
    if (!this.wasAsked) {
      this.wasAsked = true
      surveyText(this.#text, this.#layout, this)
      if (this.#before) this.remember(this.#before)
    }
    return super.isKnown
  }
}
