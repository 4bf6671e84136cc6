import { FoldedProblems } from '../events/folded-problems.ts'
import { type Batch, type EventTaker, type LossCode, type Splitter, withoutMargins } from '../events/splitter.ts'
import { BlockSplitter } from './block-splitter.ts'
import { DocumentSplitter } from './document-splitter.ts'
import { type Held, heldEvents } from './held-events.ts'
import { mayBeEvent, valueAt } from './json-events.ts'
import { LineSplitter } from './line-splitter.ts'
import { isLocal } from './moment.ts'
import { classicStart } from './texts/splunk-classic.ts'

/** How the events lie in an input: one a line, in a list or over several lines each, or as Splunk's text in blocks of lines. */
export type JsonLayout = 'lines' | 'documents' | 'blocks'

export interface JsonLook {
  readonly layout: JsonLayout
  /** The names of the carriers that were seen, in the order in which they were. */
  readonly carriers: readonly string[]
  /** Whether times without a zone were seen. */
  readonly localTimes: boolean
}

/** Tells from the beginning of an input whether it holds Windows events as JSON, or as texts one a line. */
export function lookAtJson(beginning: Buffer): JsonLook | null {
  const text = beginning.toString('latin1')
  const { begin } = withoutMargins(text, 0, Math.min(text.length, 4096))
  if (classicStart.test(text.slice(begin, begin + 100))) return lookIn('blocks', beginning)
  const first = text[begin]
  // behind a line that was cut come whole ones; a log of a collector has something before the event on each line
  if (first !== '{' && first !== '[') return /[{>]|MSWinEventLog\t/.test(text) ? lookIn('lines', beginning) : null
  return (first === '{' ? lookIn('lines', beginning) : null) ?? lookIn('documents', beginning)
}

function lookIn(layout: JsonLayout, beginning: Buffer): JsonLook | null {
  const taker = new LookTaker()
  const splitter = splitterOf(layout, taker)
  splitter.push(beginning)
  splitter.end()
  return taker.carriers.size === 0 ? null : { layout, carriers: [...taker.carriers], localTimes: taker.localTimes }
}

export function splitterOf(layout: JsonLayout, taker: EventTaker): Splitter {
  if (layout === 'blocks') return new BlockSplitter(taker)
  return layout === 'lines' ? new LineSplitter(taker, 0, false) : new DocumentSplitter(taker)
}

/** Notes in what forms events come. */
export class LookTaker implements EventTaker {
  readonly carriers = new Set<string>()
  localTimes = false
  /** What stood where events can, whether it was one or not. */
  looked = 0
  /** Within something that is longer than any event: it is passed over, and what comes behind it tells more. */
  isPassing = false
  #batch: Batch = { bytes: Buffer.alloc(0), text: '', position: 0 }

  begin(batch: Batch): void {
    this.#batch = batch
  }

  event(from: number, to: number): void {
    this.looked++
    this.isPassing = false
    for (const held of eventsIn(this.#batch, from, to)) {
      if (held.kind === 'xml') {
        this.carriers.add('Windows’ own XML within it')
        continue
      }
      const { carrier, event } = held
      this.carriers.add(carrier.name)
      const moment = carrier.moment(event)
      if (moment !== undefined && isLocal(moment)) this.localTimes = true
    }
  }

  lost(code: LossCode): void {
    this.isPassing = code === 'too-long'
  }
}

/** The events of one line, document or block, out of whatever holds them; none when it cannot be read. */
export function eventsIn(batch: Batch, from: number, to: number): readonly Held[] {
  const { begin, end } = withoutMargins(batch.text, from, to)
  if (begin === end || !mayBeEvent(batch, begin, end)) return []
  return heldEvents(valueAt(batch, begin, end, new FoldedProblems(''))).held
}
