/**
 * Snare's form of a Windows event, as Snare itself, NXLog (to_syslog_snare) and Epilog send it: behind syslog's header, if there is one, the
 * word MSWinEventLog and then values between tabs: criticality, log, a count, the local time, the event's id, the source, account, its kind,
 * the kind of event, computer, category, data, the message in one line, and a count or sum. Of the message each line end and tab has become a
 * blank: what stood on a line of its own is found by the blanks before its label.
 * Source: https://docs.tibco.com/pub/loguc (Event Output Format), https://www.rsyslog.com/doc/configuration/modules/mmsnareparse.html
 */
import type { TextForm } from './text-form.ts'

/** The header of syslog and a host's name may stand before it. */
const longestPrefix = 300
const mark = /(?:^|[\s:])MSWinEventLog\t/
/** Places of the values, counted from that word on. */
const at = { log: 2, time: 4, id: 5, source: 6, kind: 9, computer: 10, message: 13 } as const

export const snare: TextForm = {
  name: 'Snare',
  fits: (text) => mark.test(text.slice(0, longestPrefix)),
  inside(text) {
    const begin = text.slice(0, longestPrefix).search(mark)
    const values = text.slice(begin).trimStart().split('\t')
    if (values.length <= at.computer) return undefined
    return {
      SnareLog: values[at.log],
      SnareTime: values[at.time],
      EventID: values[at.id],
      SourceName: values[at.source],
      EventType: values[at.kind],
      Computer: values[at.computer],
      Message: inLines(messageOf(values), values[at.log] ?? ''),
    }
  },
}

/** What is last may be a count; a message that is told to be in another place is the longest. */
function messageOf(values: readonly string[]): string {
  const rest = values.slice(at.message - 1)
  return rest.reduce((longest, value) => (value.length > longest.length ? value : longest), '')
}

/** A section's line has an empty one before it (four blanks), a label a tab (three), an item of Sysmon a line end (two). */
function inLines(message: string, log: string): string {
  if (/sysmon/i.test(log)) return message.replace(sysmonItem, '\r\n')
  return message
    .replace(/ {4}(?=[A-Z][\w ()/-]{0,60}:(?: |$))/g, '\r\n\r\n')
    .replace(/ {3}(?=[A-Z][\w ()/-]{0,60}:(?: |$))/g, '\r\n\t')
}

/** Sysmon's items by name, for a command line may hold anything; one that holds their names is told by them coming twice. */
const sysmonItem = new RegExp(
  ` {2,3}(?=(?:${[
    ...[
      'RuleName',
      'EventType',
      'UtcTime',
      'ProcessGuid',
      'ProcessId',
      'Image',
      'FileVersion',
      'Description',
      'Product',
    ],
    ...['Company', 'OriginalFileName', 'CommandLine', 'CurrentDirectory', 'User', 'LogonGuid', 'LogonId', 'Hashes'],
    ...['TerminalSessionId', 'IntegrityLevel', 'ParentProcessGuid', 'ParentProcessId', 'ParentImage', 'ParentUser'],
    ...['ParentCommandLine', 'ImageLoaded', 'Signed', 'Signature', 'SignatureStatus', 'TargetFilename', 'NewName'],
    ...['CreationUtcTime', 'TargetObject', 'Details', 'Protocol', 'Initiated', 'SourceIsIpv6', 'SourceIp', 'PipeName'],
    ...['SourceHostname', 'SourcePort', 'SourcePortName', 'DestinationIsIpv6', 'DestinationIp', 'DestinationHostname'],
    ...['DestinationPort', 'DestinationPortName', 'Configuration', 'ConfigurationFileHash', 'State', 'Version'],
  ].join('|')}):)`,
  'g',
)
