import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WindowsRecord } from '../model/record.ts'
import { activityOf, channelCoverage, logsOf } from './channels.ts'
import { addLogCounts, LogCounter, type LogCounts, noLogCounts } from './log-counts.ts'

const begins = Date.UTC(2024, 4, 1)

const record = (fields: Partial<WindowsRecord>): WindowsRecord => ({
  ...{ provider: 'p', channel: 'Security', eventId: 4624, version: 0, computer: 'WS1', recordId: 1, processId: 4 },
  ...{ userSid: null, activityId: null, source: 0, position: 0, time: begins, ticks: 0 },
  field: () => undefined,
  ...fields,
})

function counted(records: readonly WindowsRecord[]): LogCounts {
  const counter = new LogCounter(noLogCounts())
  for (const one of records) counter.note(one, 600)
  return counter.counts
}

const plain = ({ slot, cells, series }: LogCounts) => ({
  ...{ slot, cells },
  series: [...series]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { cells: own, events, isWhole, delays }]) => ({
      ...{ key, isWhole },
      cells: [...own].sort(([a], [b]) => a - b),
      events: [...events].sort(([a], [b]) => a - b),
      delays: [...delays].sort(([a], [b]) => a - b),
    })),
})

const anyRecord = fc
  .record({
    time: fc.integer({ min: begins, max: begins + 400 * 86_400_000 }),
    recordId: fc.integer({ min: 1, max: 50 }),
    eventId: fc.constantFrom(1, 4624, 4688),
    channel: fc.constantFrom('Security', 'System'),
    computer: fc.constantFrom('ws1', 'WS2'),
    source: fc.constantFrom(0, 1),
    arrived: fc.option(fc.integer({ min: begins, max: begins + 400 * 86_400_000 })),
  })
  .map((fields) => record({ ...fields, position: fields.time }))

test('the counts are the same however the records are shared out among threads', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyRecord, fc.integer({ min: 0, max: 2 })), { maxLength: 60 }), (dealt) => {
      const whole = counted(dealt.map(([one]) => one))
      const parts = [0, 1, 2].map((thread) => counted(dealt.flatMap(([one, to]) => (to === thread ? [one] : []))))
      const joined = noLogCounts()
      for (const part of parts) addLogCounts(joined, part)
      expect(plain(joined)).toEqual(plain(whole))
    }),
    { numRuns: 60 },
  )
})

describe('too many pieces of time', () => {
  test('become longer ones, and no record is lost', () => {
    const counter = new LogCounter(noLogCounts())
    const hour = 3_600_000
    for (let i = 0; i < 410_000; i++) counter.note(record({ time: begins + i * hour, recordId: i + 1 }), 1)
    const [series] = [...counter.counts.series.values()]
    expect(counter.counts.cells).toBeLessThanOrEqual(400_000)
    expect([...(series?.cells.values() ?? [])].reduce((sum, { count }) => sum + count, 0)).toBe(410_000)
  })
})

describe('a log', () => {
  const log = (records: readonly WindowsRecord[]) => {
    const logs = logsOf([...counted(records).series.values()])
    return channelCoverage(logs[0] as (typeof logs)[number], activityOf(logs))
  }
  const every = (minutes: number, n: number, fields: (i: number) => Partial<WindowsRecord> = () => ({})) =>
    Array.from({ length: n }, (_, i) => record({ time: begins + i * minutes * 60_000, recordId: i + 1, ...fields(i) }))

  test('counts once what two inputs hold', () => {
    const twice = [...every(5, 40), ...every(5, 40, () => ({ source: 1 }))]
    expect(log(twice)).toMatchObject({ records: 40, gaps: [] })
  })

  test('that was cleared begins its ids anew, which is no hole', () => {
    expect(log(every(5, 40, (i) => ({ recordId: i < 20 ? 900 + i : i - 19 })))).toMatchObject({
      gaps: [],
      isPart: false,
    })
  })

  test('whose records lie crosswise in time has no hole', () => {
    expect(log(every(5, 40, (i) => ({ recordId: (i ^ 1) + 1 })))).toMatchObject({ gaps: [] })
  })

  test('with holes everywhere is an export of a part, which are not told one by one', () => {
    expect(log(every(15, 40, (i) => ({ recordId: i * 7 + 1 })))).toMatchObject({ gaps: [], isPart: true })
  })
})
