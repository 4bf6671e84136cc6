import { expect, test } from 'vitest'
import { madeChain } from '../lab/made-chains.ts'
import { type ScoredChain, type Severity, severities } from '../model/finding.ts'
import { shownOf } from './shown.ts'

const one = (severity: Severity, bits: number): ScoredChain => ({
  chain: madeChain({ id: `${severity}-${bits}` }),
  verdict: 'not-run',
  score: { bits, severity, factors: [] },
  baseline: null,
  settings: null,
})
const chains = severities.map((severity, i) => one(severity, 4 * i))
const idsOf = (options: Parameters<typeof shownOf>[1]) => shownOf({ chains }, options).map(({ chain }) => chain.id)

test('nothing below the severity that is asked for, low where none is', () => {
  expect(idsOf({ all: false })).toEqual(['low-4', 'medium-8', 'high-12', 'critical-16'])
  expect(idsOf({ all: true })).toHaveLength(5)
  expect(idsOf({ all: false, minSeverity: 'high' })).toEqual(['high-12', 'critical-16'])
  expect(idsOf({ all: false, minSeverity: 'informational' })).toHaveLength(5)
})

test('a limit leaves the worst, in the order of the result', () => {
  expect(idsOf({ all: true, limit: 2 })).toEqual(['high-12', 'critical-16'])
  expect(idsOf({ all: true, limit: null })).toHaveLength(5)
})
