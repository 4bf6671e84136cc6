import type { ClearedLog, TaskChain } from '../model/chain.ts'
import { counted } from '../model/counted.ts'
import type { FactorResult, ScoredChain, Severity, Verdict } from '../model/finding.ts'
import type { SettingsInForce } from '../model/settings.ts'
import type { Baseline } from './baseline/own.ts'
import { weighClearedLog } from './cleared-log.ts'
import { bitsOf } from './contradictions.ts'
import type { Factor } from './factor.ts'
import { executionWindow } from './factors/execution-window.ts'
import { factorsOfChange, factorsOfPart, factorsOfRuns, factorsOfSettings } from './factors/index.ts'
import { runIntrusion } from './factors/intrusion.ts'
import { madeByPerson } from './factors/made-by-person.ts'
import type { Known } from './known.ts'
import { isSystemAccount, type Subject, subjectOf } from './subject.ts'
import { traitFactors } from './trait-factors.ts'
import { type TraitLimits, traitLimits } from './traits/total.ts'

export { LearnedBaseline } from './baseline/learned.ts'
export { idOf, Learning } from './baseline/learning.ts'
export { type Baseline, NoBaseline, OwnBaseline } from './baseline/own.ts'
export type { Known } from './known.ts'

const lowFrom = 3
/** From how many bits on a chain has a severity; below the last it is informational. */
const thresholds: readonly (readonly [Severity, number])[] = [
  ['critical', 20],
  ['high', 14],
  ['medium', 8],
  ['low', lowFrom],
]
const outlierFrom = 8

export const severityOf = (bits: number): Severity =>
  thresholds.find(([, from]) => bits >= from)?.[0] ?? 'informational'

/** The bits from which on a chain has a severity; none for the lowest. */
export const bitsFrom = (severity: Severity): number =>
  thresholds.find(([one]) => one === severity)?.[1] ?? Number.NEGATIVE_INFINITY

/** What the verdict would be with so many bits. */
export const verdictAt = (verdict: Verdict, bits: number): Verdict =>
  verdict === 'outlier' || verdict === 'ordinary' ? (bits >= outlierFrom ? 'outlier' : 'ordinary') : verdict

/** Weighs a chain against what is ordinary. */
export function scoreChain(
  chain: TaskChain,
  known: Known,
  runsAreVisible: boolean,
  inForce: SettingsInForce | null = null,
): ScoredChain<TaskChain> {
  const { followed, later } = withinWindow(chain, inForce)
  const subject = subjectOf(followed, known, inForce)
  const results = [...resultsOf(subject), ...later].sort((a, b) => b.bits - a.bits)
  const bits = round(results.reduce((sum, r) => sum + r.bits, 0))
  return {
    chain,
    verdict: verdictOf(followed, bits, runsAreVisible),
    score: { bits, severity: severityOf(bits), factors: results },
    baseline: known.rarity?.baseline ?? null,
    settings: inForce?.settings ?? null,
  }
}

/** Weighs a log that was cleared. Neither baseline nor settings change that; the finding names them as any other of its scan does. */
export function scoreClearedLog(
  chain: ClearedLog,
  { id }: Pick<Baseline, 'id'>,
  runsAreVisible: boolean,
  inForce: SettingsInForce | null = null,
): ScoredChain<ClearedLog> {
  const factor = weighClearedLog(chain)
  return {
    chain,
    verdict: notSeenToRun(runsAreVisible),
    score: { bits: factor.bits, severity: severityOf(factor.bits), factors: [factor] },
    baseline: id,
    settings: inForce?.settings ?? null,
  }
}

function resultsOf(subject: Subject): FactorResult[] {
  const { results, limits } = weighOthers(subject)
  return limits === undefined ? results : [...results, ...traitFactors(subject, limits)]
}

/** What counts beside a task's traits, and how far these count then. */
export interface Others {
  readonly results: FactorResult[]
  /** Undefined where the traits do not count at all. */
  readonly limits: TraitLimits | undefined
}

/** What a task does counts where something about it is wrong; a doubt without weight does not make an ordinary shell suspicious. */
export function weighOthers(subject: Subject): Others {
  const { chain } = subject
  const results = chain.contradictions.map((each) => ({ id: each.id, bits: round(bitsOf(each)), says: each.says }))
  if (chain.partOf !== null) return { results: [...results, ...weighed(factorsOfPart, subject)], limits: undefined }
  const isOnlyDoubt = results.length > 0 && results.every(({ bits }) => bits <= 0)
  if (isOnlyDoubt) return { results, limits: undefined }
  const change = weighed(factorsOfChange, subject)
  const ran = weighed(factorsOfRuns, subject)
  const settings = subject.settings === null ? [] : weighed(factorsOfSettings, subject)
  return { results: [...results, ...change, ...ran, ...settings], limits: limitsFor(subject, change, ran) }
}

/**
 * How far a task's own looks may count: they never cancel what ran, a task that a person made to run as SYSTEM stays something to look
 * at, and an intent that the run has shown counts as the run's.
 */
function limitsFor({ runsAs }: Subject, change: readonly FactorResult[], ran: readonly FactorResult[]): TraitLimits {
  if (ran.some(({ bits }) => bits > 0))
    return { habits: 0, told: ran.some(({ id }) => id === runIntrusion.id) ? ['intent'] : [] }
  const byPerson = isSystemAccount(runsAs) ? change.find(({ id }) => id === madeByPerson.id) : undefined
  if (!byPerson) return traitLimits
  return { ...traitLimits, habits: Math.max(0, Math.min(traitLimits.habits, byPerson.bits - lowFrom)) }
}

function weighed(factors: readonly Factor[], subject: Subject): FactorResult[] {
  return factors.flatMap((factor) => {
    const weight = factor.weigh(subject)
    return weight ? [{ id: factor.id, bits: round(weight.bits), says: weight.says }] : []
  })
}

/** A tenth of a bit is finer than any weight is known. */
const round = (bits: number): number => Math.round(bits * 10) / 10

const day = 86_400_000

/**
 * The chain with those of its runs that the settings' `ExecutionWindow` takes for following the change. The tie lasts as long as the task;
 * what runs later than that is shown and not weighed.
 */
function withinWindow(
  chain: TaskChain,
  inForce: SettingsInForce | null,
): { followed: TaskChain; later: FactorResult[] } {
  const days = inForce?.settings.executionWindow?.days ?? null
  const { change, runs } = chain
  if (days === null || change === null) return { followed: chain, later: [] }
  const following = runs.filter(({ time }) => time <= change.time + days * day)
  const count = runs.length - following.length
  if (count === 0) return { followed: chain, later: [] }
  const says = `${counted(count, 'run')} later than ${counted(days, 'day')} after the change ${count === 1 ? 'does' : 'do'} not count: ExecutionWindow.`
  return {
    followed: { ...chain, runs: following, runSummary: null },
    later: [{ id: executionWindow.id, bits: 0, says }],
  }
}

function verdictOf(chain: TaskChain, bits: number, runsAreVisible: boolean): Verdict {
  if (chain.runs.length > 0) return bits >= outlierFrom ? 'outlier' : 'ordinary'
  return notSeenToRun(runsAreVisible)
}

const notSeenToRun = (runsAreVisible: boolean): Verdict => (runsAreVisible ? 'not-run' : 'run-not-visible')
