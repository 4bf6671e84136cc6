import type { Chain } from '../model/chain.ts'
import type { FactorResult, ScoredChain, Severity, Verdict } from '../model/finding.ts'
import { bitsOf } from './contradictions.ts'
import type { Factor } from './factor.ts'
import { factors, factorsOfPart } from './factors/index.ts'
import { actionsOf, subjectOf } from './subject.ts'

/** From how many bits on a chain has a severity; below the last it is informational. */
const thresholds: readonly (readonly [Severity, number])[] = [
  ['critical', 20],
  ['high', 14],
  ['medium', 8],
  ['low', 3],
]
const outlierFrom = 8

/**
 * On how many hosts a task with the same actions was seen, of those on which any task's actions were seen: the others could not
 * have shown it. The whole fleet is needed before one chain is weighed.
 */
export class Prevalence {
  readonly #hostsOf = new Map<string, Set<string>>()
  readonly #hosts = new Set<string>()

  see(chain: Chain): void {
    const key = keyOf(chain)
    if (key === '') return
    this.#hosts.add(chain.host)
    const hosts = this.#hostsOf.get(key)
    if (hosts) hosts.add(chain.host)
    else this.#hostsOf.set(key, new Set([chain.host]))
  }

  of(chain: Chain): { hostsWithAction: number; hosts: number } {
    return { hostsWithAction: Math.max(this.#hostsOf.get(keyOf(chain))?.size ?? 0, 1), hosts: this.#hosts.size }
  }
}

/** The same software on many hosts differs in user names and in quotes only. */
function keyOf(chain: Chain): string {
  return actionsOf(chain)
    .map((action) =>
      action
        .toLowerCase()
        .replaceAll('"', '')
        .replace(/\\users\\[^\\]+\\/g, '\\users\\*\\')
        .trim(),
    )
    .sort()
    .join('\n')
}

/** Weighs a chain against what is ordinary. */
export function scoreChain(chain: Chain, prevalence: Prevalence, runsAreVisible: boolean): ScoredChain {
  const subject = subjectOf(chain, prevalence.of(chain))
  const results: FactorResult[] = []
  for (const each of chain.contradictions) results.push({ id: each.id, bits: round(bitsOf(each)), says: each.says })
  for (const factor of factorsFor(chain)) {
    const weight = factor.weigh(subject)
    if (weight) results.push({ id: factor.id, bits: round(weight.bits), says: weight.says })
  }
  results.sort((a, b) => b.bits - a.bits)
  const bits = round(results.reduce((sum, r) => sum + r.bits, 0))
  const severity = thresholds.find(([, from]) => bits >= from)?.[0] ?? 'informational'
  return { chain, verdict: verdictOf(chain, bits, runsAreVisible), score: { bits, severity, factors: results } }
}

/** What a task does counts where something about it is wrong; a doubt without weight does not make an ordinary shell suspicious. */
function factorsFor(chain: Chain): readonly Factor[] {
  if (chain.partOf !== null) return factorsOfPart
  const isOnlyDoubt = chain.contradictions.length > 0 && chain.contradictions.every((c) => bitsOf(c) <= 0)
  return isOnlyDoubt ? [] : factors
}

/** A tenth of a bit is finer than any weight is known. */
const round = (bits: number): number => Math.round(bits * 10) / 10

function verdictOf(chain: Chain, bits: number, runsAreVisible: boolean): Verdict {
  if (chain.runs.length > 0) return bits >= outlierFrom ? 'outlier' : 'ordinary'
  return runsAreVisible ? 'not-run' : 'run-not-visible'
}
