import { milliseconds, valueText } from './value-text.ts'
import type { CarrierWriter } from './writer.ts'

/** Graylog's message of what Winlogbeat 8 sent to its Beats input. */
export const graylogWriter: CarrierWriter = {
  name: 'graylog',
  line(event) {
    const part = event.body.kind === 'event-data' ? 'event_data' : 'user_data'
    const items = event.body.fields.map(([name, value]) => [`winlogbeat_winlog_${part}_${name}`, valueText(value)])
    return JSON.stringify({
      gl2_message_id: '01HX',
      source: 'relay.example.test',
      timestamp: milliseconds(event.time),
      beats_type: 'winlogbeat',
      winlogbeat_event_provider: event.provider,
      winlogbeat_winlog_event_id: String(event.eventId),
      winlogbeat_winlog_provider_name: event.provider,
      winlogbeat_winlog_channel: event.channel,
      winlogbeat_winlog_computer_name: event.computer,
      winlogbeat_winlog_record_id: event.recordId,
      winlogbeat_winlog_process_pid: event.processId,
      winlogbeat_winlog_version: event.version,
      ...(event.activityId === null ? {} : { winlogbeat_winlog_activity_id: event.activityId }),
      ...(event.userSid === null ? {} : { winlogbeat_winlog_user_identifier: event.userSid }),
      ...Object.fromEntries(items),
      message: 'An event.',
    })
  },
}
