/**
 * A process has exited: SubjectUserSid, SubjectUserName, SubjectDomainName, SubjectLogonId, Status, ProcessId, ProcessName.
 * Source: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4689
 */
import { numberOf, pidOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { events, security } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

export const processExited: Normalizer = {
  interests: events(security, 4689),
  normalize(record) {
    const pid = pidOf(record, 'ProcessId')
    if (pid === null) return unreadable(record, 'ProcessId', 'a process id')
    const exitCode = numberOf(record, 'Status')
    return { ...head(record), kind: 'process-ended', pid, guid: null, image: textOf(record, 'ProcessName'), exitCode }
  },
}
