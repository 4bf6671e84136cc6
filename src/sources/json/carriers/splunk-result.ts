/**
 * `{"result": {…}}`, one a line: Splunk's export (`/services/search/jobs/export?output_mode=json`). The fields are those that
 * Splunk took from the event; `_raw` is the event as it came. Where `_raw` is JSON, it is read instead (see `unwrap`).
 * `EventCode`, `ComputerName`, `RecordNumber` come from WinEventLog; `EventID`, `Computer`, `EventRecordID`, `SystemTime`,
 * `Name` (the provider) from XmlWinEventLog.
 * Source: https://docs.splunk.com/Documentation/AddOns/released/Windows/SourcetypesandCIMdatamodelinfo
 */
import type { Carrier } from '../carrier.ts'
import { itemText } from '../event-data.ts'
import { isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { hasZone, instantOf, type Moment } from '../moment.ts'
import { sysmonTime } from '../sysmon-time.ts'

export const splunkResult: Carrier = {
  name: 'Splunk export',
  fits: (event) =>
    (own(event, 'EventCode') !== undefined || own(event, 'EventID') !== undefined) &&
    (own(event, '_time') !== undefined || own(event, 'sourcetype') !== undefined) &&
    own(event, 'EventTime') === undefined &&
    own(event, 'TimeCreated') === undefined &&
    !isObject(own(event, 'System')) &&
    !isObject(own(event, 'EventData')) &&
    !isObject(own(event, 'UserData')),
  provider: (event) => bare(own(event, 'SourceName') ?? own(event, 'ProviderName') ?? own(event, 'Name')),
  channel: channelOf,
  eventId: (event) => numberOf(own(event, 'EventID') ?? own(event, 'EventCode')),
  version: (event) => numberOf(own(event, 'Version')),
  computer: (event) => textOf(own(event, 'Computer') ?? own(event, 'ComputerName') ?? own(event, 'host')) ?? '',
  recordId: (event) => numberOf(own(event, 'EventRecordID') ?? own(event, 'RecordNumber') ?? own(event, 'RecordID')),
  processId: (event) => numberOf(bare(own(event, 'ProcessID'))),
  userSid: (event) => bare(own(event, 'UserID')),
  activityId: (event) => bare(own(event, 'ActivityID')),
  moment: momentOf,
  data: (event) => event,
  field: (name, data) => (envelope.has(name) ? undefined : itemText(name, data)),
}

const envelope = new Set([
  'Channel',
  'Computer',
  'ComputerName',
  'Keywords',
  'Message',
  'UserID',
  'Version',
  'Level',
  'host',
  'source',
])

/** `source` is `WinEventLog:Security` or `XmlWinEventLog:Microsoft-Windows-Sysmon/Operational`. */
function channelOf(event: JsonObject): string {
  const named = wordOf(own(event, 'Channel')) ?? wordOf(own(event, 'LogName'))
  return named ?? /^(?:Xml)?WinEventLog:(.+)$/i.exec(textOf(own(event, 'source')) ?? '')?.[1] ?? ''
}

function momentOf(event: JsonObject): Moment | undefined {
  const exact = instantOf(own(event, 'SystemTime'))
  if (exact !== undefined) return exact
  const written = own(event, '_time')
  const time = instantOf(written)
  if (time === undefined || hasZone(written)) return time
  return {
    local: time,
    happened: sysmonTime(splunkResult.provider(event), splunkResult.eventId(event), own(event, 'UtcTime')),
    received: null,
    halfDay: false,
  }
}

/** XmlWinEventLog's extractions keep the quotes of the XML's attributes. */
function bare(value: unknown): string | null {
  return wordOf(textOf(value)?.replace(/^'(.*)'$/s, '$1'))
}
