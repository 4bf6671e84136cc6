import type { LabEvent } from '../evtx-writer/lab-event.ts'
import { sevenDigits, valueText } from './value-text.ts'
import { type CarrierWriter, itemsBy } from './writer.ts'

function bodyOf(event: LabEvent, items: 'map' | 'list') {
  const data = itemsBy(event, valueText)
  const asList = { name: '', data: Object.entries(data).map(([name, value]) => ({ [name]: value })) }
  return {
    channel: event.channel,
    computer: event.computer,
    event_id: { id: event.eventId, qualifiers: event.qualifiers ?? 0 },
    keywords: [],
    level: 'Information',
    message: 'An event.',
    opcode: 'Info',
    provider: { event_source: '', guid: event.providerGuid, name: event.provider },
    record_id: event.recordId,
    system_time: sevenDigits(event.time),
    task: '',
    version: event.version,
    execution: { process_id: event.processId, thread_id: event.threadId },
    ...(event.userSid === null ? {} : { security: { user_id: event.userSid } }),
    ...(event.activityId === null ? {} : { correlation: { activity_id: event.activityId } }),
    ...(event.body.kind === 'user-data'
      ? { user_data: { [event.body.root]: data } }
      : { event_data: items === 'map' ? data : asList }),
  }
}

/** The receiver's body as an exporter of plain JSON writes it, with event_data as a map. */
export const openTelemetryWriter: CarrierWriter = {
  name: 'opentelemetry',
  line: (event) => JSON.stringify({ timestamp: sevenDigits(event.time), body: bodyOf(event, 'map'), attributes: {} }),
}

/** The Collector's file exporter: OTLP's JSON, with event_data as a list. */
export const otlpWriter: CarrierWriter = {
  name: 'opentelemetry-otlp',
  line: (event) =>
    JSON.stringify({
      resourceLogs: [
        {
          resource: {},
          scopeLogs: [
            {
              scope: {},
              logRecords: [{ observedTimeUnixNano: '1', body: anyValue(bodyOf(event, 'list')), traceId: '' }],
            },
          ],
        },
      ],
    }),
}

function anyValue(value: unknown): object {
  if (typeof value === 'number') return { intValue: String(value) }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  if (typeof value !== 'object' || value === null) return { stringValue: String(value) }
  return { kvlistValue: { values: Object.entries(value).map(([key, inside]) => ({ key, value: anyValue(inside) })) } }
}
