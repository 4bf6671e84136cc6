import type { ExpectedHost } from '../../model/coverage-report.ts'
import { csvTable } from '../csv-table.ts'
import { UsageError } from '../refusals.ts'
import { readTextFile } from '../text-file.ts'

/** Columns by the names that exports of a directory or an inventory give them. */
const columns = {
  name: /^(?:name|host|hostname|computer|computername|dnshostname|cn|fqdn)$/i,
  role: /^(?:role|type|kind|hostrole|operatingsystem|os)$/i,
  owner: /^(?:owner|managedby|team|contact|department)$/i,
}

/** The hosts that there should be: a table with a header of at least the name. */
export function readExpectedHosts(path: string): ExpectedHost[] {
  const [header, ...rows] = csvTable(readTextFile(path))
  if (header === undefined)
    throw new UsageError(`${path} is empty: it should list hosts, with a header of name, role, owner`)
  const place = (pattern: RegExp) => header.findIndex((cell) => pattern.test(cell.trim()))
  const [name, role, owner] = [place(columns.name), place(columns.role), place(columns.owner)]
  if (name < 0) throw new UsageError(`${path}: no column of its header is called name, host or computer`)
  const hosts = new Map<string, ExpectedHost>()
  for (const row of rows) {
    const own = row[name]?.trim().replace(/\$$/, '') ?? ''
    if (own === '') continue
    hosts.set(own.toLowerCase(), { name: own.toLowerCase(), role: valueAt(row, role), owner: valueAt(row, owner) })
  }
  if (hosts.size === 0) throw new UsageError(`${path}: no host stands below its header`)
  return [...hosts.values()]
}

const valueAt = (row: readonly string[], place: number): string | null => {
  const value = place < 0 ? '' : (row[place]?.trim() ?? '')
  return value === '' ? null : value
}
