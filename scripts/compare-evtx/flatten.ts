import type { Xml } from './xml.ts'

/** A record as path → text: `provider`, `data/CommandLine`, `userData/EventXML/Param1`. What repeats gets `[1]`, `[2]`, … */
export type Flat = Map<string, string>

const systemPaths: readonly (readonly [key: string, element: string, attribute?: string])[] = [
  ['recordId', 'EventRecordID'],
  ['time', 'TimeCreated', 'SystemTime'],
  ['provider', 'Provider', 'Name'],
  ['providerGuid', 'Provider', 'Guid'],
  ['eventSourceName', 'Provider', 'EventSourceName'],
  ['channel', 'Channel'],
  ['eventId', 'EventID'],
  ['qualifiers', 'EventID', 'Qualifiers'],
  ['version', 'Version'],
  ['level', 'Level'],
  ['task', 'Task'],
  ['opcode', 'Opcode'],
  ['keywords', 'Keywords'],
  ['computer', 'Computer'],
  ['userSid', 'Security', 'UserID'],
  ['processId', 'Execution', 'ProcessID'],
  ['threadId', 'Execution', 'ThreadID'],
  ['activityId', 'Correlation', 'ActivityID'],
  ['relatedActivityId', 'Correlation', 'RelatedActivityID'],
]

/** The XML of an event, flattened as `dump` names things. */
export function flattenXml(event: Xml): Flat {
  const flat: Flat = new Map()
  const system = elements(event).find(({ name }) => name === 'System')
  for (const [key, elementName, attribute] of systemPaths) {
    const element = system && elements(system).find(({ name }) => name === elementName)
    const text = attribute === undefined ? element && textOf(element) : element?.attributes.get(attribute)
    if (text) flat.set(key, text)
  }
  for (const body of elements(event)) {
    if (body === system) continue
    if (body.name === 'EventData') flattenData(body, flat)
    else flattenTree(body, body.name === 'UserData' ? 'userData' : `other/${body.name}`, flat)
  }
  return flat
}

/** A line of `dump`, flattened. */
export function flattenJson(record: Record<string, unknown>): Flat {
  const flat: Flat = new Map()
  for (const [key, value] of Object.entries(record)) {
    if (key === 'fileRecordId' || key === 'writtenTime') continue
    flattenValue(value, key, flat)
  }
  return flat
}

function flattenValue(value: unknown, path: string, flat: Flat): void {
  if (Array.isArray(value)) for (const item of value) flattenValue(item, path, flat)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      flattenValue(inner, key === '#text' ? path : `${path}/${key}`, flat)
  } else if (value !== null) add(flat, path, String(value))
}

function flattenData(eventData: Xml, flat: Flat): void {
  let position = 0
  for (const [name, text] of eventData.attributes) if (!name.startsWith('xmlns')) add(flat, `data/@${name}`, text)
  for (const child of elements(eventData)) {
    const key = child.attributes.get('Name') ?? (child.name === 'Data' ? String(position++) : child.name)
    if (elements(child).length === 0) add(flat, `data/${key}`, textOf(child))
    else flattenTree(child, `data/${key}`, flat, 'Name')
  }
}

export function flattenTree(element: Xml, path: string, flat: Flat, except?: string): void {
  for (const [name, text] of element.attributes) if (name !== except) add(flat, `${path}/@${name}`, text)
  const inner = elements(element)
  for (const child of inner) flattenTree(child, `${path}/${child.name}`, flat)
  const text = textOf(element)
  if (inner.length === 0 ? element.attributes.size === 0 || text.trim() !== '' : text.trim() !== '')
    add(flat, path, text)
}

function add(flat: Flat, path: string, text: string): void {
  if (!flat.has(path)) flat.set(path, text)
  else
    for (let i = 1; ; i++) {
      if (flat.has(`${path}[${i}]`)) continue
      flat.set(`${path}[${i}]`, text)
      return
    }
}

export function elements(element: Xml): Xml[] {
  return element.children.filter((child) => typeof child !== 'string')
}

function textOf(element: Xml): string {
  return element.children.filter((child) => typeof child === 'string').join('')
}
