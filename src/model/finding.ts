import type { Chain, TaskChain } from './chain.ts'
import type { Settings } from './settings.ts'

export const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

/** One reason that makes a chain more or less ordinary. */
export interface FactorResult {
  readonly id: string
  /** Positive: less ordinary. */
  readonly bits: number
  /** One plain sentence. */
  readonly says: string
}

export interface Score {
  readonly bits: number
  readonly severity: Severity
  readonly factors: readonly FactorResult[]
}

/** Whether what ran is out of the ordinary; `run-not-visible` when the telemetry could not have shown a run. */
export type Verdict = 'outlier' | 'ordinary' | 'not-run' | 'run-not-visible'

/** A chain with its weight. It is a finding in the narrow sense when its severity is `low` or more. */
export interface ScoredChain<Kind extends Chain = Chain> {
  readonly chain: Kind
  readonly verdict: Verdict
  readonly score: Score
  /** Id of the learned baseline that weighed it; null: none was given. */
  readonly baseline: string | null
  /** The settings that weighed it; null: none were given. */
  readonly settings: Settings | null
}

/** Whether it is about a task, and not about a log. */
export const isOfTask = (scored: ScoredChain): scored is ScoredChain<TaskChain> => scored.chain.kind !== 'log-cleared'
