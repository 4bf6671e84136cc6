/**
 * A process was created. v0: SubjectUserSid, SubjectUserName, SubjectDomainName, SubjectLogonId, NewProcessId,
 * NewProcessName, TokenElevationType, ProcessId (the creator). v1 adds CommandLine. v2 adds TargetUserSid,
 * TargetUserName, TargetDomainName, TargetLogonId, ParentProcessName, MandatoryLabel.
 * Source: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4688
 * and the provider's manifest; a v2 of the first Windows 10 lacks the last two.
 */
import type { WindowsRecord } from '../model/record.ts'
import { sidOfSession } from '../model/windows/accounts.ts'
import { askedBy } from './commands/index.ts'
import { accountOf, logonIdOf, pidOf, sidOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { events, security } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

/** Source: https://learn.microsoft.com/windows/win32/secauthz/well-known-sids (mandatory labels); 8448 is Medium Plus. */
const integrityOfLabel: ReadonlyMap<string, string> = new Map([
  ['S-1-16-4096', 'Low'],
  ['S-1-16-8192', 'Medium'],
  ['S-1-16-8448', 'Medium'],
  ['S-1-16-12288', 'High'],
  ['S-1-16-16384', 'System'],
])

export const processCreated: Normalizer = {
  interests: events(security, 4688),
  normalize(record) {
    const pid = pidOf(record, 'NewProcessId')
    if (pid === null) return unreadable(record, 'NewProcessId', 'a process id')
    const image = textOf(record, 'NewProcessName')
    if (image === null) return unreadable(record, 'NewProcessName', 'a program')
    const commandLine = textOf(record, 'CommandLine')
    const account = accountOfProcess(record)
    return {
      ...head(record),
      kind: 'process-started',
      by: '4688',
      pid,
      guid: null,
      parentPid: pidOf(record, 'ProcessId') ?? 0,
      parentGuid: null,
      image,
      originalFileName: null,
      commandLine,
      currentDirectory: null,
      user: account.user,
      userSid: account.userSid,
      logonId: account.logonId,
      integrity: integrityOfLabel.get(record.field('MandatoryLabel') ?? '') ?? null,
      parentImage: textOf(record, 'ParentProcessName'),
      parentCommandLine: null,
      ...askedBy({ image, originalFileName: null, commandLine }),
      file: null,
    }
  },
}

/**
 * Who the process runs as. Subject is who asked for it; Target is set when the process got another session, and its
 * logon id alone decides that: a service started as NETWORK SERVICE comes with the SID of nobody.
 */
function accountOfProcess(record: WindowsRecord) {
  const side = logonIdOf(record, 'TargetLogonId') === null ? 'Subject' : 'Target'
  const logonId = logonIdOf(record, `${side}LogonId`)
  return {
    user: accountOf(record, `${side}DomainName`, `${side}UserName`),
    userSid: sidOf(record, `${side}UserSid`) ?? sidOfSession(logonId),
    logonId,
  }
}
