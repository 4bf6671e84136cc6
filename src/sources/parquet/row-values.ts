import type { Columns } from './parquet-table.ts'

/** A value as JSON would have it; undefined: nothing. */
export function plainValue(value: unknown): unknown {
  if (value === null || value === undefined || value === '' || ArrayBuffer.isView(value)) return undefined
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

type Growing = Record<string, unknown>

/** A row of a table without what is not there, as events that are written one by one leave it out. */
export function rowAt(columns: Columns, at: number): Readonly<Growing> {
  const row: Growing = Object.create(null)
  for (const [{ names, inItem, isMap }, values] of columns) {
    const value = values[at]
    if (inItem === null) put(row, names, plainValue(value))
    else if (Array.isArray(value) && value.length > 0) {
      const known = valueAt(row, names)
      if (known !== undefined && !Array.isArray(known)) continue
      const items: unknown[] = known ?? value.map(() => Object.create(null))
      if (known === undefined) put(row, names, items)
      value.forEach((item, index) => {
        if (inItem.length === 0) items[index] = plainValue(item)
        else put(items[index], inItem, plainValue(item))
      })
    }
    if (isMap) asObject(row, names)
  }
  return row
}

function put(into: unknown, names: readonly string[], value: unknown): void {
  if (value === undefined) return
  let object = into as Growing
  names.forEach((name, index) => {
    if (index === names.length - 1) object[name] = value
    else {
      object[name] ??= Object.create(null)
      object = object[name] as Growing
    }
  })
}

const valueAt = (object: Growing, names: readonly string[]): unknown =>
  names.reduce((here: unknown, name) => (here as Growing | undefined)?.[name], object)

/** What was a list of keys and values becomes an object once both are there. */
function asObject(row: Growing, names: readonly string[]): void {
  const pairs = valueAt(row, names)
  if (!Array.isArray(pairs) || !pairs.some((pair) => 'value' in pair)) return
  const object: Growing = Object.create(null)
  for (const { key, value } of pairs) if (typeof key === 'string') object[key] = value
  put(row, names, object)
}
