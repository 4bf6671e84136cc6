/**
 * Messages of the Security log: sections (`Subject:`), and in them labels with a tab before the value.
 * Source: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/event-4698 and
 * the other events' pages, which show each message; real records.
 */
import type { JsonObject } from '../json-object.ts'

const account = (section: string, role: 'Subject' | 'Target'): Readonly<Record<string, string>> => ({
  [`${section}|Security ID`]: `${role}UserSid`,
  [`${section}|Account Name`]: `${role}UserName`,
  [`${section}|Account Domain`]: `${role}DomainName`,
  [`${section}|Domain Name`]: `${role}DomainName`,
  [`${section}|Logon ID`]: `${role}LogonId`,
})
const subject = account('Subject', 'Subject')

const task = {
  ...subject,
  'Task Information|Task Name': 'TaskName',
  'Task Information|Task Content': 'TaskContent',
  'Task Information|Task New Content': 'TaskContentNew',
  'Other Information|ClientProcessId': 'ClientProcessId',
  'Other Information|ParentProcessId': 'ParentProcessId',
  'Other Information|RpcCallClientLocality': 'RpcCallClientLocality',
  'Other Information|FQDN': 'FQDN',
}
const share = {
  ...subject,
  'Network Information|Object Type': 'ObjectType',
  'Network Information|Source Address': 'IpAddress',
  'Network Information|Source Port': 'IpPort',
  'Share Information|Share Name': 'ShareName',
  'Share Information|Share Path': 'ShareLocalPath',
  'Share Information|Relative Target Name': 'RelativeTargetName',
}

/** The items by section and label, for each event. */
const labels: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  1102: subject,
  4624: {
    ...subject,
    ...account('New Logon', 'Target'),
    '|Logon Type': 'LogonType',
    'Logon Information|Logon Type': 'LogonType',
    'New Logon|Linked Logon ID': 'TargetLinkedLogonId',
    'Network Information|Workstation Name': 'WorkstationName',
    'Network Information|Source Network Address': 'IpAddress',
    'Network Information|Source Port': 'IpPort',
  },
  4688: {
    ...subject,
    ...account('Creator Subject', 'Subject'),
    ...account('Target Subject', 'Target'),
    'Process Information|New Process ID': 'NewProcessId',
    'Process Information|New Process Name': 'NewProcessName',
    'Process Information|Token Elevation Type': 'TokenElevationType',
    'Process Information|Mandatory Label': 'MandatoryLabel',
    'Process Information|Creator Process ID': 'ProcessId',
    'Process Information|Creator Process Name': 'ParentProcessName',
    'Process Information|Process Command Line': 'CommandLine',
  },
  4689: {
    ...subject,
    'Process Information|Process ID': 'ProcessId',
    'Process Information|Process Name': 'ProcessName',
    'Process Information|Exit Status': 'Status',
  },
  4698: task,
  4699: task,
  4700: task,
  4701: task,
  4702: task,
  5140: share,
  5145: share,
}

const sectionLine = /^([^\s:][^:]{0,60}):\s*$/
const labelLine = /^\s*([^\s:][^:]{0,60}):[\t ]*(.*)$/

export function securityItems(eventId: number, message: string): JsonObject | null {
  const names = labels[eventId]
  if (names === undefined) return null
  const items: Record<string, unknown> = {}
  let section = ''
  for (let at = 0; at < message.length; ) {
    const begin = at
    const lineEnd = message.indexOf('\n', begin)
    at = lineEnd === -1 ? message.length : lineEnd + 1
    const line = message.slice(begin, lineEnd === -1 ? message.length : lineEnd).replace(/\r$/, '')
    const opened = sectionLine.exec(line)?.[1]
    if (opened !== undefined) {
      section = opened
      continue
    }
    const [, label, value = ''] = labelLine.exec(line) ?? []
    const item = label && names[`${/^\s/.test(line) ? section : ''}|${label}`]
    if (!item) continue
    if (Object.hasOwn(items, item)) return null
    const whole = wholeValue(item, message, begin + line.length - value.length, value.trimEnd())
    items[item] = whole.text
    at = Math.max(at, whole.end)
  }
  return items
}

/** A definition and a command line go over lines; what comes after the command line is no item. */
function wholeValue(item: string, message: string, from: number, value: string): { text: string; end: number } {
  if (item === 'CommandLine') {
    const note = message.lastIndexOf('Token Elevation Type indicates')
    return { text: message.slice(from, note > from ? note : message.length).trim(), end: message.length }
  }
  if (!item.startsWith('TaskContent') || value === '') return { text: value, end: 0 }
  const close = message.lastIndexOf('</Task>')
  const end = close < from ? from + value.length : close + '</Task>'.length
  return { text: message.slice(from, end), end }
}
