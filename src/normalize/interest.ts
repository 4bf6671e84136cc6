import type { Interest, WindowsRecord } from '../model/record.ts'

export const security = 'Microsoft-Windows-Security-Auditing'
export const sysmon = 'Microsoft-Windows-Sysmon'
export const taskScheduler = 'Microsoft-Windows-TaskScheduler'
/** Windows PowerShell, and PowerShell 7 with the same events in a log of its own. */
export const powershells = ['Microsoft-Windows-PowerShell', 'PowerShellCore']
export const kernelGeneral = 'Microsoft-Windows-Kernel-General'
export const groupPolicy = 'Microsoft-Windows-GroupPolicy'
export const eventlog = 'Microsoft-Windows-Eventlog'

/** Interests in some ids of one provider without a condition. */
export function events(provider: string, ...eventIds: number[]): Interest[] {
  return eventIds.map((eventId) => ({ provider, eventId }))
}

/** A condition that a decoder can check on raw bytes, and its check on a record: both come from the same words. */
export interface Condition {
  readonly where: NonNullable<Interest['where']>
  holds(record: WindowsRecord): boolean
  /** Whether a text that the field may hold meets it. */
  isIn(text: string): boolean
}

/**
 * The field contains at least one of these ASCII words in any case. Only ASCII letters fold: the Kelvin sign is no K to
 * a decoder that compares bytes, nor to Windows, so it is none here (a regular expression without `u` sees to it).
 */
export function condition(field: string, ...contains: string[]): Condition {
  const pattern = new RegExp(contains.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'i')
  return {
    where: { field, contains },
    holds: (record) => pattern.test(record.field(field) ?? ''),
    isIn: (text) => pattern.test(text),
  }
}
