/**
 * OTRF's flat export (a PowerShell script over Get-WinEvent): data and header in one flat object. `TimeCreated` and
 * `@timestamp` are the exporting host's local time on a clock of twelve hours, and marked `Z` all the same: the true time is
 * found from Sysmon's `UtcTime`. It has neither record ids nor the header's process, user and activity. 104 has lost the name
 * of the log that was cleared: `Channel` is where 104 itself lies.
 * Source: OTRF Security-Datasets and its export script; real records.
 */
import type { Carrier } from '../carrier.ts'
import { itemText } from '../event-data.ts'
import { isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf, type Moment } from '../moment.ts'
import { sysmonTime } from '../sysmon-time.ts'

export const otrfFlat: Carrier = {
  name: 'OTRF flat export',
  fits: (event) =>
    own(event, 'TimeCreated') !== undefined &&
    own(event, 'EventID') !== undefined &&
    own(event, 'SourceName') !== undefined &&
    own(event, 'EventTime') === undefined &&
    own(event, 'EventData') === undefined &&
    !isObject(own(event, 'UserData')),
  provider: (event) => wordOf(own(event, 'SourceName')),
  channel: (event) => textOf(own(event, 'Channel')) ?? '',
  eventId: (event) => numberOf(own(event, 'EventID')),
  version: () => 0,
  computer: (event) => textOf(own(event, 'Hostname')) ?? '',
  recordId: () => 0,
  processId: () => 0,
  userSid: () => null,
  activityId: () => null,
  keywords: (event) => own(event, 'Keywords'),
  moment: momentOf,
  data: (event) => event,
  field: (name, data) => (envelope.has(name) ? undefined : itemText(name, data)),
}

const envelope = new Set([
  'SourceName',
  'ProviderGuid',
  'Level',
  'Keywords',
  'Channel',
  'Hostname',
  'TimeCreated',
  '@timestamp',
  'EventID',
  'Message',
  'Task',
])

function momentOf(event: JsonObject): Moment | undefined {
  const time = instantOf(own(event, 'TimeCreated'))
  if (time === undefined) return undefined
  return {
    local: time,
    happened: sysmonTime(otrfFlat.provider(event), otrfFlat.eventId(event), own(event, 'UtcTime')),
    received: null,
    halfDay: true,
  }
}
