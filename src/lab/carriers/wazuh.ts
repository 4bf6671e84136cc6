import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { milliseconds, sevenDigits, valueText } from './value-text.ts'
import type { CarrierWriter } from './writer.ts'

/** Wazuh's archives.json, after its decoder's source and a published record. */
export const wazuhWriter: CarrierWriter = {
  name: 'wazuh',
  line(event) {
    const items = itemsOf(event)
    return JSON.stringify({
      timestamp: milliseconds({ time: event.time.time + 900, ticks: 0 }).replace('Z', '+0000'),
      agent: { id: '005', name: event.computer.split('.')[0], ip: '192.0.2.5' },
      manager: { name: 'wazuh-server' },
      id: '1784112458.668554',
      full_log: '',
      decoder: { name: 'windows_eventchannel' },
      data: {
        win: {
          system: {
            providerName: event.provider,
            providerGuid: event.providerGuid,
            eventID: String(event.eventId),
            version: String(event.version),
            level: String(event.level),
            task: String(event.task),
            opcode: String(event.opcode),
            keywords: `0x${event.keywords.toString(16)}`,
            systemTime: sevenDigits(event.time),
            eventRecordID: String(event.recordId),
            processID: String(event.processId),
            threadID: String(event.threadId),
            channel: event.channel,
            computer: event.computer,
            severityValue: 'INFORMATION',
            message: '"An event."',
          },
          ...(event.body.kind === 'event-data' ? { eventdata: items } : { [lower(event.body.root)]: items }),
        },
      },
      location: 'EventChannel',
    })
  },
}

const lower = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
const escapes: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' }

/** Empty items and `-` are left out; backslashes and quotes get a backslash, the XML's escapes are kept. */
function itemsOf(event: LabEvent): Record<string, string> {
  const items: Record<string, string> = {}
  for (const [name, value] of event.body.fields) {
    const text = valueText(value).trimEnd()
    if (text === '' || text === '-') continue
    items[lower(name)] = text.replace(/[\\"]/g, '\\$&').replace(/[<>&]/g, (sign) => escapes[sign] ?? sign)
  }
  return items
}
