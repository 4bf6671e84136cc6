/** An object as JSON.parse makes it. */
export type JsonObject = { readonly [key: string]: unknown }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of the object itself: a key named `constructor` must find nothing that JavaScript put there. */
export function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The object below these keys, one in the other. */
export function inner(object: JsonObject, ...keys: string[]): JsonObject | undefined {
  let here = object
  for (const key of keys) {
    const next = own(here, key)
    if (!isObject(next)) return undefined
    here = next
  }
  return here
}

/** What is at `a.b.c`, whether it is written as objects in each other or under one key with dots. */
export function at(object: JsonObject, path: string): unknown {
  const whole = own(object, path)
  if (whole !== undefined) return whole
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const child = own(object, path.slice(0, dot))
    if (!isObject(child)) continue
    const found = at(child, path.slice(dot + 1))
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * A value as the text that Windows would show: what several writers put around it (`#text`, `Value`) is taken off.
 * Undefined when there is none; empty for null.
 */
export function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'boolean':
      return String(value)
    case 'object': {
      if (value === null) return ''
      if (Array.isArray(value)) return textOf(firstOf(value))
      const object = value as JsonObject
      const text = own(object, '#text') ?? own(object, 'Value') ?? own(object, 'value')
      return isObject(text) ? undefined : textOf(text)
    }
    default:
      return undefined
  }
}

/** The first value that is no list, however many lists are around it. */
function firstOf(list: readonly unknown[]): unknown {
  let value: unknown = list
  while (Array.isArray(value)) value = value[0]
  return value
}

/** A whole number that is written as number, decimal or 0x…; 0 when it is none. */
export function numberOf(value: unknown): number {
  const number = typeof value === 'number' ? value : Number(textOf(value) || Number.NaN)
  return Number.isSafeInteger(number) && number >= 0 ? number : 0
}

const placeholders: ReadonlySet<string> = new Set(['', '-', 'NULL SID', 'S-1-0-0', '0x0', 'N/A'])

/** Whether a text stands where Windows or a tool has nothing to say; no such text comes before a value that is known otherwise. */
export const isPlaceholder = (text: string | undefined): boolean => text === undefined || placeholders.has(text.trim())

/** The first that is more than a placeholder, else the first at all. */
export function firstFilled(texts: readonly (string | undefined)[]): string | undefined {
  return texts.find((text) => !isPlaceholder(text)) ?? texts.find((text) => text !== undefined && text !== '')
}

/** A text, or null where there is nothing in it. */
export function wordOf(value: unknown): string | null {
  const text = textOf(value)
  return text === undefined || text === '' || text === '-' ? null : text
}
