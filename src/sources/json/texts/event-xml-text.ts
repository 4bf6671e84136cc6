import { EventXmlSplitter } from '../../event-xml/event-xml-splitter.ts'
import type { Batch, EventTaker } from '../../events/splitter.ts'

/** Whether a text is Windows' XML of an event, or of several in one document. */
export const isEventXml = (text: string): boolean =>
  text.startsWith('<') && /^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<Events[^>]{0,200}>\s*)?<Event[\s>]/.test(text)

/** Each of its events; a text that is cut within its last event hands that out, too, so that it is named. */
export function eventXmlIn(text: string): string[] {
  const first = text.indexOf('</Event>')
  if (first === -1 || text.indexOf('<Event', first) === -1) return [text]
  const taker = new Gatherer()
  const splitter = new EventXmlSplitter(taker)
  splitter.push(Buffer.from(text))
  splitter.end()
  return taker.events
}

class Gatherer implements EventTaker {
  readonly events: string[] = []
  #batch: Batch = { bytes: Buffer.alloc(0), text: '', position: 0 }

  begin(batch: Batch): void {
    this.#batch = batch
  }

  event(from: number, to: number): void {
    this.events.push(this.#batch.bytes.toString('utf8', from, to))
  }

  lost(_: string, position: number): void {
    // what is broken is read for its reason
    this.events.push(this.#batch.bytes.toString('utf8', position - this.#batch.position))
  }
}
