/**
 * The policy client begins (4016) or has ended (5016; 6016 with warnings, 7016 with errors) applying what one of its extensions
 * is for: CSEExtensionId, CSEExtensionName and others. Only the extension that makes scheduled tasks says anything here. The
 * process and the user are the header's.
 * Source: the provider's manifest (`wevtutil gp Microsoft-Windows-GroupPolicy /ge`); the extension's id from [MS-GPPREF] 1.9.
 */
import { head } from './head.ts'
import { events, groupPolicy } from './interest.ts'
import type { Normalizer } from './normalizer.ts'

/** Group Policy Scheduled Tasks, with or without braces. */
const scheduledTasks = 'aadced64-746c-4633-a97c-d61349046527'

export const policyApplied: Normalizer = {
  // without a condition on bytes: whether the id is a text or a GUID there differs, and the events are few
  interests: events(groupPolicy, 4016, 5016, 6016, 7016),
  normalize(record) {
    if (!record.field('CSEExtensionId')?.toLowerCase().includes(scheduledTasks)) return null
    const phase = record.eventId === 4016 ? 'begun' : 'ended'
    return { ...head(record), kind: 'policy-applied', phase, pid: record.processId, userSid: record.userSid }
  },
}
