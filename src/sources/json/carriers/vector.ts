/**
 * Vector's source windows_event_log: the header flat and in lower case, the items by their names in `event_data`, or in their order in
 * `string_inserts`. The XML beside them (`include_xml`) says the same.
 * Source: https://vector.dev/docs/reference/configuration/sources/windows_event_log
 */
import type { Carrier } from '../carrier.ts'
import { itemsOf, itemText } from '../event-data.ts'
import { namedItems } from '../item-order.ts'
import { isObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'

export const vector: Carrier = {
  name: 'Vector windows_event_log',
  fits: (event) =>
    own(event, 'provider_name') !== undefined &&
    own(event, 'channel') !== undefined &&
    own(event, 'record_id') !== undefined &&
    own(event, 'event_id') !== undefined,
  provider: (event) => wordOf(own(event, 'provider_name')),
  channel: (event) => textOf(own(event, 'channel')) ?? '',
  eventId: (event) => numberOf(own(event, 'event_id')),
  version: (event) => numberOf(own(event, 'version')),
  computer: (event) => textOf(own(event, 'computer') ?? own(event, 'host')) ?? '',
  recordId: (event) => numberOf(own(event, 'record_id')),
  processId: (event) => numberOf(own(event, 'process_id')),
  userSid: (event) => wordOf(own(event, 'user_id')),
  activityId: (event) => wordOf(own(event, 'activity_id')),
  keywords: (event) => own(event, 'keywords'),
  moment: (event) => instantOf(own(event, 'timestamp')),
  data(event) {
    const [named, user, inserts] = [own(event, 'event_data'), own(event, 'user_data'), own(event, 'string_inserts')]
    if (isObject(named) || isObject(user)) return itemsOf(named, user)
    return namedItems(vector.provider(event), vector.eventId(event), Array.isArray(inserts) ? inserts : [])
  },
  field: itemText,
}
