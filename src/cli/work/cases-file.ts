import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'
import type { ExpectedCase } from '../../measure/cases.ts'
import { parseInstant } from '../../model/time.ts'
import { UsageError } from '../refusals.ts'

const routes = [
  'schtasks',
  'at',
  'powershell',
  'com',
  'wmi',
  'remote-rpc',
  'task-file',
  'registry',
  'group-policy',
] as const
const keys = ['name', 'host', 'time', 'within', 'task', 'command', 'route', 'ran']
/** Cases of one file; a hostile one must not keep the scan's findings being searched for ever. */
const mostCases = 10_000
const defaultWithin = 10 * 60_000

/** Reads `cases:` of a YAML (or JSON) file; throws a UsageError that names the line. docs/validate.md has the form. */
export function readCases(text: string, path: string): ExpectedCase[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [error] = document.errors
  if (error) throw new UsageError(`${path}: ${error.message.split('\n')[0]}`)
  const at = (node: unknown, says: string): never => {
    const offset = (node as Node | null)?.range?.[0]
    const line = offset === undefined ? '' : `, line ${lines.linePos(offset).line}`
    throw new UsageError(`${path}${line}: ${says}`)
  }
  const root = document.contents
  const list = isMap(root) ? root.get('cases', true) : root
  if (!isSeq(list)) return at(root, 'expected a list of cases, under `cases:`')
  if (list.items.length > mostCases) return at(list, `more than ${mostCases} cases`)
  return list.items.map((item, index) => {
    if (!isMap(item)) return at(item, `case ${index + 1} is no map of keys`)
    return caseOf(item, index + 1, at)
  })
}

function caseOf(map: YAMLMap, number: number, at: (node: unknown, says: string) => never): ExpectedCase {
  for (const { key } of map.items) {
    const name = isScalar(key) ? String(key.value) : ''
    if (!keys.includes(name)) at(key, `case ${number}: no key ${name}; there are ${keys.join(', ')}`)
  }
  const node = (key: string) => map.get(key, true)
  const text = (key: string): string | null => {
    const value = node(key)
    if (value === undefined || (isScalar(value) && value.value === null)) return null
    if (!isScalar(value) || typeof value.value === 'object') return at(value, `case ${number}: ${key} is no text`)
    return String(value.value)
  }
  const required = (key: string): string => text(key) ?? at(map, `case ${number} has no ${key}`)
  const host = required('host')
  const time = parseInstant(required('time'))?.time
  if (time === undefined)
    return at(node('time'), `case ${number}: time is no ISO 8601 time such as 2026-03-10T10:00:00Z`)
  const [task, command] = [text('task'), text('command')]
  if (task === null && command === null) return at(map, `case ${number} needs a task or a command`)
  const route = text('route')
  const known = routes.find((one) => one === route)
  if (route !== null && known === undefined)
    return at(node('route'), `case ${number}: no route ${route}; there are ${routes.join(', ')}`)
  const ran = text('ran')
  if (ran !== null && ran !== 'true' && ran !== 'false') return at(node('ran'), `case ${number}: ran is true or false`)
  const within = text('within')
  return {
    name: text('name') ?? task ?? command ?? '',
    host,
    time,
    within:
      within === null
        ? defaultWithin
        : (duration(within) ?? at(node('within'), `case ${number}: within is a number with s, m or h, such as 30m`)),
    task,
    command,
    route: known ?? null,
    ran: ran === null ? null : ran === 'true',
  }
}

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

/** `90s`, `30m`, `2h` in milliseconds. */
export function duration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,6})([smh])$/.exec(text) ?? []
  return digits === undefined ? undefined : Number(digits) * (units[unit ?? ''] ?? 0)
}
