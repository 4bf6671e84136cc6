import { looksLikeAuditPolicy, looksLikeLogSettings } from '../decode/collected-settings/index.ts'
import { JOB_SNIFF_SIZE, looksLikeJob } from '../decode/job/index.ts'
import { looksLikeRegFile } from '../decode/reg-file/index.ts'
import { hiveFileKind } from '../decode/registry/index.ts'
import { looksLikeTaskList, taskListSniffSize } from './task-list/read-task-list.ts'

/**
 * State instead of events: a task's XML file, a registry hive, its log or an export of it, a legacy .job file, a list of tasks that a
 * tool made; what the host is set to record; and an event log that holds nothing, not even the header that Windows writes into an empty one.
 */
export type ArtifactKind =
  | 'task-xml'
  | 'registry-hive'
  | 'registry-log'
  | 'registry-export'
  | 'job'
  | 'task-list'
  | 'wiped-log'
  | 'audit-policy'
  | 'log-settings'

/** A declaration, a comment and a line break may stand before the root element. */
const xmlSniffSize = 1024

/** Whether the first element is Task, or Tasks with such ones; an event's XML has one of that name, too, further down. */
function isTaskXml(text: string): boolean {
  if (!/^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)?\s*</.test(text)) return false
  const names = [...text.replace(/<!--[\s\S]{0,500}?-->/g, '').matchAll(/<(?![?!])(?:\w+:)?(\w+)/g)]
  const [root, next] = names.map(([, name]) => name)
  return root === 'Task' || (root === 'Tasks' && next === 'Task')
}

/** No text has other control characters at its beginning; in UTF-16 every other byte is zero. */
const mayBeText = (bytes: Buffer): boolean =>
  bytes.length > 0 && !bytes.subarray(0, 64).some((byte) => byte > 0 && byte < 9)

/** Null: none of these. */
export function artifactKindOf(beginning: (size: number) => Buffer): ArtifactKind | null {
  const bytes = beginning(Math.max(xmlSniffSize, JOB_SNIFF_SIZE))
  const hive = hiveFileKind(bytes)
  if (hive !== undefined) return hive === 'hive' ? 'registry-hive' : 'registry-log'
  // UTF-16 without its zeros reads like UTF-8.
  const text = bytes.subarray(0, xmlSniffSize).toString('latin1').replaceAll('\0', '')
  if (isTaskXml(text)) return 'task-xml'
  if (looksLikeRegFile(text.replace(/^(?:\xff\xfe|\xef\xbb\xbf)/, ''))) return 'registry-export'
  if (looksLikeJob(bytes)) return 'job'
  const settings = text.replace(/^(?:\xff\xfe|\xef\xbb\xbf)/, '')
  if (looksLikeAuditPolicy(settings)) return 'audit-policy'
  if (looksLikeLogSettings(settings)) return 'log-settings'
  return mayBeText(bytes) && looksLikeTaskList(beginning(taskListSniffSize)) ? 'task-list' : null
}
