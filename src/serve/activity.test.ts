import { expect, test } from 'vitest'
import { Activity } from './activity.ts'
import type { ReadPost, ShardFacts } from './ports.ts'
import type { ServiceStatus } from './service.ts'

const status: ServiceStatus = {
  intake: { posts: 1, records: 2, bytes: 10, refusedFull: 0, refusedUnavailable: 0 },
  ...{ waitingBytes: 7, log: { entries: 5, applied: 5, syncs: 1 }, looks: 0, hot: 1, time: 900, fault: null },
}
const read = (last: number): ReadPost => ({
  ...{ records: 2, contentBytes: 10, clock: null, problems: [], unlisted: 3 },
  shards: [{ last, contentHashes: new Float64Array(1) } as unknown as ShardFacts],
})

test('what is read counts for its source and for all', () => {
  const activity = new Activity(1)
  activity.count('a', read(400), 10, 500)
  activity.count('a', read(300), 10, 700)
  const { totals, sources, started, appliedUntil } = activity.state(status, 0)
  expect([started, appliedUntil]).toEqual([1, null])
  expect(totals).toMatchObject({ records: 2, facts: 2, problems: 6 })
  expect(sources).toEqual([{ name: 'a', records: 4, facts: 2, bytes: 20, problems: 6, arrived: 700, newest: 400 }])
})

test('senders who name ever more sources are counted as one', () => {
  const activity = new Activity(1)
  for (let n = 0; n < 20_000; n++) activity.count(`s${n}`, read(1), 1, n)
  const { sources } = activity.state(status, 0)
  expect(sources).toHaveLength(10_000)
  expect(sources.find(({ name }) => name === 'others')).toMatchObject({ records: 2 * (20_000 - 9_999) })
})

test('what waits and what keeps it from taking more is told', () => {
  const told = new Activity(1).state(
    { ...status, fault: 'the disk is full', log: { entries: 9, applied: 5, syncs: 1 } },
    4,
  )
  expect(told).toMatchObject({ phase: 'refusing', refusal: 'the disk is full', appliedUntil: 900 })
  expect([told.queue.entries, told.totals.late]).toEqual([4, 4])
})
