import type { Fact, FactKind, FactOf } from '../../src/model/fact.ts'
import type { WindowsRecord } from '../../src/model/record.ts'
import { type Normalized, normalize } from '../../src/normalize/index.ts'

type Fields = Readonly<Record<string, string>>

const channels: Readonly<Record<string, string>> = {
  'Microsoft-Windows-Security-Auditing': 'Security',
  'Microsoft-Windows-Sysmon': 'Microsoft-Windows-Sysmon/Operational',
  'Microsoft-Windows-TaskScheduler': 'Microsoft-Windows-TaskScheduler/Operational',
  'Microsoft-Windows-PowerShell': 'Microsoft-Windows-PowerShell/Operational',
}

/** A record that says what the test is about and nothing else. */
export function fakeRecord(
  provider: string,
  eventId: number,
  fields: Fields = {},
  header: Partial<Omit<WindowsRecord, 'field'>> = {},
): WindowsRecord {
  return {
    time: Date.UTC(2021, 0, 27, 11, 40, 14),
    ticks: 5,
    provider,
    channel: channels[provider] ?? 'System',
    eventId,
    version: 0,
    computer: 'WS5.Example.Test',
    recordId: 77,
    processId: 1268,
    userSid: null,
    activityId: null,
    source: 3,
    position: 4096,
    ...header,
    field: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined),
  }
}

type Header = Parameters<typeof fakeRecord>[3]

export const security = (eventId: number, fields?: Fields) =>
  fakeRecord('Microsoft-Windows-Security-Auditing', eventId, fields)
export const sysmon = (eventId: number, fields?: Fields) => fakeRecord('Microsoft-Windows-Sysmon', eventId, fields)
export const scheduler = (eventId: number, fields?: Fields, header?: Header) =>
  fakeRecord('Microsoft-Windows-TaskScheduler', eventId, fields, header)
export const powershell = (eventId: number, fields?: Fields, header?: Header) =>
  fakeRecord('Microsoft-Windows-PowerShell', eventId, fields, header)
export const eventlog = (eventId: number, fields?: Fields, header?: Header) =>
  fakeRecord('Microsoft-Windows-Eventlog', eventId, fields, header)

/** Stands in for the reader of task XML: repeats what it was given as the problem. */
export const tools = { readDefinition: (xml: string) => ({ definition: null, problem: `given: ${xml}` }) }

/** What the record says; never keeps anything from a test before. */
export function read(record: WindowsRecord): Normalized {
  return normalize(record, tools)
}

/** The fact, of the kind that the test expects. */
export function fact<K extends FactKind>(kind: K, record: WindowsRecord): FactOf<K> {
  const read = normalize(record, tools)
  if (read?.kind !== kind) throw new Error(`expected ${kind}, read ${JSON.stringify(read)}`)
  return read as Fact as FactOf<K>
}
