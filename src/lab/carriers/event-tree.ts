import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { sevenDigits, valueJson, valueText } from './value-text.ts'
import { type CarrierWriter, itemsBy } from './writer.ts'

/** evtx_dump -o jsonl (Rust crate evtx). */
export const evtxDumpWriter: CarrierWriter = {
  name: 'evtx_dump',
  line(event) {
    const body = itemsBy(event, valueJson)
    return JSON.stringify({
      Event: {
        '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
        System: {
          Provider: { '#attributes': { Name: event.provider, Guid: event.providerGuid } },
          EventID:
            event.qualifiers === null
              ? event.eventId
              : { '#attributes': { Qualifiers: event.qualifiers }, '#text': event.eventId },
          Version: event.version,
          Level: event.level,
          Task: event.task,
          Opcode: event.opcode,
          Keywords: `0x${event.keywords.toString(16)}`,
          TimeCreated: { '#attributes': { SystemTime: sevenDigits(event.time) } },
          EventRecordID: event.recordId,
          Correlation: event.activityId === null ? null : { '#attributes': { ActivityID: event.activityId } },
          Execution: { '#attributes': { ProcessID: event.processId, ThreadID: event.threadId } },
          Channel: event.channel,
          Computer: event.computer,
          Security: event.userSid === null ? null : { '#attributes': { UserID: event.userSid } },
        },
        ...(event.body.kind === 'event-data'
          ? { EventData: body }
          : { UserData: { [event.body.root]: { '#attributes': { xmlns: event.body.namespace }, ...body } } }),
      },
    })
  },
}

/** The numbers that hexadecimal and plain values are to Velociraptor. */
function plain(value: Parameters<typeof valueJson>[0]): unknown {
  return value.type === 'hex64' || value.type === 'hex32' || value.type === 'pointer'
    ? Number(value.value)
    : valueJson(value)
}

function velociraptorSystem(event: LabEvent) {
  return {
    Provider: { Name: event.provider, Guid: event.providerGuid.slice(1, -1).toUpperCase() },
    EventID: { Value: event.eventId },
    Version: event.version,
    Level: event.level,
    Task: event.task,
    Opcode: event.opcode,
    TimeCreated: { SystemTime: event.time.time / 1000 + event.time.ticks / 1e7 },
    EventRecordID: event.recordId,
    Correlation: event.activityId === null ? {} : { ActivityID: event.activityId.slice(1, -1).toUpperCase() },
    Execution: { ProcessID: event.processId, ThreadID: event.threadId },
    Channel: event.channel,
    Computer: event.computer,
    Security: event.userSid === null ? {} : { UserID: event.userSid },
  }
}

function bodyOf(event: LabEvent) {
  const body = itemsBy(event, plain)
  return event.body.kind === 'event-data' ? { EventData: body } : { UserData: { [event.body.root]: body } }
}

/** Velociraptor's parse_evtx: logon and process ids as plain numbers, the time in seconds. */
export const velociraptorWriter: CarrierWriter = {
  name: 'velociraptor',
  line: (event) => JSON.stringify({ System: velociraptorSystem(event), ...bodyOf(event), Message: 'An event.' }),
}

/** Rows of Windows.EventLogs.EvtxHunter. */
export const velociraptorRowsWriter: CarrierWriter = {
  name: 'velociraptor-rows',
  line: (event) =>
    JSON.stringify({
      EventTime: sevenDigits(event.time),
      Computer: event.computer,
      Channel: event.channel,
      Provider: event.provider,
      EventID: event.eventId,
      EventRecordID: event.recordId,
      UserSID: event.userSid,
      Username: null,
      EventData: null,
      ...bodyOf(event),
      Message: 'An event.',
      OSPath: 'C:\\Windows\\System32\\winevt\\Logs\\Log.evtx',
    }),
}

/** EvtxECmd --json: the data as JSON in a text. */
export const evtxECmdWriter: CarrierWriter = {
  name: 'evtxecmd',
  line(event) {
    const items = event.body.fields.map(([name, value]) => ({ '@Name': name, '#text': valueText(value) }))
    const payload =
      event.body.kind === 'event-data'
        ? { EventData: { Data: items } }
        : { UserData: { [event.body.root]: itemsBy(event, valueText) } }
    return JSON.stringify({
      PayloadData1: 'A map made this.',
      MapDescription: 'What EvtxECmd says of it',
      ChunkNumber: 0,
      Computer: event.computer,
      Payload: JSON.stringify(payload),
      ...(event.userSid === null ? {} : { UserId: event.userSid }),
      Channel: event.channel,
      Provider: event.provider,
      EventId: event.eventId,
      EventRecordId: String(event.recordId),
      ProcessId: event.processId,
      ThreadId: event.threadId,
      Level: 'LogAlways',
      Keywords: 'Audit success',
      SourceFile: 'C:\\evidence\\log.evtx',
      ExtraDataOffset: 0,
      HiddenRecord: false,
      TimeCreated: sevenDigits(event.time).replace('Z', '+00:00'),
      // the count of the file's records, not the event's id
      RecordNumber: event.recordId + 7,
    })
  },
}
