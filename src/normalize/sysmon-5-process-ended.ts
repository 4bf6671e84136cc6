/**
 * A process ended: ProcessGuid, ProcessId, Image; later versions add User.
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon (event 5)
 */
import { head } from './head.ts'
import { events, sysmon } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sysmonProcess } from './sysmon-process.ts'

export const sysmonProcessEnded: Normalizer = {
  interests: events(sysmon, 5),
  normalize(record) {
    const process = sysmonProcess(record)
    if (!process) return unreadable(record, 'ProcessGuid', "a process's GUID")
    return { ...head(record), kind: 'process-ended', ...process, exitCode: null }
  },
}
