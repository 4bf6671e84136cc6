import { expect, test } from 'vitest'
import { madeChain } from '../lab/made-chains.ts'
import { severityOf } from './index.ts'
import { turnsOf } from './turns.ts'

const weighed = (...bits: number[]) => {
  const sum = bits.reduce((all, one) => all + one, 0)
  return {
    chain: madeChain({}),
    verdict: sum >= 8 ? ('outlier' as const) : ('ordinary' as const),
    score: {
      bits: sum,
      severity: severityOf(sum),
      factors: bits.map((one, i) => ({ id: `f${i}`, bits: one, says: '' })),
    },
    baseline: null,
    settings: null,
  }
}

test('how much is missing to the next severity, and none to the highest', () => {
  expect(turnsOf(weighed(6, 3)).next).toEqual({ severity: 'high', bits: 5 })
  expect(turnsOf(weighed(25)).next).toBeNull()
})

test('a reason counts where severity or verdict would be another without it', () => {
  const { without } = turnsOf(weighed(6, 3, 0.5, -0.5))
  expect(without.map(({ factor, severity, verdict }) => [factor.id, severity, verdict])).toEqual([
    ['f0', 'low', 'ordinary'],
    ['f1', 'low', 'ordinary'],
  ])
})

test('the fewest reasons that make it a finding', () => {
  expect(turnsOf(weighed(6, 4, 2)).toNone.map(({ id }) => id)).toEqual(['f0', 'f1'])
  expect(turnsOf(weighed(1)).toNone).toEqual([])
})
