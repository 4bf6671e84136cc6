import { type ScoredChain, type Severity, severities } from '../../model/finding.ts'
import type { AlertReason, Told } from '../store/outbox.ts'

const rank = (severity: Severity): number => severities.indexOf(severity)

/**
 * Whether somebody is told of a finding as it is now, and why. Once; again when it gets worse than it was ever told, when its verdict is
 * another, and when it is back after having been taken back. That it gets better is no reason to call somebody.
 */
export function reasonToTell(
  told: Told | null,
  { verdict, score: { severity } }: Pick<ScoredChain, 'verdict' | 'score'>,
  threshold: Severity,
): AlertReason | null {
  const isAtThreshold = rank(severity) >= rank(threshold)
  if (told === null) return isAtThreshold ? 'new' : null
  if (told.isWithdrawn) return isAtThreshold ? 'returned' : null
  if (isAtThreshold && rank(severity) > rank(told.worst)) return 'worse'
  return verdict !== told.verdict && (isAtThreshold || rank(told.worst) >= rank(threshold)) ? 'verdict' : null
}
