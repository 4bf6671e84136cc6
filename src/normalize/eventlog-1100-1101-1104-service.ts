/**
 * The event log service: it shut down (1100), audit events were dropped before they could be written (1101), the Security log is full
 * (1104). All in Security; their data is UserData, of which nothing is needed.
 * Source: https://learn.microsoft.com/windows/security/threat-protection/auditing/event-1100, event-1104; 1101 from its manifest.
 */
import { head } from './head.ts'
import { eventlog, events } from './interest.ts'
import type { Normalizer } from './normalizer.ts'

export const eventlogService: Normalizer = {
  interests: events(eventlog, 1100, 1101, 1104),
  normalize: (record) => ({
    ...head(record),
    kind: 'telemetry-switched',
    log: 'Security',
    subcategory: null,
    turns: record.eventId === 1100 ? 'stopped' : 'lost',
    user: null,
  }),
}
