import { caseId } from '../correlate/index.ts'
import type { WipedLog } from '../model/artifact.ts'
import type { ClearedLog } from '../model/chain.ts'
import { hostKey } from '../model/host.ts'

const unknown = { time: 0, ticks: 0 }

const how = { nothing: 'emptied', zeros: 'zeroed', header: 'without-records' } as const

/** A log's file that holds nothing, in the form in which everything is weighed and reported. Nothing in it says when or who. */
export function wipedLogChain(host: string, { source, log, holds }: WipedLog): ClearedLog {
  return {
    kind: 'log-cleared',
    id: caseId(hostKey(host), null, `log-wiped ${log.toLowerCase()}`, null),
    host,
    formerIds: [],
    log,
    how: how[holds],
    by: null,
    blindSpots: [`Nothing of the log ${log} is there.`],
    evidence: [{ ...unknown, source, channel: '', eventId: 0, recordId: 0, alsoIn: [], artifact: 'event-log' }],
    at: unknown,
  }
}
