import { carrierOf } from './carriers/index.ts'
import { DocumentSplitter } from './document-splitter.ts'
import { FoldedProblems } from './folded-problems.ts'
import { parse } from './json-events.ts'
import { isObject, type JsonObject } from './json-object.ts'
import { LineSplitter } from './line-splitter.ts'
import { isLocal } from './moment.ts'
import { type Batch, type EventTaker, type Splitter, withoutMargins } from './splitter.ts'
import { rawXml, unwrap } from './unwrap.ts'

/** How the events lie in an input: one a line, or in a list or over several lines each. */
export type JsonLayout = 'lines' | 'documents'

export interface JsonLook {
  readonly layout: JsonLayout
  /** The names of the carriers that were seen, in the order in which they were. */
  readonly carriers: readonly string[]
  /** Whether times without a zone were seen. */
  readonly localTimes: boolean
}

/** Tells from the beginning of an input whether it holds Windows events as JSON. Null: it does not. */
export function lookAtJson(beginning: Buffer): JsonLook | null {
  const first = beginning
    .subarray(0, 4096)
    .toString('latin1')
    .match(/[^\s\0\xef\xbb\xbf]/)?.[0]
  if (first !== '{' && first !== '[') {
    // a line that was cut, with whole ones after it
    return /\n[\t ]*\{/.test(beginning.toString('latin1')) ? lookIn('lines', beginning) : null
  }
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
  return layout === 'lines' ? new LineSplitter(taker, 0, false) : new DocumentSplitter(taker)
}

class LookTaker implements EventTaker {
  readonly carriers = new Set<string>()
  localTimes = false
  #batch: Batch = { bytes: Buffer.alloc(0), text: '', position: 0 }

  begin(batch: Batch): void {
    this.#batch = batch
  }

  event(from: number, to: number): void {
    for (const event of eventsIn(this.#batch, from, to)) {
      if (rawXml(event) !== null) {
        this.carriers.add('Splunk XmlWinEventLog')
        continue
      }
      const carrier = carrierOf(event)
      if (carrier === undefined) continue
      this.carriers.add(carrier.name)
      const moment = carrier.moment(event)
      if (moment !== undefined && isLocal(moment)) this.localTimes = true
    }
  }

  lost(): void {}
}

/** The events of one line or document, out of their wrapping; none when it is no JSON. */
export function eventsIn(batch: Batch, from: number, to: number): JsonObject[] {
  const quiet = new FoldedProblems('')
  const { begin, end } = withoutMargins(batch.text, from, to)
  if (begin === end) return []
  const value = parse(batch, begin, end, quiet)
  return (Array.isArray(value) ? value : [value]).filter(isObject).flatMap(unwrap)
}
