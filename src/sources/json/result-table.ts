import { isObject, type JsonObject, own } from './json-object.ts'

/** Where answers keep the names of columns and the rows, as lists in the same order. */
const forms = [
  ['columns', 'rows'], // Log Analytics, Elasticsearch's SQL
  ['Columns', 'Rows'], // Kusto
  ['columns', 'values'], // Elasticsearch's ES|QL
  ['fields', 'rows'], // Splunk's json_rows
] as const

/**
 * The rows of a table that is written as columns and rows, as objects; undefined where it is none. A row that has not as many values as
 * there are columns is left as it is.
 * Sources: https://learn.microsoft.com/azure/azure-monitor/logs/api/response-format,
 * https://learn.microsoft.com/kusto/api/rest/response, https://www.elastic.co/docs/reference/query-languages/sql-rest-overview
 */
export function tableRows(answer: JsonObject): readonly unknown[] | undefined {
  for (const [head, body] of forms) {
    const [columns, rows] = [own(answer, head), own(answer, body)]
    if (!Array.isArray(columns) || !Array.isArray(rows) || columns.length === 0) continue
    const names = columns.map(columnName)
    if (names.some((name) => name === undefined)) continue
    return rows.map((row) => (Array.isArray(row) && row.length === names.length ? rowOf(names as string[], row) : row))
  }
  return undefined
}

function columnName(column: unknown): string | undefined {
  const name = isObject(column) ? (own(column, 'name') ?? own(column, 'Name') ?? own(column, 'ColumnName')) : column
  return typeof name === 'string' ? name : undefined
}

/** What a row has nothing in is left out, as in JSON of single events. */
function rowOf(names: readonly string[], values: readonly unknown[]): JsonObject {
  const row: Record<string, unknown> = Object.create(null)
  names.forEach((name, index) => {
    const value = values[index]
    if (value !== null && value !== '') row[name] = value
  })
  return row
}
