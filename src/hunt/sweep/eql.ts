import type { Probe, ProbeField } from './probe.ts'
import { escaped, hex } from './written.ts'

/** Fields of ECS, and of Elastic's integration of Windows. */
const fields: Record<ProbeField, string> = {
  task: 'winlog.event_data.TaskName',
  content: 'winlog.event_data.TaskContent',
  'command-line': 'process.command_line',
  image: 'process.executable',
  md5: 'process.hash.md5',
  sha1: 'process.hash.sha1',
  sha256: 'process.hash.sha256',
  user: 'winlog.event_data.SubjectUserName',
  address: 'source.ip',
}

const events: Record<Probe['event'], string> = {
  task: 'any where event.code in ("4698", "4702")',
  process: 'process where event.type == "start"',
  logon: 'any where event.code == "4624"',
}

/** Functions that do not ask for case; `:` would, but takes `*` and `?` for wildcards that nothing escapes. */
const functions = { contains: 'stringContains~', begins: 'startsWith~', ends: 'endsWith~' } as const

export function eqlQuery({ event, asks: { field, match, values } }: Probe): string {
  const column = fields[field]
  const written = values.map(eqlText)
  // An address is of a type of its own, which knows no case.
  const among = field === 'address' ? 'in' : 'in~'
  const asked =
    match === 'is'
      ? `${column} ${among} (${written.join(', ')})`
      : `(${written.map((value) => `${functions[match]}(${column}, ${value})`).join(' or ')})`
  return `${events[event]} and ${asked}`
}

/** Source: https://www.elastic.co/docs/reference/query-languages/eql/eql-syntax */
export const eqlText = (text: string): string =>
  `"${escaped(text, { '"': '\\"', '\\': '\\\\' }, (codePoint) => `\\u{${hex(codePoint, 4)}}`)}"`
