import { append } from '../../model/lists.ts'
import { numberJson, systemJson, systemKeys } from './json-keys.ts'
import type { EvtxRecord } from './record.ts'
import { SystemItem, systemPlaces } from './system-plan.ts'
import { expand, textOf, type XmlElement } from './tree.ts'
import { sevenDigits } from './value-text.ts'

/**
 * A record as JSON by way of its whole XML: what `JsonLines` must write too, however it gets there. Knows nothing of
 * plans and slots, so the two can be held against each other.
 */
export function recordJson(record: EvtxRecord): string {
  const roots = expand(record.event)
  const event = roots.find((root) => root.name === 'Event')
  const system = event && childNamed(event, 'System')
  const members = [
    `"recordId":${numberJson(systemText(system, SystemItem.recordId) ?? '')}`.replace(/:""$/, ':null'),
    `"time":${record.hasTime ? JSON.stringify(sevenDigits(record)) : null}`,
  ]
  for (const [key, item, form] of systemKeys) {
    const text = systemText(system, item)
    if (text !== null) members.push(`"${key}":${systemJson(text, form)}`)
  }
  append(members, bodiesJson(event === undefined ? roots : elementsOf(event).filter((child) => child !== system)))
  members.push(`"fileRecordId":${numberJson(String(record.fileRecordId))}`)
  members.push(`"writtenTime":${JSON.stringify(sevenDigits(record.writtenTime))}`)
  return `{${members.join(',')}}`
}

/** `"data":…`, `"userData":…` and, for all else that an event can hold, `"other":…`. */
function bodiesJson(bodies: readonly XmlElement[]): string[] {
  const members = new Members()
  const others = new Members()
  for (const body of bodies) {
    if (body.name === 'EventData') members.add('data', dataJson(body))
    else if (body.name === 'UserData') members.add('userData', treeJson(body))
    else others.add(body.name, treeJson(body))
  }
  const json = members.members()
  return others.isEmpty ? json : [...json, `"other":${others.json()}`]
}

/** EventData: its items by Name, by position where they have none, or by their element's name. */
export function dataJson(eventData: XmlElement): string {
  const items = new Members()
  for (const [name, value] of eventData.attributes) if (!isNamespace(name)) items.add(`@${name}`, JSON.stringify(value))
  let position = 0
  let text = ''
  for (const child of eventData.children) {
    if (typeof child === 'string') {
      text += child
      continue
    }
    const name = child.attributes.find(([attribute]) => attribute === 'Name')?.[1]
    const key = name ?? (child.name === 'Data' ? String(position++) : child.name)
    items.add(key, elementsOf(child).length === 0 ? JSON.stringify(textOf(child)) : treeJson(withoutName(child)))
  }
  if (text.trim() !== '') items.add('#text', JSON.stringify(text))
  return items.json()
}

export function isNamespace(attribute: string): boolean {
  return attribute === 'xmlns' || attribute.startsWith('xmlns:')
}

/** An element as JSON: its text when there is nothing else, or an object with `@attribute`, child elements and `#text`. */
export function treeJson(element: XmlElement): string {
  const elements = elementsOf(element)
  const text = element.children.filter((child) => typeof child === 'string').join('')
  if (elements.length === 0 && element.attributes.length === 0) return JSON.stringify(text)
  const members = new Members()
  for (const [name, value] of element.attributes) members.add(`@${name}`, JSON.stringify(value))
  for (const child of elements) members.add(child.name, treeJson(child))
  if (text.trim() !== '') members.add('#text', JSON.stringify(text))
  return members.json()
}

/** The members of an object in order; a key that comes again makes an array. */
class Members {
  readonly #values = new Map<string, string[]>()

  get isEmpty(): boolean {
    return this.#values.size === 0
  }

  add(key: string, json: string): void {
    const values = this.#values.get(key)
    if (values === undefined) this.#values.set(key, [json])
    else values.push(json)
  }

  members(): string[] {
    return [...this.#values].map(
      ([key, values]) => `${JSON.stringify(key)}:${values.length === 1 ? values[0] : `[${values.join(',')}]`}`,
    )
  }

  json(): string {
    return `{${this.members().join(',')}}`
  }
}

function systemText(system: XmlElement | undefined, item: number): string | null {
  const [elementName, attributeName] = systemPlaces[item] ?? ['']
  const element = system && childNamed(system, elementName)
  if (element === undefined) return null
  if (attributeName !== undefined) return element.attributes.find(([name]) => name === attributeName)?.[1] || null
  return element.children.filter((child) => typeof child === 'string').join('') || null
}

function withoutName(element: XmlElement): XmlElement {
  return { ...element, attributes: element.attributes.filter(([name]) => name !== 'Name') }
}

function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string')
}

function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return elementsOf(element).find((child) => child.name === name)
}
