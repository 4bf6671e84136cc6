/**
 * Snare's lines as texts/snare.ts takes them apart: the header and the message, which is read where it is English. The time is local, to the
 * second, and without a zone.
 * Source: https://docs.tibco.com/pub/loguc (Event Output Format)
 */
import type { Carrier } from '../carrier.ts'
import { channelOf, providerOf } from '../channels.ts'
import { itemText } from '../event-data.ts'
import { type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { messageItems } from '../messages/index.ts'
import type { Moment } from '../moment.ts'
import { sysmonTime } from '../sysmon-time.ts'
import { instantInWords } from '../written-time.ts'

export const snareLine: Carrier = {
  name: 'Snare',
  fits: (event) => own(event, 'SnareLog') !== undefined && own(event, 'SnareTime') !== undefined,
  provider: (event) => {
    const own = providerOf(snareLine.channel(event), snareLine.eventId(event))
    return own === '' ? named(event) : own
  },
  channel: (event) => channelOf(textOf(own(event, 'SnareLog')) ?? ''),
  eventId: (event) => numberOf(own(event, 'EventID')),
  version: () => 0,
  computer: (event) => textOf(own(event, 'Computer')) ?? '',
  recordId: () => 0,
  processId: () => 0,
  userSid: () => null,
  activityId: () => null,
  keywords: (event) =>
    /^failure audit$/i.test(textOf(own(event, 'EventType')) ?? '') ? 'Audit Failure' : own(event, 'EventType'),
  // the log was cleared: that it was is all
  hasData: (event) => [104, 1102].includes(snareLine.eventId(event)) || itemsIn(event) !== null,
  moment: momentOf,
  data: (event) => itemsIn(event) ?? {},
  field: itemText,
}

const named = (event: JsonObject): string | null => wordOf(own(event, 'SourceName'))

const itemsIn = (event: JsonObject): JsonObject | null =>
  messageItems(snareLine.provider(event) ?? '', snareLine.eventId(event), textOf(own(event, 'Message')) ?? '')

/** `Tue Nov 19 05:24:15 2019`. */
function momentOf(event: JsonObject): Moment | undefined {
  const [, day, clock, year] =
    /^(?:[A-Z][a-z]{2} )?([A-Z][a-z]{2} {1,2}\d{1,2}) (\d\d:\d\d:\d\d(?:\.\d{1,7})?) (\d{4})$/.exec(
      textOf(own(event, 'SnareTime')) ?? '',
    ) ?? []
  const local = instantInWords(`${day?.replace(/ {2}/, ' ')}, ${year} ${clock}`)
  if (local === undefined) return undefined
  const happened = sysmonTime(
    snareLine.provider(event),
    snareLine.eventId(event),
    own(snareLine.data(event), 'UtcTime'),
  )
  return { local, happened, received: null, halfDay: false }
}
