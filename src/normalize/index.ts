import type { Interest, WindowsRecord } from '../model/record.ts'
import { eventlogService } from './eventlog-1100-1101-1104-service.ts'
import { logCleared } from './eventlog-1102-104-log-cleared.ts'
import { policyApplied } from './group-policy-4016-extension.ts'
import { systemTimeChanged } from './kernel-general-1-time-changed.ts'
import type { Normalized, Normalizer, Tools } from './normalizer.ts'
import { pipelineExecuted } from './powershell-4103-pipeline.ts'
import { scriptBlock } from './powershell-4104-script-block.ts'
import { timeChanged } from './security-4616-time-changed.ts'
import { loggedOn } from './security-4624-logged-on.ts'
import { processCreated } from './security-4688-process-created.ts'
import { processExited } from './security-4689-process-exited.ts'
import { auditedTaskChange } from './security-4698-4702-task-changed.ts'
import { auditPolicyChanged } from './security-4719-audit-policy-changed.ts'
import { shareAccessed, shareObjectAccessed } from './security-5140-5145-share-accessed.ts'
import { sensorFileActivity } from './sensor-1001-file-activity.ts'
import { sensorModuleActivity } from './sensor-1005-module-activity.ts'
import { sensorJobActivity } from './sensor-1006-scheduled-job-activity.ts'
import { sensorProcessActivity } from './sensor-1007-process-activity.ts'
import { sensorAuthentication } from './sensor-3002-authentication.ts'
import { sensorRegistryActivity } from './sensor-201001-201002-registry-activity.ts'
import { sysmonProcessCreated } from './sysmon-1-process-created.ts'
import { fileTimeChanged } from './sysmon-2-file-time-changed.ts'
import { networkConnected } from './sysmon-3-network-connected.ts'
import { sysmonService } from './sysmon-4-16-255-service.ts'
import { sysmonProcessEnded } from './sysmon-5-process-ended.ts'
import { fileIdentified } from './sysmon-6-15-file-identified.ts'
import { imageLoaded } from './sysmon-7-image-loaded.ts'
import { fileCreated } from './sysmon-11-file-created.ts'
import { registryChanged } from './sysmon-12-13-14-registry-changed.ts'
import { pipeUsed } from './sysmon-17-18-pipe-used.ts'
import { taskStarted } from './task-scheduler-100-task-started.ts'
import { taskEnded } from './task-scheduler-101-102-103-111-task-ended.ts'
import { loggedTaskChange } from './task-scheduler-106-140-141-142-task-changed.ts'
import { taskTriggered } from './task-scheduler-107-125-task-triggered.ts'
import { taskProcessCreated } from './task-scheduler-129-process-created.ts'
import { actionStarted } from './task-scheduler-200-action-started.ts'
import { actionEnded } from './task-scheduler-201-202-203-action-ended.ts'

export type { Normalized, Tools, Unreadable } from './normalizer.ts'
export { isPart, readScript, ScriptParts, scriptOf } from './script-parts.ts'

const normalizers: readonly Normalizer[] = [
  processCreated,
  processExited,
  auditedTaskChange,
  loggedOn,
  shareAccessed,
  shareObjectAccessed,
  logCleared,
  eventlogService,
  auditPolicyChanged,
  sysmonService,
  policyApplied,
  timeChanged,
  systemTimeChanged,
  sysmonProcessCreated,
  fileTimeChanged,
  networkConnected,
  sysmonProcessEnded,
  fileIdentified,
  imageLoaded,
  fileCreated,
  registryChanged,
  pipeUsed,
  taskStarted,
  taskEnded,
  loggedTaskChange,
  taskTriggered,
  taskProcessCreated,
  actionStarted,
  actionEnded,
  pipelineExecuted,
  scriptBlock,
  sensorProcessActivity,
  sensorJobActivity,
  sensorModuleActivity,
  sensorFileActivity,
  sensorRegistryActivity,
  sensorAuthentication,
]

/** Every kind of event that becomes a fact, each once: what a decoder has to look for. */
export const interests: readonly Interest[] = normalizers.flatMap((normalizer) => normalizer.interests)

// A decoder may compare names of providers without regard to case: each is found as Windows writes it and in lower case.
const byProvider = new Map<string, Map<number, Normalizer>>()
for (const normalizer of normalizers) {
  for (const { provider, eventId } of normalizer.interests) {
    const byId = byProvider.get(provider) ?? new Map<number, Normalizer>()
    byProvider.set(provider, byId.set(eventId, normalizer))
    byProvider.set(provider.toLowerCase(), byId)
  }
}

/**
 * One record as the fact that it states. Null when nothing in it matters to us; `unreadable` when it is a kind of event
 * that matters and its key field cannot be read. Keeps nothing of the record.
 */
export function normalize(record: WindowsRecord, tools: Tools): Normalized {
  const byId = byProvider.get(record.provider) ?? byProvider.get(record.provider.toLowerCase())
  return byId?.get(record.eventId)?.normalize(record, tools) ?? null
}
