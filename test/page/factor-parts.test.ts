import { expect, test } from 'vitest'
import { factorPart } from '../../src/report/factor-parts.ts'
import { factorsOfChange, factorsOfRuns } from '../../src/score/factors/index.ts'

test('what ran is told apart from the change, whatever factors there are', () => {
  expect(factorsOfRuns.filter(({ id }) => factorPart(id) !== 'ran').map(({ id }) => id)).toEqual([])
  expect(factorsOfChange.filter(({ id }) => factorPart(id) === 'ran').map(({ id }) => id)).toEqual([])
})
