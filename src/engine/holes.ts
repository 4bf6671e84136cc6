import { HostHoles, type HostTelemetry } from '../coverage/index.ts'
import type { TaskChain } from '../model/chain.ts'
import type { ScoredChain } from '../model/finding.ts'

/**
 * Gives a finding the holes of its host's telemetry in which parts of it may lie unseen. Hosts are judged only where there are findings:
 * that costs nothing on those that have none.
 */
export function holesIn(telemetry: readonly HostTelemetry[]) {
  const byHost = new Map(telemetry.map((one) => [one.host, one]))
  const judged = new Map<string, HostHoles>()
  return (scored: ScoredChain<TaskChain>): ScoredChain<TaskChain> => {
    const { chain, score, verdict } = scored
    const own = byHost.get(chain.host)
    if (score.severity === 'informational' || own === undefined) return scored
    const holes = judged.get(chain.host) ?? new HostHoles(own)
    judged.set(chain.host, holes)
    const told = holes.of(chain)
    const isHidden = verdict === 'not-run' && holes.hideAllRunsOf(chain)
    if (told.length === 0 && !isHidden) return scored
    return {
      ...scored,
      chain: { ...chain, blindSpots: [...chain.blindSpots, ...told] },
      verdict: isHidden ? 'run-not-visible' : verdict,
    }
  }
}
