import { expect, test } from 'vitest'
import { madeClearedLog } from '../lab/made-chains.ts'
import { NoBaseline, scoreClearedLog } from './index.ts'

const score = (...of: Parameters<typeof madeClearedLog>) =>
  scoreClearedLog(madeClearedLog(...of), new NoBaseline(), false)

test('a cleared log is a finding by itself', () => {
  expect(score({ by: { user: 'CORP\\bob' } })).toMatchObject({
    verdict: 'run-not-visible',
    score: {
      bits: 3,
      severity: 'low',
      factors: [{ id: 'log-cleared', bits: 3, says: 'CORP\\bob cleared the log Security.' }],
    },
    baseline: null,
  })
  expect(score().score.factors[0]?.says).toBe('Somebody cleared the log Security.')
})

test('so is one whose file holds nothing, which nobody is known to have wiped', () => {
  expect(score({ how: 'zeroed', log: 'System' }).score).toMatchObject({
    bits: 3,
    factors: [
      { id: 'log-wiped', says: 'The file of the log System holds nothing but zeros: it was wiped, or never copied.' },
    ],
  })
})

test('it names the baseline and the settings of its scan, as any finding does', () => {
  const settings = { id: 's1', taskAuthor: null, commandLineRegex: [], executionWindow: null }
  const scored = scoreClearedLog(madeClearedLog(), { id: 'b1' }, true, { settings, patternsIn: () => [] })
  expect(scored).toMatchObject({ verdict: 'not-run', baseline: 'b1', settings: { id: 's1' } })
})
