import { asXml, type Probe, type ProbeCondition, type ProbeField } from './probe.ts'
import { asUnits, escaped } from './written.ts'

/** A table in which such events lie, what of it is of the kind, and in which column each field stands. */
interface Table {
  readonly name: string
  readonly where: string
  readonly columns: Partial<Record<ProbeField, string>>
  /** The columns hold XML, in which text stands escaped. */
  readonly isXml?: true
}

const dataOf = (name: string): string => `extract(@'<Data Name="${name}">([^<]*)</Data>', 1, EventData)`

/** Tables of Microsoft Defender XDR, and Microsoft Sentinel's SecurityEvent. */
const tables: Record<Probe['event'], readonly Table[]> = {
  task: [
    {
      name: 'DeviceEvents',
      where: 'ActionType in ("ScheduledTaskCreated", "ScheduledTaskUpdated")',
      columns: {
        task: 'tostring(parse_json(AdditionalFields).TaskName)',
        content: 'tostring(parse_json(AdditionalFields).TaskContent)',
        user: 'InitiatingProcessAccountName',
      },
    },
    {
      name: 'SecurityEvent',
      where: 'EventID in (4698, 4702)',
      columns: { task: dataOf('TaskName'), content: dataOf('TaskContent'), user: dataOf('SubjectUserName') },
      isXml: true,
    },
  ],
  process: [
    {
      name: 'DeviceProcessEvents',
      where: 'ActionType == "ProcessCreated"',
      columns: {
        'command-line': 'ProcessCommandLine',
        image: 'FolderPath',
        md5: 'MD5',
        sha1: 'SHA1',
        sha256: 'SHA256',
      },
    },
    {
      name: 'SecurityEvent',
      where: 'EventID == 4688',
      columns: { 'command-line': 'CommandLine', image: 'NewProcessName' },
    },
  ],
  logon: [
    { name: 'DeviceLogonEvents', where: 'ActionType == "LogonSuccess"', columns: { address: 'RemoteIP' } },
    { name: 'SecurityEvent', where: 'EventID == 4624', columns: { address: 'IpAddress' } },
  ],
}

export function kqlQuery({ event, asks }: Probe): string {
  const parts = tables[event].flatMap((table) => {
    const column = table.columns[asks.field]
    if (column === undefined) return []
    const values = table.isXml ? asks.values.map(asXml) : asks.values
    return `${table.name} | where ${table.where} | where ${condition(column, { ...asks, values })}`
  })
  return parts.length === 1 ? (parts[0] ?? '') : `union isfuzzy=true\n${parts.map((part) => `  (${part})`).join(',\n')}`
}

/** Operators that do not ask for case. */
const operators = { contains: 'contains', begins: 'startswith', ends: 'endswith' } as const

function condition(column: string, { match, values }: ProbeCondition): string {
  const written = values.map(kqlText)
  if (match === 'is') return `${column} in~ (${written.join(', ')})`
  return written.map((value) => `${column} ${operators[match]} ${value}`).join(' or ')
}

/** Source: https://learn.microsoft.com/kusto/query/scalar-data-types/string */
export const kqlText = (text: string): string => `"${escaped(text, { '"': '\\"', '\\': '\\\\' }, asUnits)}"`
