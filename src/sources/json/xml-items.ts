import { parseEvent } from '../../decode/event-xml/index.ts'
import type { JsonObject } from './json-object.ts'

/**
 * The items of EventData or UserData that stand as XML in one value of a row, bare or within whatever a collector put around it
 * (`<DataItem …>`). None where there is no such element.
 */
export function itemsOfXml(xml: string): JsonObject {
  const items: Record<string, unknown> = {}
  for (const section of ['EventData', 'UserData']) {
    const from = xml.indexOf(`<${section}`)
    const end = xml.lastIndexOf(`</${section}>`)
    if (from === -1 || end < from) continue
    const element = xml.slice(from, end + section.length + 3)
    const event = parseEvent(`<Event><System><EventID>0</EventID></System>${element}</Event>`)
    if ('reason' in event) continue
    for (const [name, text] of event.data) items[name] = text
    break
  }
  return items
}
