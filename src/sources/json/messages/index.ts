import type { JsonObject } from '../json-object.ts'
import { powershellItems } from './powershell.ts'
import { securityItems } from './security.ts'
import { sysmonItems } from './sysmon.ts'
import { taskSchedulerItems } from './task-scheduler.ts'

const readers: Readonly<Record<string, (eventId: number, message: string) => JsonObject | null>> = {
  'microsoft-windows-security-auditing': securityItems,
  'microsoft-windows-eventlog': securityItems,
  'microsoft-windows-sysmon': sysmonItems,
  'microsoft-windows-taskscheduler': taskSchedulerItems,
  'microsoft-windows-powershell': powershellItems,
  powershellcore: powershellItems,
}

/**
 * The items of an event out of its message, for carriers that keep nothing else. Windows writes messages in the language of
 * the system: what is not English (Sysmon always is) gives null, and so does a message in which a name stands twice, for
 * then one of them may be somebody's value.
 */
export function messageItems(provider: string, eventId: number, message: string): JsonObject | null {
  const reader = readers[provider.toLowerCase()]
  const items = reader?.(eventId, message) ?? null
  return items === null || Object.keys(items).length === 0 ? null : items
}
