import { escaped } from '../../model/task-xml/xml-text.ts'
import { sevenDigits, valueText } from './value-text.ts'
import type { CarrierWriter } from './writer.ts'

/** A line of Loki as Alloy and Promtail write it: the inner XML of EventData, and none of UserData. */
export const alloyWriter: CarrierWriter = {
  name: 'alloy',
  line(event) {
    const items = event.body.kind === 'event-data' ? event.body.fields : []
    const xml = items.map(([name, value]) => `<Data Name='${name}'>${escaped(valueText(value))}</Data>`).join('')
    return JSON.stringify({
      source: event.provider,
      channel: event.channel,
      computer: event.computer,
      event_id: event.eventId,
      version: event.version,
      level: event.level,
      task: event.task,
      levelText: 'Information',
      keywords: `0x${event.keywords.toString(16)}`,
      timeCreated: sevenDigits(event.time),
      eventRecordID: event.recordId,
      ...(event.activityId === null ? {} : { correlation: { activityID: event.activityId } }),
      execution: { processId: event.processId, threadId: event.threadId },
      ...(event.userSid === null ? {} : { security: { userId: event.userSid } }),
      ...(xml === '' ? {} : { user_data: xml, event_data: xml }),
      message: 'An event.',
    })
  },
}
