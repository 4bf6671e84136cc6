/**
 * OpenTelemetry's windowseventlog receiver, without `raw`: the body of a log record is a map of the event's items. `event_data`
 * is a map by name, or (older versions, and again with `event_data_format: array`) `{"data": [{"TaskName": …}, …]}`, a list of
 * maps with one item each; `user_data` came later. In OTLP's JSON (file exporter) many records stand in one line and each value
 * in a wrapping of its type: both are taken off before (otlp.ts). Numbers may be texts.
 * Source: https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/windowseventlogreceiver and
 * pkg/stanza/operator/input/windows (xml.go).
 */
import type { Carrier } from '../carrier.ts'
import { itemsOf, itemText } from '../event-data.ts'
import { at, isObject, type JsonObject, numberOf, own, textOf, wordOf } from '../json-object.ts'
import { instantOf } from '../moment.ts'

export const openTelemetry: Carrier = {
  name: 'OpenTelemetry windowseventlog',
  fits: (event) => {
    const body = bodyOf(event)
    return isObject(own(body, 'event_id')) && isObject(own(body, 'provider')) && own(body, 'channel') !== undefined
  },
  provider: (event) => wordOf(at(bodyOf(event), 'provider.name')),
  channel: (event) => textOf(own(bodyOf(event), 'channel')) ?? '',
  eventId: (event) => numberOf(at(bodyOf(event), 'event_id.id')),
  version: (event) => numberOf(own(bodyOf(event), 'version')),
  computer: (event) => textOf(own(bodyOf(event), 'computer')) ?? '',
  recordId: (event) => numberOf(own(bodyOf(event), 'record_id')),
  processId: (event) => numberOf(at(bodyOf(event), 'execution.process_id')),
  userSid: (event) => wordOf(at(bodyOf(event), 'security.user_id')),
  activityId: (event) => wordOf(at(bodyOf(event), 'correlation.activity_id')),
  keywords: (event) => own(bodyOf(event), 'keywords'),
  moment: (event) => instantOf(own(bodyOf(event), 'system_time')),
  data: (event) => itemsIn(bodyOf(event)),
  field: itemText,
}

/** Other exporters put the body beside attributes, as an object of its own. */
function bodyOf(event: JsonObject): JsonObject {
  for (const key of ['body', 'Body']) {
    const body = own(event, key)
    if (isObject(body)) return body
  }
  return event
}

function itemsIn(body: JsonObject): JsonObject {
  const data = own(body, 'event_data')
  const list = isObject(data) ? own(data, 'data') : data
  if (!Array.isArray(list)) return itemsOf(isObject(data) ? data : undefined, own(body, 'user_data'))
  const items: Record<string, unknown> = {}
  for (const item of list) if (isObject(item)) for (const name of Object.keys(item)) items[name] = item[name]
  return items
}
