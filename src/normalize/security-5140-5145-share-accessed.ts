/**
 * A share was accessed (5140, once a session and share), or something in it (5145, each check of access).
 * Used: SubjectUserSid, SubjectUserName, SubjectDomainName, SubjectLogonId, IpAddress, ShareName; 5145 also RelativeTargetName.
 * Source: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-5140 and event-5145
 */
import type { WindowsRecord } from '../model/record.ts'
import { accountOf, addressOf, logonIdOf, sidOf, writtenIn } from './fields.ts'
import { head } from './head.ts'
import { condition, security } from './interest.ts'
import type { Normalized, Normalizer } from './normalizer.ts'

const namesPipeShare = condition('ShareName', 'IPC$')
const namesTaskPipe = condition('RelativeTargetName', 'atsvc')

/** `\\*\IPC$`: the share under which named pipes are reached. */
const pipeShare = /^(?:\\\\[^\\]*\\)?IPC\$$/i
/** The pipe of the AT service and of SASec; impacket also speaks ITaskSchedulerService over it. Source: [MS-TSCH] 2.1. */
const taskPipe = /^\\*atsvc$/i

export const shareAccessed: Normalizer = {
  interests: [{ provider: security, eventId: 5140, where: namesPipeShare.where }],
  normalize: (record) => (pipeShare.test(writtenIn(record, 'ShareName')) ? accessed(record, null) : null),
}

export const shareObjectAccessed: Normalizer = {
  interests: [{ provider: security, eventId: 5145, where: namesTaskPipe.where }],
  normalize(record) {
    const target = writtenIn(record, 'RelativeTargetName')
    return taskPipe.test(target) && pipeShare.test(writtenIn(record, 'ShareName')) ? accessed(record, target) : null
  },
}

function accessed(record: WindowsRecord, target: string | null): Normalized {
  return {
    ...head(record),
    kind: 'share-accessed',
    logonId: logonIdOf(record, 'SubjectLogonId'),
    user: accountOf(record, 'SubjectDomainName', 'SubjectUserName'),
    userSid: sidOf(record, 'SubjectUserSid'),
    address: addressOf(record, 'IpAddress'),
    share: writtenIn(record, 'ShareName'),
    target,
  }
}
