import type { ArrivalDelay } from '../model/coverage-report.ts'

/** Records by how long they were under way: steps of a fifth, from one second on. What came before it happened came at once. */
export type Delays = Map<number, number>

const shortest = 1_000
const stepsToDouble = 4
/** More than thirty years. */
const mostSteps = 120

export function noteDelay(delays: Delays, ms: number): void {
  const step = ms <= shortest ? 0 : Math.min(mostSteps, Math.ceil(stepsToDouble * Math.log2(ms / shortest)))
  delays.set(step, (delays.get(step) ?? 0) + 1)
}

export function addDelays(to: Delays, from: Delays): void {
  for (const [step, count] of from) to.set(step, (to.get(step) ?? 0) + count)
}

/** Null where no record tells. */
export function delayOf(delays: Delays): ArrivalDelay | null {
  const steps = [...delays].sort(([a], [b]) => a - b)
  const records = steps.reduce((sum, [, count]) => sum + count, 0)
  if (records === 0) return null
  const within = (share: number): number => {
    let [left, slowest] = [share * records, 0]
    for (const [step, count] of steps) {
      slowest = step
      left -= count
      if (left <= 0) break
    }
    return Math.round(shortest * 2 ** (slowest / stepsToDouble))
  }
  return { records, median: within(0.5), p95: within(0.95) }
}
