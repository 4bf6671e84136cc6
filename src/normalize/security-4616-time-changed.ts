/**
 * The system's time was changed: SubjectUserSid, SubjectUserName, SubjectDomainName, SubjectLogonId, PreviousTime, NewTime,
 * ProcessId, ProcessName. Version 0 (before Windows 8) has date and time of day as text in the host's own time zone instead, in
 * PreviousDate, PreviousTime, NewDate, NewTime: there Kernel-General 1 tells the same in UTC.
 * Source: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4616; version 0 from real records.
 */
import { clockChanged } from './clock-changed.ts'
import { accountOf } from './fields.ts'
import { events, security } from './interest.ts'
import type { Normalizer } from './normalizer.ts'

export const timeChanged: Normalizer = {
  interests: events(security, 4616),
  normalize(record) {
    if (record.field('PreviousDate') !== undefined) return null
    return clockChanged(record, 'PreviousTime', 'NewTime', accountOf(record, 'SubjectDomainName', 'SubjectUserName'))
  },
}
