import { parseEvent } from '../../decode/event-xml/index.ts'
import type { WindowsRecord } from '../../model/record.ts'
import type { FoldedProblems } from '../events/folded-problems.ts'
import { EventXmlRecord } from './event-xml-record.ts'

/** Who wants which events of an input, and what becomes of those that cannot be read. */
export interface EventXmlTaker {
  readonly wants: (provider: string, eventId: number) => boolean
  readonly source: number
  readonly problems: FoldedProblems
  readonly visit: (record: WindowsRecord) => void
}

/** One event as a record, if somebody wants it. */
export function showEventXml(xml: string, place: number, { wants, source, problems, visit }: EventXmlTaker): void {
  const event = parseEvent(xml)
  if ('reason' in event) problems.add('bad-event-xml', place, event.reason)
  else if (wants(event.provider, event.eventId)) {
    if (event.time === null) problems.add('no-time', place)
    else visit(new EventXmlRecord(event, event.time, source, place))
  }
}
