import { JOB_SNIFF_SIZE, looksLikeJob } from '../decode/job/index.ts'
import { hiveFileKind } from '../decode/registry/index.ts'

/**
 * State instead of events: a task's XML file, a registry hive or its log, a legacy .job file; and an event log that holds nothing,
 * not even the header that Windows writes into an empty one.
 */
export type ArtifactKind = 'task-xml' | 'registry-hive' | 'registry-log' | 'job' | 'wiped-log'

/** A declaration, a comment and a line break may stand before the root element. */
const xmlSniffSize = 1024

/** Whether the first element is Task; an event's XML has one of that name, too, further down. */
function isTaskXml(text: string): boolean {
  if (!/^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)?\s*</.test(text)) return false
  const root = /<(?![?!])(?:\w+:)?(\w+)/.exec(text.replace(/<!--[\s\S]{0,500}?-->/g, ''))
  return root?.[1] === 'Task'
}

/** Null: none of these. */
export function artifactKindOf(beginning: (size: number) => Buffer): ArtifactKind | null {
  const bytes = beginning(Math.max(xmlSniffSize, JOB_SNIFF_SIZE))
  const hive = hiveFileKind(bytes)
  if (hive !== undefined) return hive === 'hive' ? 'registry-hive' : 'registry-log'
  // UTF-16 without its zeros reads like UTF-8.
  const text = bytes.subarray(0, xmlSniffSize).toString('latin1').replaceAll('\0', '')
  if (isTaskXml(text)) return 'task-xml'
  return looksLikeJob(bytes) ? 'job' : null
}
