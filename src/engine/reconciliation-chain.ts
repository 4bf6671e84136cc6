import { caseId } from '../correlate/index.ts'
import type { TaskChain } from '../model/chain.ts'
import { hostKey } from '../model/host.ts'
import type { Reconciliation } from '../model/inventory.ts'
import { taskKey } from '../model/task-path.ts'
import { toldBy } from './kept-definitions.ts'

/** Contradictions about one task in the form in which everything is weighed and reported. */
export function reconciliationChain({ kind, entry, contradictions, evidence }: Reconciliation): TaskChain {
  return {
    kind,
    id: caseId(hostKey(entry.host), taskKey(entry.path), kind, null),
    host: entry.host,
    taskPath: entry.path,
    formerIds: [],
    partOf: null,
    ...toldBy(entry),
    definitionHash: null,
    definitionProblem: entry.definitionProblem,
    change: null,
    runs: [],
    runSummary: null,
    circumstances: [],
    contradictions,
    blindSpots: [],
    evidence,
    at: entry.registered ?? entry.firstSeen ?? { time: 0, ticks: 0 },
  }
}
