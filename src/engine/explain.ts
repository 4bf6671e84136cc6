import { wantedLogs } from '../coverage/wanted-logs.ts'
import type { HostSpans } from '../model/coverage.ts'
import type { Explanation } from '../model/explanation.ts'
import type { ScoredChain } from '../model/finding.ts'
import { basisOf } from '../score/basis.ts'
import { turnsOf } from '../score/turns.ts'

/** All about one finding: what each reason rests on, what would have changed the verdict, and which log would have made it certain. */
export function explain(scored: ScoredChain, coverage: readonly HostSpans[]): Explanation {
  const spans = coverage.find(({ host }) => host === scored.chain.host)?.spans ?? {}
  return {
    scored,
    bases: scored.score.factors.map(basisOf),
    turns: turnsOf(scored),
    ...wantedLogs(scored.chain, spans),
  }
}
