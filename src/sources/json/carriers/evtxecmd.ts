/**
 * EvtxECmd --json (Eric Zimmerman): one flat object a line; the event's own data is JSON inside the text `Payload`, as
 * `{"EventData":{"Data":[{"@Name":…,"#text":…}]}}` or `{"UserData":{…}}`. RecordNumber is the count of the file's record
 * headers, EventRecordId the event's.
 * Source: https://github.com/EricZimmerman/evtx and published records of its output.
 */
import type { Carrier } from '../carrier.ts'
import { itemsOf, itemText } from '../event-data.ts'
import { isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'
import { parseWithin } from '../nesting.ts'

export const evtxECmd: Carrier = {
  name: 'EvtxECmd',
  fits: (event) =>
    own(event, 'EventId') !== undefined && own(event, 'Provider') !== undefined && own(event, 'Channel') !== undefined,
  provider: (event) => wordOf(own(event, 'Provider')),
  channel: (event) => textOf(own(event, 'Channel')) ?? '',
  eventId: (event) => numberOf(own(event, 'EventId')),
  version: () => 0,
  computer: (event) => textOf(own(event, 'Computer')) ?? '',
  recordId: (event) => numberOf(own(event, 'EventRecordId') ?? own(event, 'RecordNumber')),
  processId: (event) => numberOf(own(event, 'ProcessId')),
  userSid: (event) => wordOf(own(event, 'UserId')),
  activityId: () => null,
  keywords: (event) => own(event, 'Keywords'),
  moment: (event) => instantOf(own(event, 'TimeCreated')),
  data: payloadOf,
  field: itemText,
}

function payloadOf(event: JsonObject): JsonObject {
  const written = own(event, 'Payload')
  const payload = typeof written === 'string' ? parseWithin(written) : written
  if (!isObject(payload)) return {}
  // In the XML an element without items is empty text.
  const eventData = own(payload, 'EventData')
  return itemsOf(isObject(eventData) ? eventData : undefined, own(payload, 'UserData'))
}
