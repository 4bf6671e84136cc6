import { isObject, type JsonObject, own } from './json-object.ts'
import { otlpBodies } from './otlp.ts'
import { tableRows } from './result-table.ts'

/**
 * What exports put around events, taken off once: `{"result": …}` (Splunk), `{"_source": …}` (Elasticsearch), `{"Event": …}` and
 * `{"event_record_id": …, "data": {"Event": …}}` (evtx_dump), the bodies of `{"resourceLogs": …}` (OpenTelemetry), the
 * `properties` of Azure's `{"category": …, "properties": …}` and its `{"records": […]}`, the `fields` of a hit without `_source` (Kibana), and
 * the rows of a table. Undefined where none of them stands there.
 */
export function unwrap(event: JsonObject): JsonObject | readonly unknown[] | undefined {
  for (const key of ['result', '_source', 'Event']) {
    const inside = own(event, key)
    if (isObject(inside) && Object.keys(inside).length > 0) return inside
  }
  const fields = own(event, 'fields')
  if (isObject(fields) && own(event, '_index') !== undefined) return fields
  const data = own(event, 'data')
  if (isObject(data) && isObject(own(data, 'Event'))) return data
  const properties = own(event, 'properties')
  if (isObject(properties) && typeof own(event, 'category') === 'string') return azureRow(event, properties)
  const records = own(event, 'records')
  if (Array.isArray(records)) return records
  return own(event, 'resourceLogs') === undefined ? tableRows(event) : otlpBodies(event)
}

/** The envelope names the table (`AdvancedHunting-DeviceEvents`), the row does not. */
function azureRow(envelope: JsonObject, properties: JsonObject): JsonObject {
  return own(properties, 'Type') === undefined
    ? { ...properties, Type: String(own(envelope, 'category')).replace(/^AdvancedHunting-/, '') }
    : properties
}
