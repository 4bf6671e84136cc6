/**
 * The Security log was cleared (1102, in Security) or another log was (104, in System). Both carry UserData/LogFileCleared.
 * 1102: SubjectUserSid, SubjectUserName, SubjectDomainName, SubjectLogonId. 104: SubjectUserName, SubjectDomainName,
 * Channel, BackupPath; its actor's SID is in the header.
 * Source: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-1102; 104 from its manifest.
 */
import { accountOf, logonIdOf, sidOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { eventlog, events } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

export const logCleared: Normalizer = {
  interests: events(eventlog, 1102, 104),
  normalize(record) {
    const log = record.eventId === 1102 ? 'Security' : textOf(record, 'Channel')
    if (log === null) return unreadable(record, 'Channel', 'the log that was cleared')
    return {
      ...head(record),
      kind: 'log-cleared',
      log,
      user: accountOf(record, 'SubjectDomainName', 'SubjectUserName'),
      userSid: sidOf(record, 'SubjectUserSid') ?? record.userSid,
      logonId: logonIdOf(record, 'SubjectLogonId'),
    }
  },
}
