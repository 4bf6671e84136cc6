import { expect, test } from 'vitest'
import { append, refill } from './lists.ts'

test('lists may be longer than the stack', () => {
  const many = Array.from({ length: 300_000 }, (_, i) => i)
  const list = [-1]
  append(list, many)
  expect(list.length).toBe(300_001)
  refill(list, many)
  expect(list.at(-1)).toBe(299_999)
  expect(list.length).toBe(300_000)
})
