import { expect, test } from 'vitest'
import { addDelays, type Delays, delayOf, noteDelay } from './delays.ts'

const delays = (...ms: number[]): Delays => {
  const noted: Delays = new Map()
  for (const one of ms) noteDelay(noted, one)
  return noted
}

test('of a hundred records half came within a few seconds, and the late ones are told apart', () => {
  const many = Array.from({ length: 100 }, (_, i) => (i < 90 ? 4_000 : 3_600_000))
  expect(delayOf(delays(...many))).toEqual({ records: 100, median: 4_000, p95: expect.closeTo(3_600_000, -6) })
})

test('what is told is never less than it was, and at most a fifth more', () => {
  for (const ms of [1_001, 7_777, 86_399_000, 2_592_000_001]) {
    const { median } = delayOf(delays(ms)) as { median: number }
    expect(median / ms).toBeGreaterThanOrEqual(1 - 1e-3)
    expect(median / ms).toBeLessThan(1.2)
  }
})

test('a clock that goes wrong makes no delay, and none is none', () => {
  expect(delayOf(delays(-5_000, 10))).toEqual({ records: 2, median: 1_000, p95: 1_000 })
  expect(delayOf(delays())).toBeNull()
})

test('counts of two threads are those of one', () => {
  const [one, other] = [delays(1, 5_000), delays(5_000, 9e9)]
  addDelays(one, other)
  expect(one).toEqual(delays(1, 5_000, 5_000, 9e9))
})
