import { expect, test } from 'vitest'
import { bitsOf } from './contradictions.ts'

const says = 'Something is wrong.'

test('a task that nobody can list outranks one whose registry contradicts itself', () => {
  const missing = bitsOf({ id: 'hidden-by-descriptor', descriptor: 'missing', says })
  const denies = bitsOf({ id: 'hidden-by-descriptor', descriptor: 'denies', says })
  const underOne = bitsOf({ id: 'registry-doubts', isUnderBoth: false, says })
  const underBoth = bitsOf({ id: 'registry-doubts', isUnderBoth: true, says })
  expect([missing, denies, underOne, underBoth]).toEqual([10, 8, 5, 3])
})

test('what nobody has verified weighs nothing', () => {
  expect([bitsOf({ id: 'hash-differs', says }), bitsOf({ id: 'registry-oddities', says })]).toEqual([0, 0])
})
