import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { valueText, wallClock } from './value-text.ts'
import { type CarrierWriter, itemsBy } from './writer.ts'

/** Minutes from UTC of the host that collects: New York in summer. */
const zone = -240

const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' }

/**
 * NXLog's im_msvistalog with to_json, in the form that OTRF's data sets of 2020 have: local time, the data's XML escapes kept,
 * the process id of 129 lost but for the message (here in German: no word of it may matter).
 */
export const nxlogWriter: CarrierWriter = {
  name: 'nxlog',
  line(event) {
    const items = itemsBy(event, (value) => valueText(value).replace(/[<>&]/g, (sign) => escapes[sign] ?? sign))
    const { ProcessID, EventType, ...kept } = items
    return JSON.stringify({
      ...kept,
      EventTime: wallClock(event.time, zone),
      Hostname: event.computer,
      Keywords: -9_223_372_036_854_775_808n.toString(),
      EventType: EventType ?? (event.channel === 'Security' ? 'AUDIT_SUCCESS' : 'INFO'),
      SeverityValue: 2,
      Severity: 'INFO',
      EventID: event.eventId,
      SourceName: event.provider,
      ProviderGuid: event.providerGuid.toUpperCase(),
      Version: event.version,
      Task: event.task,
      OpcodeValue: event.opcode,
      RecordNumber: event.recordId,
      ExecutionProcessID: event.processId,
      ThreadID: event.threadId,
      // the case in which somebody wrote it into the configuration
      Channel: event.channel === 'Security' ? 'security' : event.channel,
      ...(event.userSid === null ? {} : { Domain: 'NT AUTHORITY', AccountName: 'SYSTEM', UserID: event.userSid }),
      ...(event.activityId === null ? {} : { ActivityID: event.activityId.toUpperCase() }),
      Message: ProcessID === undefined ? 'Ein Ereignis.' : launched(items, ProcessID),
      EventReceivedTime: wallClock({ time: event.time.time + 1500, ticks: 0 }, zone),
      SourceModuleName: 'eventlog',
      SourceModuleType: 'im_msvistalog',
      host: 'wec.example.test',
      tags: ['lab'],
    })
  },
}

function launched(items: Readonly<Record<string, string>>, pid: string): string {
  return `Die Aufgabenplanung hat die Aufgabe "${items.TaskName}", Instanz "${items.Path}" mit der Prozess-ID ${pid} gestartet.`
}

/** The same as NXLog wrote it before it knew `ExecutionProcessID`: the header's `ProcessID` takes the place of the data's ids. */
export const oldNxlogWriter: CarrierWriter = {
  name: 'nxlog-before-5',
  line(event: LabEvent) {
    const { ExecutionProcessID, ProcessId, ...rest } = JSON.parse(nxlogWriter.line(event)) as Record<string, unknown>
    // the ids of Security events are other names' values for us only where they are `NewProcessId`
    const kept = event.channel === 'Security' ? { ProcessId } : {}
    return JSON.stringify({ ...rest, ...kept, ProcessID: ExecutionProcessID })
  },
}
