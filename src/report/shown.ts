import { type ScoredChain, type Severity, severities } from '../model/finding.ts'
import type { ScanResult } from './result.ts'

/** What a report shows. */
export interface ReportOptions {
  /** Also chains that are not findings. */
  readonly all: boolean
  /** Nothing below this severity; `low` unless `all` is asked for. */
  readonly minSeverity?: Severity | null
  /** So many, the worst; null: all that there are. */
  readonly limit?: number | null | undefined
}

const rank = ({ score }: ScoredChain): number => severities.indexOf(score.severity)

/** Worst first; what weighs the same stays in its order. */
export const worstFirst = (chains: readonly ScoredChain[]): ScoredChain[] =>
  [...chains].sort((a, b) => rank(b) - rank(a) || b.score.bits - a.score.bits)

/** Chains of the severities that are asked for, in the order of the result. */
export function ofSeverity({ chains }: Pick<ScanResult, 'chains'>, { all, minSeverity }: ReportOptions): ScoredChain[] {
  const from = severities.indexOf(minSeverity ?? (all ? 'informational' : 'low'))
  return chains.filter((one) => rank(one) >= from)
}

/** The chains that a report shows, in the order of the result. */
export function shownOf(result: Pick<ScanResult, 'chains'>, options: ReportOptions): readonly ScoredChain[] {
  const chains = ofSeverity(result, options)
  const limit = options.limit ?? null
  if (limit === null || chains.length <= limit) return chains
  const worst = new Set(worstFirst(chains).slice(0, limit))
  return chains.filter((one) => worst.has(one))
}
