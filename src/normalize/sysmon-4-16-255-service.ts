/**
 * The Sysmon service was started or stopped (4: UtcTime, State, Version, SchemaVersion), was given another configuration (16: UtcTime,
 * Configuration, ConfigurationFileHash), or reports an error, mostly that it had to drop events (255: UtcTime, ID, Description). It also
 * stops when the host is shut down. What the configuration lets through is in none of them.
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon
 */
import type { TelemetrySwitched } from '../model/fact.ts'
import type { WindowsRecord } from '../model/record.ts'
import { textOf } from './fields.ts'
import { head } from './head.ts'
import { events, sysmon } from './interest.ts'
import type { Normalizer } from './normalizer.ts'

export const sysmonService: Normalizer = {
  interests: events(sysmon, 4, 16, 255),
  normalize(record) {
    const turns = turnsOf(record)
    const log = 'Microsoft-Windows-Sysmon/Operational'
    return { ...head(record), kind: 'telemetry-switched', log, subcategory: null, turns, user: null }
  },
}

function turnsOf(record: WindowsRecord): TelemetrySwitched['turns'] {
  if (record.eventId === 16) return 'reconfigured'
  if (record.eventId === 255) return 'lost'
  return /^stopped$/i.test(textOf(record, 'State') ?? '') ? 'stopped' : 'on'
}
