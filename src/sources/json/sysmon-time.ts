import type { Instant } from '../../model/time.ts'
import { instantOf } from './moment.ts'

/** Connections and DNS queries take their time from another clock in the kernel: it has been seen days behind. */
const fromAnotherClock = new Set([3, 22])

/** Sysmon's own UTC time of an event, where it can be trusted; null for all other events. */
export function sysmonTime(provider: string | null, eventId: number, utcTime: unknown): Instant | null {
  if (provider !== 'Microsoft-Windows-Sysmon' || fromAnotherClock.has(eventId)) return null
  return instantOf(utcTime) ?? null
}
