import type { HostCoverage } from '../coverage/index.ts'
import type { Chain } from '../model/chain.ts'
import { definitionHash } from './definition-hash.ts'

/** A chain with what could be seen of it. */
export interface SeenChain {
  readonly chain: Chain
  /** False when no record after the change could have shown a run. */
  readonly runsAreVisible: boolean
}

export function seenChain(chain: Chain, coverage: HostCoverage): SeenChain {
  const { runs: runsAreVisible, blindSpots } = coverage.of(chain)
  return { chain: withHash({ ...chain, blindSpots }), runsAreVisible }
}

export const withHash = (chain: Chain): Chain => ({
  ...chain,
  definitionHash: definitionHash(chain.definition, chain.definitionProblem),
})
