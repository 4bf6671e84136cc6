/**
 * The audit policy was changed: SubjectUserSid, SubjectUserName, SubjectDomainName, SubjectLogonId, CategoryId, SubcategoryId (message
 * numbers, translated when shown), SubcategoryGuid, AuditPolicyChanges: `%%8448` success removed, `%%8449` success added, `%%8450`
 * and `%%8451` the same of failures.
 * Source: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-4719
 */
import { accountOf, textOf } from './fields.ts'
import { head } from './head.ts'
import { events, security } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'

const successRemoved = /%%8448|success removed/i
const successAdded = /%%8449|success added/i

export const auditPolicyChanged: Normalizer = {
  interests: events(security, 4719),
  normalize(record) {
    const changes = textOf(record, 'AuditPolicyChanges')
    if (changes === null) return unreadable(record, 'AuditPolicyChanges', 'what was changed of the audit policy')
    const turns = successRemoved.test(changes) ? 'off' : successAdded.test(changes) ? 'on' : null
    const subcategory = textOf(record, 'SubcategoryGuid')?.toLowerCase() ?? null
    // what fails is never looked at, and a change of a whole category names each of its parts
    if (turns === null || subcategory === null) return null
    const user = accountOf(record, 'SubjectDomainName', 'SubjectUserName')
    return { ...head(record), kind: 'telemetry-switched', log: 'Security', subcategory, turns, user }
  },
}
