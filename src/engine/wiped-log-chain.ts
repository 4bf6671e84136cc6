import { caseId } from '../correlate/index.ts'
import type { WipedLog } from '../model/artifact.ts'
import type { Chain } from '../model/chain.ts'
import { hostKey } from '../model/host.ts'

const unknown = { time: 0, ticks: 0 }

const circumstance = { nothing: 'log-emptied', zeros: 'log-zeroed', header: 'log-without-records' } as const

/** A log's file that holds nothing, in the form in which everything is weighed and reported. Nothing in it says when or who. */
export function wipedLogChain(host: string, { source, log, holds }: WipedLog): Chain {
  const nobody = { user: null, sid: null, logonId: null, process: null, remote: null }
  return {
    kind: 'log-cleared',
    id: caseId(hostKey(host), null, `log-wiped ${log.toLowerCase()}`, null),
    host,
    taskPath: null,
    formerIds: [],
    partOf: null,
    definition: null,
    definitionHash: null,
    definitionProblem: null,
    statedAction: null,
    statedRunAs: null,
    payload: [],
    change: null,
    runs: [],
    runSummary: null,
    circumstances: [{ kind: circumstance[holds], ...unknown, what: log, actor: nobody }],
    contradictions: [],
    blindSpots: [`Nothing of the log ${log} is there.`],
    evidence: [{ ...unknown, source, channel: '', eventId: 0, recordId: 0, alsoIn: [], artifact: 'event-log' }],
    at: unknown,
  }
}
