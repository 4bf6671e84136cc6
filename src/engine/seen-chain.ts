import type { HostCoverage } from '../coverage/index.ts'
import type { Chain, ClearedLog, TaskChain } from '../model/chain.ts'
import { definitionHash } from './definition-hash.ts'

/** A chain with what could be seen of it. */
export interface SeenChain<Kind extends Chain = Chain> {
  readonly chain: Kind
  /** False when no record after the change could have shown a run. */
  readonly runsAreVisible: boolean
}

export function seenChain(chain: TaskChain, coverage: HostCoverage): SeenChain<TaskChain> {
  const { runs: runsAreVisible, blindSpots } = coverage.of(chain)
  return { chain: withHash({ ...chain, blindSpots }), runsAreVisible }
}

/** A cleared log with whether a run after it could have been seen. */
export const seenLog = (chain: ClearedLog, coverage: HostCoverage): SeenChain<ClearedLog> => ({
  chain,
  runsAreVisible: coverage.showsRunsAfter(chain.at.time),
})

export const withHash = (chain: TaskChain): TaskChain => ({
  ...chain,
  definitionHash: definitionHash(chain.definition, chain.definitionProblem),
})
