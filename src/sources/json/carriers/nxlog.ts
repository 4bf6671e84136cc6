/**
 * NXLog's im_msvistalog as JSON (also through Logstash, as OTRF's data sets of 2020 have it): the event's items and its data
 * in one flat object. Traps, each seen in real records:
 * - `EventTime` is local time without a zone, unless NXLog was told to write one.
 * - Field names do not distinguish case in NXLog: the header's `ProcessID` takes the place of a data item `ProcessId` or
 *   `ProcessID`. Sysmon's process ids are lost so (its `ProcessID` is Sysmon's own), and that of TaskScheduler 129.
 *   Later versions name the header's `ExecutionProcessID` and keep `ProcessId`.
 * - `EventType` is NXLog's own (`INFO`) and takes the place of Sysmon's.
 * - Data items keep the XML's escapes (`&amp;`, `&lt;?xml …`).
 * - `Hostname` is the event's computer, `host` the collector.
 * Source: https://docs.nxlog.co/refman/current/im/msvistalog.html and real records.
 */
import type { Carrier } from '../carrier.ts'
import { isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { messageItems } from '../messages/index.ts'
import { hasZone, instantOf, type Moment } from '../moment.ts'
import { sysmonTime } from '../sysmon-time.ts'
import { unescapeXml } from '../unescape-xml.ts'

export const nxlog: Carrier = {
  name: 'NXLog',
  fits: (event) =>
    own(event, 'EventTime') !== undefined &&
    own(event, 'EventID') !== undefined &&
    own(event, 'EventData') === undefined &&
    !isObject(own(event, 'UserData')) &&
    (own(event, 'SourceName') !== undefined || own(event, 'Channel') !== undefined),
  provider: (event) => wordOf(own(event, 'SourceName')),
  channel: (event) => textOf(own(event, 'Channel')) ?? '',
  eventId: (event) => numberOf(own(event, 'EventID')),
  version: (event) => numberOf(own(event, 'Version')),
  computer: (event) => textOf(own(event, 'Hostname')) ?? '',
  recordId: (event) => numberOf(own(event, 'RecordNumber')),
  processId: (event) => numberOf(own(event, 'ExecutionProcessID') ?? own(event, 'ProcessID')),
  userSid: (event) => wordOf(own(event, 'UserID')),
  activityId: (event) => wordOf(own(event, 'ActivityID')),
  keywords: (event) => [own(event, 'EventType'), own(event, 'Keywords')],
  moment: momentOf,
  data: (event) => event,
  field(name, _, event) {
    if (envelope.has(name)) return undefined
    if (name === 'ProcessID' && own(event, 'ExecutionProcessID') === undefined) return launchedProcess(event)
    if (name === 'EventType' && isSeverity(event)) return undefined
    if (name === 'ProcessId' && own(event, 'ExecutionProcessID') === undefined) return lostProcess(event)
    const text = textOf(own(event, name))
    if (text === undefined) return name === 'ProcessID' ? launchedProcess(event) : undefined
    return unescapeXml(text)
  },
}

/** What NXLog and Logstash themselves put beside the event's data. */
const envelope = new Set([
  'EventTime',
  'EventReceivedTime',
  'Hostname',
  'Keywords',
  'EventTypeOrignal',
  'SeverityValue',
  'Severity',
  'EventID',
  'SourceName',
  'ProviderGuid',
  'Version',
  'Task',
  'OpcodeValue',
  'Opcode',
  'Category',
  'RecordNumber',
  'ExecutionProcessID',
  'ThreadID',
  'Channel',
  'Domain',
  'AccountName',
  'AccountType',
  'UserID',
  'ActivityID',
  'RelatedActivityID',
  'Message',
  'SourceModuleName',
  'SourceModuleType',
  'ERROR_EVT_UNRESOLVED',
  'host',
  'port',
  'tags',
  '@timestamp',
  '@version',
])

const severities = new Set([
  'INFO',
  'WARNING',
  'ERROR',
  'CRITICAL',
  'VERBOSE',
  'DEBUG',
  'AUDIT_SUCCESS',
  'AUDIT_FAILURE',
])

/** Whether EventType is NXLog's, and not an item of the event. */
function isSeverity(event: JsonObject): boolean {
  return severities.has(textOf(own(event, 'EventType')) ?? '')
}

function momentOf(event: JsonObject): Moment | undefined {
  const written = own(event, 'EventTime')
  const time = instantOf(written)
  if (time === undefined || hasZone(written)) return time
  return {
    local: time,
    happened: sysmonTime(nxlog.provider(event), nxlog.eventId(event), own(event, 'UtcTime')),
    received: receivedTime(event),
    halfDay: false,
  }
}

function receivedTime(event: JsonObject) {
  for (const key of ['@timestamp', 'EventReceivedTime']) {
    const written = own(event, key)
    if (hasZone(written)) return instantOf(written) ?? null
  }
  return null
}

/**
 * The data's process id where the header's took its place: Sysmon's stands in its message, which is always English; of 4688 it is the
 * creator's, the id in the line that has one after that of the new process, whatever the language of the labels.
 */
function lostProcess(event: JsonObject): string | undefined {
  const kept = textOf(own(event, 'ProcessId'))
  if (kept !== undefined) return kept
  const message = textOf(own(event, 'Message'))
  if (message === undefined) return undefined
  const id = numberOf(own(event, 'EventID'))
  if (nxlog.provider(event) === 'Microsoft-Windows-Sysmon')
    return textOf(messageItems('Microsoft-Windows-Sysmon', id, message)?.ProcessId)
  if (id !== 4688) return undefined
  const ids = [...message.matchAll(/^\s*[^\s:][^:\r\n]{0,80}:[\t ]*(0x[\da-f]{1,16})[\t ]*\r?$/gim)].map(
    ([, found]) => found,
  )
  const started = ids.findIndex((found) => Number(found) === numberOf(own(event, 'NewProcessId')))
  return started === -1 ? undefined : ids[started + 1]
}

/**
 * The process id of TaskScheduler 129, which stands nowhere but in the message: the only number left in it once the task's
 * name and path are taken out. This is the one place where a message is read, and no word of it, so that its language does
 * not matter; undefined whenever there is any doubt.
 */
function launchedProcess(event: JsonObject): string | undefined {
  if (numberOf(own(event, 'EventID')) !== 129 || own(event, 'SourceName') !== 'Microsoft-Windows-TaskScheduler')
    return undefined
  let message = textOf(own(event, 'Message'))
  for (const key of ['TaskName', 'Path']) {
    const value = textOf(own(event, key))
    if (message === undefined || value === undefined || value === '') return undefined
    const rest = message.replaceAll(unescapeXml(value), ' ').replaceAll(value, ' ')
    if (rest === message) return undefined
    message = rest
  }
  const numbers = message?.match(/\d+/g) ?? []
  return numbers.length === 1 ? numbers[0] : undefined
}
