/**
 * Winlogbeat before 7: the event's items at the top (`event_id`, `log_name`, `source_name`, `computer_name`,
 * `record_number`, `process_id`, `user.identifier`), its data in `event_data` or `user_data`. `@timestamp` is the time of the
 * event in UTC; `host.name` and `beat.hostname` are the collector, not the event's computer. HarfangLab's `wineventlog` has the same form,
 * but there `@timestamp` is when the event was taken and its own time stands apart.
 * Source: https://www.elastic.co/guide/en/beats/winlogbeat/6.8/exported-fields-eventlog.html and real records.
 */
import type { Carrier } from '../carrier.ts'
import { itemsOf, itemText } from '../event-data.ts'
import { at, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'
import { harfangLabTime } from './harfanglab.ts'

export const winlogbeat6: Carrier = {
  name: 'Winlogbeat 6',
  fits: (event) =>
    own(event, 'winlog') === undefined &&
    own(event, 'event_id') !== undefined &&
    (own(event, 'log_name') !== undefined || own(event, 'source_name') !== undefined),
  provider: (event) => wordOf(own(event, 'source_name')),
  channel: (event) => textOf(own(event, 'log_name')) ?? '',
  eventId: (event) => numberOf(own(event, 'event_id')),
  version: (event) => numberOf(own(event, 'version')),
  computer: (event) => textOf(own(event, 'computer_name')) ?? '',
  recordId: (event) => numberOf(own(event, 'record_number')),
  processId: (event) => numberOf(own(event, 'process_id')),
  userSid: (event) => wordOf(at(event, 'user.identifier')),
  activityId: (event) => wordOf(own(event, 'activity_id')),
  keywords: (event) => own(event, 'keywords'),
  moment: (event) => harfangLabTime(event) ?? instantOf(own(event, '@timestamp')),
  data: (event) => itemsOf(at(event, 'event_data'), at(event, 'user_data')),
  field: itemText,
}
