import { milliseconds, valueText } from './value-text.ts'
import { type CarrierWriter, itemsBy } from './writer.ts'

/** Winlogbeat 6.7, on a collector of forwarded events. */
export const winlogbeat6Writer: CarrierWriter = {
  name: 'winlogbeat-6',
  line(event) {
    const body = itemsBy(event, valueText)
    return JSON.stringify({
      '@timestamp': milliseconds(event.time),
      '@metadata': { beat: 'winlogbeat', type: 'doc', version: '6.7.0' },
      type: 'wineventlog',
      event_id: event.eventId,
      record_number: String(event.recordId),
      computer_name: event.computer,
      log_name: event.channel,
      source_name: event.provider,
      provider_guid: event.providerGuid,
      process_id: event.processId,
      thread_id: event.threadId,
      version: event.version,
      level: 'Information',
      host: { name: 'WECserver' },
      beat: { name: 'WECserver', hostname: 'WECserver', version: '6.7.0' },
      ...(event.activityId === null ? {} : { activity_id: event.activityId }),
      ...(event.userSid === null ? {} : { user: { identifier: event.userSid, type: 'User' } }),
      ...(event.body.kind === 'event-data'
        ? { event_data: body }
        : { user_data: { ...body, xml_name: event.body.root } }),
    })
  },
}
