import type { WindowsRecord } from '../model/record.ts'
import { guidOf, pidOf, textOf } from './fields.ts'

/**
 * The process that a Sysmon event is about. Undefined when neither its GUID nor its id can be read. Collectors that
 * flatten the header over the event lose ProcessId; the GUID alone still identifies the process, and `pid` is then 0.
 */
export function sysmonProcess(record: WindowsRecord, of: '' | 'Parent' = '') {
  const guid = guidOf(record, `${of}ProcessGuid`)
  const pid = pidOf(record, `${of}ProcessId`)
  if (guid === null && pid === null) return undefined
  return { pid: pid ?? 0, guid, image: textOf(record, `${of}Image`) }
}

/**
 * A text that Sysmon took from elsewhere. It doubles every percent sign, so that Windows does not take one for a placeholder
 * of the event's message: `%%SystemRoot%%\system32\csrss.exe` was run as `%SystemRoot%\…`. Seen in real records whichever
 * way they were carried.
 */
export function sysmonText(record: WindowsRecord, name: string): string | null {
  const text = textOf(record, name)
  return text?.includes('%%') ? text.replaceAll('%%', '%') : text
}
