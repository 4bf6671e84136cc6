import { isObject, type JsonObject, own, textOf } from './json-object.ts'

/** How deep the elements of UserData are searched for leaves; a real event has two or three levels. */
const deepest = 8

/**
 * EventData in any of the forms that converters give it: an object by name; `Data` as a list of items that carry their name
 * (`@Name`, `Name`, `#attributes.Name`) or as a map; or UserData, whose leaf elements count by their name.
 */
export function itemsOf(eventData: unknown, userData: unknown): JsonObject {
  if (isObject(eventData)) {
    const list = own(eventData, 'Data')
    if (list === undefined) return eventData
    const items: Record<string, unknown> = { ...eventData }
    for (const item of Array.isArray(list) ? list : [list]) if (isObject(item)) takeItem(item, items)
    return items
  }
  const items: Record<string, unknown> = {}
  if (isObject(userData)) gatherLeaves(userData, items, 0)
  return items
}

/** Where converters of XML put an element's attributes, and its text. */
const attributeKeys = ['#attributes', '@attributes', '_attributes', '$'] as const
const textKeys = ['#text', 'Value', '$', '_', '_text', '$t', 'Text', 'text', 'content'] as const

/** `{"@Name": "TaskName", "#text": "\\\\A"}`, or a map of items by their names. */
function takeItem(item: JsonObject, items: Record<string, unknown>): void {
  const attributes = attributeKeys.map((key) => own(item, key)).find(isObject)
  const name = own(item, '@Name') ?? own(item, '@_Name') ?? (attributes ? own(attributes, 'Name') : own(item, 'Name'))
  const value = textKeys.map((key) => own(item, key)).find((text) => text !== undefined && text !== attributes)
  // an empty item has a name and nothing more
  const isItem = typeof name === 'string' && (value !== undefined || Object.keys(item).length === 1)
  if (isItem || own(item, '@Name') !== undefined || attributes) {
    if (typeof name === 'string') items[name] = textOf(value) ?? ''
  } else for (const key of Object.keys(item)) items[key] = item[key]
}

function gatherLeaves(element: JsonObject, into: Record<string, unknown>, depth: number): void {
  for (const key of Object.keys(element)) {
    if (key.startsWith('#') || key.startsWith('@')) continue
    const value = element[key]
    const name = key.slice(key.indexOf(':') + 1)
    if (isObject(value) && own(value, '#text') === undefined) {
      if (depth < deepest) gatherLeaves(value, into, depth + 1)
    } else into[name] = textOf(value) ?? ''
  }
}

/** An item by name, as most carriers have it. */
export function itemText(name: string, data: JsonObject): string | undefined {
  return textOf(own(data, name))
}
