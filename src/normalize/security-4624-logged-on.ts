/**
 * An account was logged on. Used of v0…v3: TargetUserSid, TargetUserName, TargetDomainName, TargetLogonId, LogonType,
 * WorkstationName, IpAddress, IpPort; TargetLinkedLogonId since v2.
 * Source: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4624
 */
import { accountOf, addressOf, logonIdOf, numberOf, portOf, sidOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { events, security } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

export const loggedOn: Normalizer = {
  interests: events(security, 4624),
  normalize(record) {
    const logonId = logonIdOf(record, 'TargetLogonId')
    if (logonId === null) return unreadable(record, 'TargetLogonId', 'a logon id')
    const logonType = numberOf(record, 'LogonType')
    if (logonType === null) return unreadable(record, 'LogonType', 'a logon type')
    return {
      ...head(record),
      kind: 'logged-on',
      logonType,
      logonId,
      linkedLogonId: logonIdOf(record, 'TargetLinkedLogonId'),
      user: accountOf(record, 'TargetDomainName', 'TargetUserName'),
      userSid: sidOf(record, 'TargetUserSid'),
      address: addressOf(record, 'IpAddress'),
      port: portOf(record, 'IpPort'),
      workstation: textOf(record, 'WorkstationName'),
    }
  },
}
