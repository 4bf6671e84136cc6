/**
 * Grafana Alloy, Agent and Promtail (loki.source.windowsevent, windows_events): a line of Loki is an object with the event's header and the
 * inner XML of its data as a text in `event_data` (what is in UserData does not come). Answers of Loki and logcli have such lines within.
 * Source: https://grafana.com/docs/alloy/latest/reference/components/loki/loki.source.windowsevent; grafana/loki, windows/format.go.
 */
import type { Carrier } from '../carrier.ts'
import { itemText } from '../event-data.ts'
import { at, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { messageItems } from '../messages/index.ts'
import { instantOf } from '../moment.ts'
import { itemsOfXml } from '../xml-items.ts'

export const alloy: Carrier = {
  name: 'Grafana Alloy and Promtail',
  fits: (event) =>
    own(event, 'source') !== undefined &&
    own(event, 'channel') !== undefined &&
    own(event, 'event_id') !== undefined &&
    own(event, 'timeCreated') !== undefined,
  provider: (event) => wordOf(own(event, 'source')),
  channel: (event) => textOf(own(event, 'channel')) ?? '',
  eventId: (event) => numberOf(own(event, 'event_id')),
  version: (event) => numberOf(own(event, 'version')),
  computer: (event) => textOf(own(event, 'computer')) ?? '',
  recordId: (event) => numberOf(own(event, 'eventRecordID')),
  processId: (event) => numberOf(at(event, 'execution.processId')),
  userSid: (event) => wordOf(at(event, 'security.userId')),
  activityId: (event) => wordOf(at(event, 'correlation.activityID')),
  keywords: (event) => own(event, 'keywords'),
  moment: (event) => instantOf(own(event, 'timeCreated')),
  data(event) {
    const xml = textOf(own(event, 'event_data')) ?? ''
    if (xml !== '') return itemsOfXml(`<EventData>${xml}</EventData>`)
    const message = textOf(own(event, 'message')) ?? ''
    return messageItems(alloy.provider(event) ?? '', alloy.eventId(event), message) ?? {}
  },
  field: itemText,
}
