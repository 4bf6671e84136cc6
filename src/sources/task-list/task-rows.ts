import { rowObject } from '../csv/csv-rows.ts'
import { RowFields } from '../csv/row-fields.ts'
import { isObject, type JsonObject, own } from '../json/json-object.ts'
import { isTooDeep } from '../json/nesting.ts'
import { clixmlObjects } from './clixml.ts'
import { listBlocks } from './list-blocks.ts'
import { schtasksColumns } from './listers/schtasks.ts'

/** What Sysinternals' tools say of themselves stands before what they list, unless they are told to leave it out. */
export const withoutBanner = (text: string): string =>
  text.replace(/^\s*(?:[^\r\n]{0,40}(?:Sysinternals|Copyright)[^\r\n]*\s+){1,6}/, '')

/** The rows of a list, however it is written, as objects by the names of columns or members. */
export function taskRows(written: string): JsonObject[] {
  const text = withoutBanner(written)
  const begin = text.trimStart().charAt(0)
  if (begin === '[' || begin === '{') return jsonRows(text)
  if (begin === '<') return clixmlObjects(text)
  const table = csvRows(text)
  return table.length > 0 ? table : listBlocks(text)
}

/** What stands between values, and how many the first row has. */
function dialectIn(
  text: string,
): { readonly fields: RowFields; readonly header: readonly string[]; readonly start: number } | null {
  const begin = /^\s*(?:#TYPE [^\r\n]*\r?\n)?/.exec(text)?.[0].length ?? 0
  let best: { fields: RowFields; header: readonly string[]; start: number } | null = null
  for (const delimiter of [',', ';', '\t']) {
    const fields = new RowFields(delimiter.charCodeAt(0))
    const start = fields.read(text, begin)
    if (start <= begin || fields.count < 3 || fields.count <= (best?.header.length ?? 0)) continue
    best = { fields, header: fields.values(text).map((name) => name.trim()), start }
  }
  return best
}

/** schtasks writes its header again before each folder. */
function csvRows(text: string): JsonObject[] {
  const dialect = dialectIn(text)
  if (dialect === null) return []
  const { fields, header, start } = dialect
  // English names name the columns, 28 columns of any other language are known by their place
  const names = !header.includes('TaskName') && header.length === schtasksColumns.length ? schtasksColumns : header
  const rows: JsonObject[] = []
  for (let at = start; at < text.length; ) {
    const next = fields.read(text, at)
    if (next <= at) break
    if (fields.count === header.length) rows.push(rowObject(names, fields.values(text)))
    at = next
  }
  return rows
}

/** One document, or an object a line; of osquery's log the columns, with the host beside them. */
function jsonRows(text: string): JsonObject[] {
  const values = parsed(text) ?? text.split('\n').map(parsed)
  const rows: JsonObject[] = []
  const take = (value: unknown, depth: number) => {
    if (Array.isArray(value)) for (const item of value) take(item, depth)
    else if (isObject(value)) {
      const columns = own(value, 'columns')
      const snapshot = own(value, 'snapshot')
      const host = own(value, 'hostIdentifier')
      if (isObject(columns)) rows.push({ hostIdentifier: host, ...columns })
      else if (Array.isArray(snapshot)) {
        for (const row of snapshot) if (isObject(row)) rows.push({ hostIdentifier: host, ...row })
      } else if (depth < 3 && Array.isArray(own(value, 'value'))) take(own(value, 'value'), depth + 1)
      else rows.push(value)
    }
  }
  take(values, 0)
  return rows
}

function parsed(text: string): unknown {
  if (isTooDeep(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
