import type { Evidence, TaskChain } from '../../model/chain.ts'
import { payloadOf } from '../../model/payload.ts'
import { sortedEvidence } from '../fact-evidence.ts'
import type { KnownFile } from '../memory/known-files.ts'

/** A chain with what is known of the files that its task is to start, and the records that say so. `files`: by canonical path. */
export function withPayload(chain: TaskChain, files: ReadonlyMap<string, KnownFile> | null): TaskChain {
  if (chain.definition === null && chain.statedAction === null) return chain
  const evidence: Evidence[] = []
  const processes = chain.runs.flatMap((run) => run.processes)
  const payload = payloadOf(chain, processes, (path) => {
    const known = files?.get(path)
    if (known) evidence.push(known.evidence)
    return known?.file ?? null
  })
  return {
    ...chain,
    payload,
    evidence: evidence.length === 0 ? chain.evidence : sortedEvidence([...chain.evidence, ...evidence]),
  }
}
