import type { FactorResult } from '../model/finding.ts'
import { countsOf, evidenceOf } from './evidence-of.ts'
import { quote } from './factor.ts'
import type { Subject } from './subject.ts'
import { traits } from './traits/index.ts'
import { counted, type TraitLimits } from './traits/total.ts'

/**
 * The factors that a definition and the command lines of what it started give, each with its counts. Of traits that say the same only
 * the heaviest counts, and what a task's author chooses makes it look only so much more ordinary.
 */
export function traitFactors(subject: Subject, limits: TraitLimits): FactorResult[] {
  if (subject.launches.length === 0) return []
  const seen = traits.flatMap((trait) => {
    const evidence = evidenceOf(trait.id)
    const shown = evidence.bits === 0 ? undefined : trait.seen(subject)
    return shown === undefined ? [] : [{ trait, evidence, shown, group: trait.group, bits: evidence.bits }]
  })
  return counted(seen, limits).map(({ trait, evidence, shown, bits }) => ({
    id: trait.id,
    bits: Math.round(bits * 10) / 10,
    says: `${countsOf(evidence)} ${trait.says}; here “${quote(shown)}”.`,
  }))
}
