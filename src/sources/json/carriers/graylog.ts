/**
 * Graylog's messages of Winlogbeat (its Beats input): Winlogbeat's document with all levels put into one name each, joined by `_`, and with
 * the beat's name before them unless the input is told otherwise: `winlogbeat_winlog_event_data_TaskName` (from Winlogbeat 7 on),
 * `winlog_…`, or `winlogbeat_event_data_TaskName` (6). `timestamp` is the event's own, as Winlogbeat's `@timestamp` is.
 * Source: https://go2docs.graylog.org (Beats input); the tests of Graylog2/graylog-plugin-beats and published messages.
 */
import type { Carrier } from '../carrier.ts'
import { type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'

const prefixes = ['winlogbeat_winlog_', 'winlog_', 'winlogbeat_'] as const

const prefixOf = (event: JsonObject): string | undefined =>
  prefixes.find((prefix) => own(event, `${prefix}event_id`) !== undefined)

/** The first of some members that is there. */
function member(event: JsonObject, ...names: readonly [string, string?]): unknown {
  const prefix = prefixOf(event)
  for (const name of names) {
    const value = own(event, `${prefix}${name}`)
    if (value !== undefined) return value
  }
  return undefined
}

export const graylog: Carrier = {
  name: 'Graylog (Winlogbeat)',
  fits: (event) => prefixOf(event) !== undefined && member(event, 'channel', 'log_name') !== undefined,
  provider: (event) => wordOf(member(event, 'provider_name', 'source_name')),
  channel: (event) => textOf(member(event, 'channel', 'log_name')) ?? '',
  eventId: (event) => numberOf(member(event, 'event_id')),
  version: (event) => numberOf(member(event, 'version')),
  computer: (event) => textOf(member(event, 'computer_name') ?? own(event, 'source')) ?? '',
  recordId: (event) => numberOf(member(event, 'record_id', 'record_number')),
  processId: (event) => numberOf(member(event, 'process_pid', 'process_id')),
  userSid: (event) => wordOf(member(event, 'user_identifier')),
  activityId: (event) => wordOf(member(event, 'activity_id')),
  keywords: (event) =>
    [own(event, 'winlogbeat_event_outcome') ?? own(event, 'event_outcome'), member(event, 'keywords')].flat(),
  moment: (event) => instantOf(own(event, 'winlogbeat_@timestamp')) ?? instantOf(own(event, 'timestamp')),
  data: (event) => event,
  field: (name, _, event) => textOf(member(event, `event_data_${name}`, `user_data_${name}`)),
}
