import { patternOf } from './pattern.ts'
import type { Probe, ProbeField } from './probe.ts'

const log = '"C:/Windows/System32/winevt/Logs/Security.evtx"'
const ofLog = `SELECT System.TimeCreated.SystemTime AS Time, System.Computer AS Computer, EventData\nFROM parse_evtx(filename=${log})\nWHERE`

const eventIds: Record<Probe['event'], string> = { task: 'IN (4698, 4702)', process: '= 4688', logon: '= 4624' }

/** Items of the audit log's events. */
const items: Partial<Record<ProbeField, string>> = {
  task: 'TaskName',
  content: 'TaskContent',
  'command-line': 'CommandLine',
  image: 'NewProcessName',
  user: 'SubjectUserName',
  address: 'IpAddress',
}

/** What of a process that runs is asked for. */
const ofProcess: Partial<Record<ProbeField, string>> = {
  'command-line': 'CommandLine',
  image: 'Exe',
  md5: 'hash(path=Exe).MD5',
  sha1: 'hash(path=Exe).SHA1',
  sha256: 'hash(path=Exe).SHA256',
}

/** What runs or lies on the endpoint now, and what its audit log still has. */
export function vqlQuery({ event, asks: { field, match, values } }: Probe): string {
  const pattern = vqlText(patternOf(match, values))
  const item = items[field]
  const process = ofProcess[field]
  const queries = [
    ...(field === 'task'
      ? [
          `SELECT OSPath, Mtime\nFROM glob(globs="C:/Windows/System32/Tasks/**")\nWHERE OSPath =~ ${vqlText(patternOf('ends', values))}`,
        ]
      : []),
    ...(process === undefined
      ? []
      : [`SELECT Pid, Name, Exe, CommandLine, Username\nFROM pslist()\nWHERE ${process} =~ ${pattern}`]),
    ...(item === undefined
      ? []
      : [`${ofLog} System.EventID.Value ${eventIds[event]} AND EventData.${item} =~ ${pattern}`]),
  ]
  return queries.join('\n\n')
}

const vqlText = (text: string): string => `"${text.replaceAll(/[\\"]/g, '\\$&')}"`
