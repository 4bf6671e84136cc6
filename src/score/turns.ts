import type { Turns } from '../model/explanation.ts'
import { type FactorResult, type ScoredChain, severities } from '../model/finding.ts'
import { bitsFrom, severityOf, verdictAt } from './index.ts'

/** What would have made it another severity or verdict: bits add up, so each reason can be taken away. */
export function turnsOf({ score, verdict }: ScoredChain): Turns {
  const { bits, severity, factors } = score
  const next = severities[severities.indexOf(severity) + 1]
  const raising = factors.filter((factor) => factor.bits > 0).sort((a, b) => b.bits - a.bits)
  return {
    next: next === undefined ? null : { severity: next, bits: rounded(bitsFrom(next) - bits) },
    without: raising.flatMap((factor) => {
      const left = rounded(bits - factor.bits)
      const other = { severity: severityOf(left), verdict: verdictAt(verdict, left) }
      return other.severity === severity && other.verdict === verdict ? [] : [{ factor, ...other }]
    }),
    toNone: severity === 'informational' ? [] : fewest(raising, bits),
  }
}

/** The heaviest reasons until too little is left. */
function fewest(raising: readonly FactorResult[], bits: number): FactorResult[] {
  let left = bits
  const gone: FactorResult[] = []
  for (const factor of raising) {
    if (severityOf(rounded(left)) === 'informational') break
    gone.push(factor)
    left -= factor.bits
  }
  return gone
}

const rounded = (bits: number): number => Math.round(bits * 10) / 10
