import { expect, test } from 'vitest'
import { isLike } from './wildcard.ts'

test.each([
  ['CORP\\adm-ann', 'corp\\adm-*'],
  ['CORP\\adm-ann', '*\\adm-ann'],
  ['CORP\\adm-ann', '*'],
  ['ab', 'ab'],
  ['abcbc', 'a*b*bc'],
])('%s is like %s', (text, pattern) => {
  expect(isLike(text, pattern)).toBe(true)
})

test.each([
  ['CORP\\ann', 'corp\\adm-*'],
  ['ab', 'a'],
  ['aba', 'ab*ba'],
  ['', 'a*'],
])('%s is not like %s', (text, pattern) => {
  expect(isLike(text, pattern)).toBe(false)
})
