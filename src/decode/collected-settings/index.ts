import type { AuditSetting, LogSetting } from '../../model/artifact.ts'

/** Windows has some sixty subcategories and some twelve hundred logs. */
const most = 10_000

/** A row of `auditpol /get /category:* /r` or `auditpol /backup`; its names and words are translated, the GUID is not. */
const auditRow =
  /^[^,\r\n]{0,300},[^,\r\n]{0,300},[^,\r\n]{0,300},(\{0cce92[0-9a-f]{2}-69ae-11d9-bed3-505054503030\}),([^,\r\n]{0,100}),[^,\r\n]{0,100}(?:,([0-4]))?\s*$/i

/** Whether a text begins as a list of the audit policy. */
export const looksLikeAuditPolicy = (beginning: string): boolean =>
  beginning
    .slice(0, 4_000)
    .split(/\r?\n/, 6)
    .some((line) => auditRow.test(line))

/**
 * What the audit policy says of successes, by subcategory. The last column, where it is there, is POLICY_AUDIT_EVENT_SUCCESS (1) and
 * FAILURE (2) of AUDIT_POLICY_INFORMATION; without it only the English words are understood, and other rows say nothing.
 */
export function readAuditPolicy(text: string): AuditSetting[] {
  const settings: AuditSetting[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, subcategory, words = '', value] = auditRow.exec(line) ?? []
    if (subcategory === undefined || settings.length >= most) continue
    const isOn = value === undefined ? inWords(words) : (Number(value) & 1) === 1
    if (isOn !== null) settings.push({ subcategory: subcategory.toLowerCase(), isOn })
  }
  return settings
}

function inWords(words: string): boolean | null {
  const said = words.trim().toLowerCase()
  if (said === 'success' || said === 'success and failure') return true
  return said === 'failure' || said === 'no auditing' ? false : null
}

const logBegin = /^name: (\S[^\r\n]{0,300}?)\s*\r?\nenabled: (true|false)\s*$/gm

/** Whether a text begins as `wevtutil gl` writes the settings of a log. */
export const looksLikeLogSettings = (beginning: string): boolean =>
  /^\s*name: \S[^\r\n]{0,300}\r?\nenabled: (?:true|false)\s*\r?\n/.test(beginning)

/** The settings of each log, as `wevtutil gl` writes them one after another. */
export function readLogSettings(text: string): LogSetting[] {
  const begins = [...text.matchAll(logBegin)].slice(0, most)
  return begins.map((begin, i) => {
    const own = text.slice(begin.index, begins[i + 1]?.index ?? text.length)
    const size = /^\s*maxSize: (\d{1,15})\s*$/m.exec(own)?.[1]
    return { channel: begin[1] ?? '', isOn: begin[2] === 'true', maxBytes: size === undefined ? null : Number(size) }
  })
}
