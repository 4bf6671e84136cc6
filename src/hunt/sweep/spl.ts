import { patternOf } from './pattern.ts'
import type { Probe, ProbeField } from './probe.ts'

/** Fields of Splunk's add-ons for Windows and Sysmon, the first that an event has. */
const fields: Record<ProbeField, string> = {
  task: 'coalesce(TaskName, Task_Name)',
  content: 'coalesce(TaskContent, Task_Content)',
  'command-line': 'coalesce(CommandLine, Process_Command_Line)',
  image: 'coalesce(NewProcessName, New_Process_Name, Image)',
  md5: 'Hashes',
  sha1: 'Hashes',
  sha256: 'Hashes',
  user: 'coalesce(SubjectUserName, Account_Name)',
  address: 'coalesce(IpAddress, Source_Network_Address)',
}

const events: Record<Probe['event'], string> = {
  task: '(EventCode=4698 OR EventCode=4702)',
  process: '(EventCode=4688 OR EventCode=1)',
  logon: 'EventCode=4624',
}

/** Values stand in a regular expression alone: in a search `*` is a wildcard that nothing escapes. */
export function splQuery({ event, asks: { field, match, values } }: Probe): string {
  const isHash = /^(?:md5|sha)/.test(field)
  const pattern = isHash
    ? patternOf(
        'contains',
        values.map((value) => `${field.toUpperCase()}=${value}`),
      )
    : patternOf(match, values)
  return `index=* ${events[event]} | where match(${fields[field]}, ${splText(pattern)})`
}

/** A string of an eval expression; what the pattern leaves in it is printable. */
const splText = (text: string): string => `"${text.replaceAll(/[\\"]/g, '\\$&')}"`
