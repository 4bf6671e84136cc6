import type { CapabilityId, MendId, Telemetry } from '../model/coverage-report.ts'
import { type AuditSubcategory, auditSubcategories } from '../model/windows/audit-subcategories.ts'

/** A log that can show a capability, and what makes it do so. */
export interface SourceOf {
  readonly telemetry: Telemetry
  /** The audit policy's part that it hangs on; null where none. */
  readonly subcategory: string | null
  /** Events that prove it to be recorded, also those that are of no use themselves. */
  readonly events: readonly number[]
  readonly mend: MendId
}

const audit = (subcategory: AuditSubcategory, mend: MendId, ...events: number[]): SourceOf => ({
  ...{ telemetry: 'security', subcategory: auditSubcategories[subcategory], events, mend },
})
const of = (telemetry: Telemetry, mend: MendId, ...events: number[]): SourceOf => ({
  ...{ telemetry, subcategory: null, events, mend },
})
const tasks = (event: number) => audit('other-object-access', 'audit-task-changes', event)

/** What can show each capability, the least effort first. */
export const sourcesOf: Readonly<Record<CapabilityId, readonly SourceOf[]>> = {
  'task-registration': [tasks(4698), of('scheduler', 'scheduler-log', 106)],
  'task-modification': [tasks(4702), of('scheduler', 'scheduler-log', 140)],
  'task-deletion': [tasks(4699), of('scheduler', 'scheduler-log', 141)],
  'task-switching': [
    audit('other-object-access', 'audit-task-changes', 4700, 4701),
    of('scheduler', 'scheduler-log', 142),
  ],
  'client-process': [audit('other-object-access', 'audit-task-changes')],
  'scheduling-command': [audit('process-creation', 'audit-process-creation', 4688), of('sysmon', 'sysmon-process', 1)],
  'script-block': [of('powershell', 'script-block-logging', 4104, 4103)],
  'com-client': [of('sysmon', 'sysmon-image-load', 7)],
  'network-logon': [audit('logon', 'audit-logon', 4624)],
  'pipe-access': [audit('detailed-file-share', 'audit-file-share', 5145), of('sysmon', 'sysmon-pipe', 17, 18)],
  'registry-write': [of('sysmon', 'sysmon-registry', 12, 13, 14)],
  'task-file': [of('sysmon', 'sysmon-file', 11)],
  'run-start': [of('scheduler', 'scheduler-log', 129)],
  'run-action': [of('scheduler', 'scheduler-log', 200, 201)],
  'process-creation': [audit('process-creation', 'audit-process-creation', 4688), of('sysmon', 'sysmon-process', 1)],
  'command-line': [audit('process-creation', 'command-line-policy', 4688), of('sysmon', 'sysmon-process', 1)],
  'parent-name': [audit('process-creation', 'audit-process-creation', 4688), of('sysmon', 'sysmon-process', 1)],
  'process-end': [audit('process-termination', 'audit-process-termination', 4689), of('sysmon', 'sysmon-process', 5)],
  'logon-session': [audit('logon', 'audit-logon', 4624)],
  'kept-file': [of('kept', 'collect-task-files')],
  'kept-registry': [of('kept', 'collect-hive')],
}

/** What sensors can show beside Windows' logs. */
export const sensorsShow: ReadonlySet<CapabilityId> = new Set<CapabilityId>([
  ...(['task-registration', 'task-modification', 'task-deletion', 'task-switching', 'client-process'] as const),
  ...(['scheduling-command', 'com-client', 'network-logon', 'registry-write', 'task-file'] as const),
  ...(['process-creation', 'command-line', 'parent-name', 'process-end', 'logon-session'] as const),
])
