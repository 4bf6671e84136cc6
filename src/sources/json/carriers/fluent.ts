/**
 * Fluent Bit's `winevtlog` and fluentd's `windows_eventlog2`: the header by Windows' own names, the items as a list of values in the
 * event's own order, in `StringInserts` or (fluentd) `EventData`. `TimeCreated` has an offset (`2024-08-28 07:47:12 +0200`, to the second) or
 * is UTC; `Message` (fluentd: `Description`) is in the language of the system and not read.
 * Source: https://docs.fluentbit.io/manual/pipeline/inputs/windows-event-log-winevtlog,
 * https://github.com/fluent/fluent-plugin-windows-eventlog (in_windows_eventlog2)
 */
import type { Carrier } from '../carrier.ts'
import { itemText } from '../event-data.ts'
import { itemOrder, namedItems } from '../item-order.ts'
import { type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'

const valuesIn = (event: JsonObject): readonly unknown[] | undefined => {
  const values = own(event, 'StringInserts') ?? own(event, 'EventData')
  return Array.isArray(values) ? values : undefined
}

export const fluent: Carrier = {
  name: 'Fluent Bit and fluentd',
  fits: (event) =>
    own(event, 'ProviderName') !== undefined &&
    own(event, 'EventID') !== undefined &&
    own(event, 'Channel') !== undefined &&
    valuesIn(event) !== undefined,
  provider: (event) => wordOf(own(event, 'ProviderName')),
  channel: (event) => textOf(own(event, 'Channel')) ?? '',
  eventId: (event) => numberOf(own(event, 'EventID')),
  version: (event) => numberOf(own(event, 'Version')),
  computer: (event) => textOf(own(event, 'Computer')) ?? '',
  recordId: (event) => numberOf(own(event, 'EventRecordID')),
  processId: (event) => numberOf(own(event, 'ProcessID')),
  userSid: (event) => wordOf(own(event, 'UserID')),
  activityId: (event) => wordOf(own(event, 'ActivityID')),
  hasData: (event) => isNamed(event) || fluent.provider(event) === 'Microsoft-Windows-Eventlog',
  moment: (event) => instantOf(plainTime(textOf(own(event, 'TimeCreated')) ?? '')),
  data: (event) => namedItems(fluent.provider(event), fluent.eventId(event), valuesIn(event) ?? []),
  field: itemText,
}

/** A blank before the offset is Fluent Bit's, slashes in the date are fluentd's. */
const plainTime = (written: string) =>
  written.replace(/^(\d{4})\/(\d\d)\/(\d\d)/, '$1-$2-$3').replace(/ (?=[+-]\d\d:?\d\d$)/, '')

const isNamed = (event: JsonObject) =>
  itemOrder(fluent.provider(event), fluent.eventId(event), valuesIn(event)?.length ?? 0) !== undefined
