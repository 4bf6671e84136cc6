import { sevenDigits, valueText } from './value-text.ts'
import { type CarrierWriter, itemsBy } from './writer.ts'

/** Vector's source windows_event_log. */
export const vectorWriter: CarrierWriter = {
  name: 'vector',
  line(event) {
    const items = itemsBy(event, valueText)
    return JSON.stringify({
      source_type: 'windows_event_log',
      timestamp: sevenDigits(event.time),
      host: event.computer,
      event_id: event.eventId,
      record_id: event.recordId,
      level: 'Information',
      level_value: event.level,
      channel: event.channel,
      provider_name: event.provider,
      provider_guid: event.providerGuid,
      computer: event.computer,
      process_id: event.processId,
      thread_id: event.threadId,
      keywords: `0x${event.keywords.toString(16).padStart(16, '0')}`,
      version: event.version,
      ...(event.activityId === null ? {} : { activity_id: event.activityId }),
      ...(event.userSid === null ? {} : { user_id: event.userSid }),
      ...(event.body.kind === 'event-data' ? { event_data: items } : { user_data: items }),
      message: `Event ID ${event.eventId} from ${event.provider} on ${event.computer}`,
    })
  },
}
