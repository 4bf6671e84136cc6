import { expect, test } from 'vitest'
import { LookQueue } from './look-queue.ts'

test('shards in which somebody changed a task come first, then those with a run, and others after a while', () => {
  const looks = new LookQueue(100)
  looks.add('d', 'eventually', 0)
  looks.add('b', 'soon', 1)
  looks.add('c', 'soon', 2)
  looks.add('a', 'urgent', 3)
  // what is urgent stays so, and what waits keeps its place
  looks.add('a', 'eventually', 4)
  looks.add('b', 'soon', 5)
  const order: (string | null)[] = []
  for (let i = 0; i < 4; i++) {
    const next = looks.next(50, false)
    order.push(next)
    if (next !== null) looks.done(next)
  }
  expect(order).toEqual(['a', 'b', 'c', null])
  expect([looks.next(99, false), looks.next(100, false), looks.next(0, true)]).toEqual([null, 'd', 'd'])
  looks.add('d', 'urgent', 5)
  expect([looks.next(5, false), looks.size, looks.has('d')]).toEqual(['d', 1, true])
})
