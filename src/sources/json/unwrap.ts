import { isObject, type JsonObject, own } from './json-object.ts'

/** How many wrappings are taken off. */
const deepest = 4

/**
 * The event inside what exports put around it: `{"result": …}` (Splunk), `{"_source": …}` (Elasticsearch), `{"Event": …}` and
 * `{"event_record_id": …, "data": {"Event": …}}` (evtx_dump), JSON in `_raw` or `event.original`-like texts of Splunk.
 */
export function unwrap(event: JsonObject): JsonObject {
  let here = event
  for (let depth = 0; depth < deepest; depth++) {
    const inside = insideOf(here)
    if (inside === undefined) break
    here = inside
  }
  return here
}

function insideOf(event: JsonObject): JsonObject | undefined {
  for (const key of ['result', '_source', 'Event']) {
    const inside = own(event, key)
    if (isObject(inside)) return inside
  }
  const data = own(event, 'data')
  if (isObject(data) && isObject(own(data, 'Event'))) return data
  const raw = own(event, '_raw')
  if (typeof raw === 'string' && /^\s*\{/.test(raw)) {
    try {
      const inside: unknown = JSON.parse(raw)
      if (isObject(inside)) return inside
    } catch {
      return undefined
    }
  }
  return undefined
}
