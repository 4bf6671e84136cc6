/**
 * `{"result": {…}}`, one a line: Splunk's export (`/services/search/jobs/export?output_mode=json`). The fields are those that
 * Splunk took from the event; `_raw` is the event as it came. Where `_raw` is JSON, it is read instead (see `unwrap`).
 * `EventCode`, `ComputerName`, `RecordNumber` come from WinEventLog; `EventID`, `Computer`, `EventRecordID`, `SystemTime`,
 * `Name` (the provider) from XmlWinEventLog.
 * The classic form (WinEventLog, `renderXml = 0`) has the provider's displayed name and its data in `Message` alone; it is read from
 * there where it is English, or from the fields that the Windows add-on takes from it.
 * Source: https://docs.splunk.com/Documentation/AddOns/released/Windows/SourcetypesandCIMdatamodelinfo
 */
import type { Carrier } from '../carrier.ts'
import { channelOf as channelName, providerOf as channelProvider } from '../channels.ts'
import { itemText } from '../event-data.ts'
import { isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { messageItems } from '../messages/index.ts'
import { hasZone, instantOf, type Moment } from '../moment.ts'
import { sysmonTime } from '../sysmon-time.ts'
import { instantInWords } from '../written-time.ts'

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
  provider: providerOf,
  channel: channelOf,
  eventId: (event) => numberOf(own(event, 'EventID') ?? own(event, 'EventCode')),
  version: (event) => numberOf(own(event, 'Version')),
  computer: (event) => textOf(own(event, 'Computer') ?? own(event, 'ComputerName') ?? own(event, 'host')) ?? '',
  recordId: (event) => numberOf(own(event, 'EventRecordID') ?? own(event, 'RecordNumber') ?? own(event, 'RecordID')),
  processId: (event) => numberOf(bare(own(event, 'ProcessID'))),
  userSid: (event) => bare(own(event, 'UserID')),
  activityId: (event) => bare(own(event, 'ActivityID')),
  keywords: (event) => own(event, 'Keywords'),
  hasData: (event) =>
    typeof own(event, 'Message') !== 'string' ||
    saysAll.has(numberOf(own(event, 'EventCode'))) ||
    tellingFields.some((name) => own(event, name) !== undefined) ||
    itemsOfMessage(event) !== null,
  moment: momentOf,
  arrived: (event) => instantOf(own(event, '_indextime')),
  data: (event) => itemsOfMessage(event) ?? {},
  field(name, data, event) {
    if (envelope.has(name)) return undefined
    return itemText(name, data) ?? itemText(name, event) ?? extracted(name, event)
  },
}

/** The log was cleared: that it was is all. */
const saysAll: ReadonlySet<number> = new Set([104, 1102])
/** Of these one is there where Splunk's extractions took the items from the event. */
const tellingFields = ['EventID', 'Image', 'TaskName', 'Task_Name', 'New_Process_Name', 'NewProcessName', 'Logon_Type']

function itemsOfMessage(event: JsonObject): JsonObject | null {
  const message = own(event, 'Message')
  if (typeof message !== 'string') return null
  const id = numberOf(own(event, 'EventID') ?? own(event, 'EventCode'))
  return messageItems(providerOf(event) ?? channelProvider(channelName(channelOf(event)), id), id, message)
}

/** The provider's name; null for a name as it is displayed (`Microsoft Windows security auditing.`), for the channel tells it then. */
function providerOf(event: JsonObject): string | null {
  const name = bare(own(event, 'SourceName') ?? own(event, 'ProviderName') ?? own(event, 'Name'))
  return name === null || /[\s.]/.test(name) ? null : name
}

/** What the Windows add-on's extractions name after the message's labels; `Account_Name` and its like have a value for each section. */
const labelled: Readonly<Record<string, string>> = {
  TaskName: 'Task_Name',
  TaskContent: 'Task_Content',
  TaskContentNew: 'Task_New_Content',
  NewProcessId: 'New_Process_ID',
  NewProcessName: 'New_Process_Name',
  ProcessId: 'Creator_Process_ID',
  ParentProcessName: 'Creator_Process_Name',
  CommandLine: 'Process_Command_Line',
  LogonType: 'Logon_Type',
  WorkstationName: 'Workstation_Name',
  IpAddress: 'Source_Network_Address',
  IpPort: 'Source_Port',
  ShareName: 'Share_Name',
  RelativeTargetName: 'Relative_Target_Name',
}
const ofSections: Readonly<Record<string, string>> = {
  UserSid: 'Security_ID',
  UserName: 'Account_Name',
  DomainName: 'Account_Domain',
  LogonId: 'Logon_ID',
}

function extracted(name: string, event: JsonObject): string | undefined {
  const label = labelled[name]
  if (label !== undefined) return textOf(own(event, label))
  const [, role, part = ''] = /^(Subject|Target)(\w+)$/.exec(name) ?? []
  const values = role === undefined ? undefined : own(event, ofSections[part] ?? '')
  const list = typeof values === 'string' ? values.split('\n') : Array.isArray(values) ? values : []
  if (role === 'Subject') return textOf(list[0])
  return list.length > 1 ? textOf(list.at(-1)) : undefined
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
  const written = own(event, '_time') ?? own(event, 'LocalTime')
  const time = instantInWords(written)
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
