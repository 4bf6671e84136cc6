import { isObject } from './json-object.ts'
import { parseWithin } from './nesting.ts'

/** Elements of a task's XML are six deep; the text is not longer than any event. */
const deepest = 16
const names = /^[A-Za-z_][\w.-]{0,63}$/

/**
 * A task's definition as XML, from XML or from what it was made to in JSON, as an object or in a text: elements are members,
 * attributes have an `@` before their name, text beside attributes is `#text`, repeated elements are lists. Undefined when there is none.
 */
export function taskXmlOf(content: unknown): string | undefined {
  let value = content
  if (typeof value === 'string') {
    const text = value.trim()
    if (!text.startsWith('{')) return text === '' ? undefined : text
    value = parseWithin(text)
    if (value === undefined) return text
  }
  if (!isObject(value)) return undefined
  const task = isObject(value.Task) ? value.Task : value
  return elementOf('Task', task, 0)
}

function elementOf(name: string, value: unknown, depth: number): string {
  if (!names.test(name) || depth > deepest) return ''
  if (Array.isArray(value)) return value.map((item) => elementOf(name, item, depth)).join('')
  if (!isObject(value)) return `<${name}>${escaped(value)}</${name}>`
  let attributes = ''
  let inside = ''
  for (const [key, member] of Object.entries(value)) {
    if (key === '#text') inside += escaped(member)
    else if (!key.startsWith('@')) inside += elementOf(key, member, depth + 1)
    else if (names.test(key.slice(1))) attributes += ` ${key.slice(1)}="${escaped(member)}"`
  }
  return `<${name}${attributes}>${inside}</${name}>`
}

const escaped = (value: unknown): string => String(value ?? '').replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
