import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { csvText } from './csv-text.ts'
import { evtxECmdWriter } from './event-tree.ts'
import { sevenDigits, valueText } from './value-text.ts'
import { itemsBy } from './writer.ts'

/** Writes events as files of tables. */
export interface TableWriter {
  readonly name: string
  files(events: readonly LabEvent[]): string[]
}

const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[<>&"]/g, (sign) => escapes[sign] ?? sign)
const xmlns = 'xmlns="http://schemas.microsoft.com/win/2004/08/events/event"'

/** EventData or UserData as Windows renders it. */
function bodyXml({ body }: LabEvent): string {
  if (body.kind === 'event-data') {
    const items = body.fields.map(([name, value]) => `<Data Name="${name}">${escaped(valueText(value))}</Data>`)
    return `<EventData ${xmlns}>${items.join('')}</EventData>`
  }
  const items = body.fields.map(([name, value]) => `<${name}>${escaped(valueText(value))}</${name}>`)
  return `<UserData ${xmlns}><${body.root} xmlns="${body.namespace}">${items.join('')}</${body.root}></UserData>`
}

/** EvtxECmd --csv: the columns of its documentation, in their order; the time without a zone. */
const evtxECmdColumns = (
  'RecordNumber,EventRecordId,TimeCreated,EventId,Level,Provider,Channel,ProcessId,ThreadId,Computer,ChunkNumber,UserId,' +
  'MapDescription,UserName,RemoteHost,PayloadData1,PayloadData2,PayloadData3,PayloadData4,PayloadData5,PayloadData6,' +
  'ExecutableInfo,HiddenRecord,SourceFile,Keywords,ExtraDataOffset,Payload'
).split(',')
export const evtxECmdCsvWriter: TableWriter = {
  name: 'evtxecmd-csv',
  files: (events) => [
    `\uFEFF${csvText(
      evtxECmdColumns,
      events.map((event) => ({
        ...(JSON.parse(evtxECmdWriter.line(event)) as object),
        TimeCreated: sevenDigits(event.time).replace('T', ' ').replace('Z', ''),
      })),
    )}`,
  ],
}

/** Sentinel's table WindowsEvent as CSV: the data as JSON in one column. */
export const windowsEventCsvWriter: TableWriter = {
  name: 'sentinel-windowsevent-csv',
  files(events) {
    const rows = events.map((event) => ({
      'TimeGenerated [UTC]': sevenDigits(event.time),
      Provider: event.provider,
      Channel: event.channel,
      Computer: event.computer,
      Task: event.task,
      EventLevelName: 'Information',
      Version: event.version,
      EventID: event.eventId,
      EventRecordId: String(event.recordId),
      SystemProcessId: event.processId,
      SystemUserId: event.userSid ?? 'N/A',
      Correlation: event.activityId ?? '',
      EventData:
        event.body.kind === 'event-data'
          ? JSON.stringify(itemsBy(event, valueText))
          : JSON.stringify({ [event.body.root]: itemsBy(event, valueText) }),
      Type: 'WindowsEvent',
    }))
    return [csvText(Object.keys(rows[0] ?? {}), rows)]
  },
}

/** The columns that SecurityEvent has of the lab's events' data; what has none is in EventData alone. */
const securityColumns = new Set([
  ...['SubjectUserSid', 'SubjectUserName', 'SubjectDomainName', 'SubjectLogonId'],
  ...['TargetUserSid', 'TargetUserName', 'TargetDomainName', 'TargetLogonId', 'LogonType', 'IpAddress', 'IpPort'],
  ...[
    'WorkstationName',
    'NewProcessId',
    'NewProcessName',
    'ProcessId',
    'ProcessName',
    'ParentProcessName',
    'CommandLine',
  ],
  ...['MandatoryLabel', 'ShareName', 'RelativeTargetName', 'TargetLinkedLogonId'],
])

/** Sentinel as two tables: SecurityEvent for the Security log, and Event for all others with the data as XML. */
export const sentinelCsvWriter: TableWriter = {
  name: 'sentinel-securityevent-and-event-csv',
  files(events) {
    const security = events
      .filter(({ channel }) => channel === 'Security')
      .map((event): Readonly<Record<string, unknown>> => {
        const data = Object.entries(itemsBy(event, valueText))
        return {
          TimeGenerated: sevenDigits(event.time),
          Computer: event.computer,
          EventSourceName: event.provider,
          Channel: event.channel,
          EventID: event.eventId,
          EventRecordId: String(event.recordId),
          SystemProcessId: event.processId,
          SystemUserId: event.userSid ?? 'N/A',
          ...Object.fromEntries([...securityColumns].map((name) => [name, ''])),
          ...Object.fromEntries(data.filter(([name]) => securityColumns.has(name))),
          EventData: data.every(([name]) => securityColumns.has(name)) ? '' : bodyXml(event),
          Type: 'SecurityEvent',
        }
      })
    const others = events
      .filter(({ channel }) => channel !== 'Security')
      .map((event) => ({
        TimeGenerated: sevenDigits(event.time),
        Source: event.provider,
        EventLog: event.channel,
        Computer: event.computer,
        EventID: event.eventId,
        RenderedDescription: 'An event, "quoted",\r\nover two lines.',
        EventData: `<DataItem type="System.XmlData" time="${sevenDigits(event.time)}" sourceHealthServiceId="x">${bodyXml(event)}</DataItem>`,
        UserName: 'NT AUTHORITY\\SYSTEM',
        Type: 'Event',
      }))
    return [security, others].flatMap((rows) =>
      rows.length === 0 ? [] : [csvText(Object.keys(rows[0] ?? {}), rows, { quoteAll: true })],
    )
  },
}

export const tableWriters: readonly TableWriter[] = [evtxECmdCsvWriter, windowsEventCsvWriter, sentinelCsvWriter]
