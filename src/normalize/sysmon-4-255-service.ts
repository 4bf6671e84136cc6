/**
 * The Sysmon service was started or stopped (4: UtcTime, State, Version, SchemaVersion), or reports an error, mostly that it had to drop
 * events (255: UtcTime, ID, Description). It also stops when the host is shut down.
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon
 */
import { textOf } from './fields.ts'
import { head } from './head.ts'
import { events, sysmon } from './interest.ts'
import type { Normalizer } from './normalizer.ts'

export const sysmonService: Normalizer = {
  interests: events(sysmon, 4, 255),
  normalize(record) {
    const isStopped = /^stopped$/i.test(textOf(record, 'State') ?? '')
    const turns = record.eventId === 255 ? 'lost' : isStopped ? 'stopped' : 'on'
    const log = 'Microsoft-Windows-Sysmon/Operational'
    return { ...head(record), kind: 'telemetry-switched', log, subcategory: null, turns, user: null }
  },
}
