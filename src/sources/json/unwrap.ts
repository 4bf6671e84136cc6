import { isObject, type JsonObject, own } from './json-object.ts'
import { parseWithin } from './nesting.ts'
import { otlpBodies } from './otlp.ts'

/** How many wrappings are taken off. */
const deepest = 4

/**
 * The events inside what exports put around them: `{"result": …}` (Splunk), `{"_source": …}` (Elasticsearch), `{"Event": …}` and
 * `{"event_record_id": …, "data": {"Event": …}}` (evtx_dump), JSON in Splunk's `_raw`, the records of `{"resourceLogs": …}`
 * (OpenTelemetry), the `properties` of Azure's `{"category": …, "properties": …}` and its `{"records": […]}`.
 */
export function unwrap(event: JsonObject): JsonObject[] {
  let here = event
  for (let depth = 0; depth < deepest; depth++) {
    const inside = insideOf(here)
    if (inside === undefined) break
    if (Array.isArray(inside)) return inside
    here = inside
  }
  return [here]
}

/** The event as Windows wrote it, where Splunk kept it so (XmlWinEventLog): the whole of it, whatever fields stand beside it. */
export function rawXml(event: JsonObject): string | null {
  const result = own(event, 'result')
  const raw = own(isObject(result) ? result : event, '_raw')
  return typeof raw === 'string' && /^\s*<Event[\s>]/.test(raw) ? raw : null
}

function insideOf(event: JsonObject): JsonObject | JsonObject[] | undefined {
  for (const key of ['result', '_source', 'Event']) {
    const inside = own(event, key)
    if (isObject(inside)) return inside
  }
  const data = own(event, 'data')
  if (isObject(data) && isObject(own(data, 'Event'))) return data
  const properties = own(event, 'properties')
  if (isObject(properties) && typeof own(event, 'category') === 'string') return azureRow(event, properties)
  const records = own(event, 'records')
  if (Array.isArray(records)) return records.filter(isObject).flatMap(unwrap)
  if (own(event, 'resourceLogs') !== undefined) return otlpBodies(event)
  const raw = own(event, '_raw')
  if (typeof raw === 'string' && /^\s*\{/.test(raw)) {
    const inside = parseWithin(raw)
    if (isObject(inside)) return inside
  }
  return undefined
}

/** The envelope names the table (`AdvancedHunting-DeviceEvents`), the row does not. */
function azureRow(envelope: JsonObject, properties: JsonObject): JsonObject {
  return own(properties, 'Type') === undefined
    ? { ...properties, Type: String(own(envelope, 'category')).replace(/^AdvancedHunting-/, '') }
    : properties
}
