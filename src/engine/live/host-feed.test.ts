import { describe, expect, test } from 'vitest'
import type { ProcessEnded } from '../../model/fact.ts'
import { HostFeed } from './host-feed.ts'
import { liveSettings } from './settings.ts'

const base = Date.UTC(2024, 4, 1, 12)
const minute = 60_000

/** A record of a channel, minutes after the beginning. */
const record = (at: number, recordId = Math.round(at * 100) + 1, source = 0): ProcessEnded => ({
  kind: 'process-ended',
  exitCode: null,
  time: base + at * minute,
  ticks: 0,
  host: 'ws1',
  source,
  channel: 'Security',
  eventId: 4689,
  recordId,
  position: recordId,
  pid: 8,
  guid: null,
  image: null,
})

/** Minutes of what a feed gives out; late ones with an `L`. */
const told = (inTurn: ReturnType<HostFeed['add']>): string[] =>
  inTurn.map(({ fact, isLate }) => `${(fact.time - base) / minute}${isLate ? 'L' : ''}`)

describe('a feed', () => {
  test('keeps facts until the lateness is over, and gives them out in order', () => {
    const feed = new HostFeed(liveSettings)
    expect(told(feed.add('a', record(1)))).toEqual([])
    expect(told(feed.add('a', record(0.5)))).toEqual([])
    expect(told(feed.add('a', record(2.5)))).toEqual(['0.5', '1'])
    expect(told(feed.end())).toEqual(['2.5'])
  })

  test('gives out at once, and marked, what comes later than that', () => {
    const feed = new HostFeed(liveSettings)
    feed.add('a', record(0))
    feed.add('a', record(10))
    expect(told(feed.add('a', record(5)))).toEqual(['5L'])
    expect(told(feed.add('a', record(9)))).toEqual([])
  })

  test('waits for the slowest of its sources, until that has been silent for too long', () => {
    const feed = new HostFeed(liveSettings)
    feed.advance('slow', base)
    expect(told(feed.add('a', record(1)))).toEqual([])
    expect(told(feed.add('a', record(9)))).toEqual([])
    expect(told(feed.add('slow', record(3)))).toEqual(['1'])
    expect(told(feed.add('a', record(12)))).toEqual([])
    // ten minutes and more behind: nobody waits for it any longer
    expect(told(feed.add('a', record(14)))).toEqual(['3', '9', '12'])
  })

  test('tells a record once: as one fact with both inputs while it waits, not at all when it comes again', () => {
    const feed = new HostFeed(liveSettings)
    feed.add('a', record(1, 7, 0))
    feed.add('b', record(1, 7, 3))
    const inTurn = feed.end()
    expect(inTurn.map(({ fact, alsoIn }) => [fact.recordId, alsoIn])).toEqual([[7, [3]]])
    expect(feed.add('c', record(1, 7, 5))).toEqual([])
    // the log was cleared since: the same id at another time is another record
    expect(told(feed.add('c', record(0.9, 7, 5)))).toEqual(['0.9L'])
  })

  test('that has more facts waiting than it may keep gives out the oldest, and counts them', () => {
    const feed = new HostFeed({ ...liveSettings, waiting: 10 })
    const out = [...Array(25).keys()].flatMap((n) => told(feed.add('a', record(1 + n / 1000, n + 1))))
    expect(out).toHaveLength(15)
    expect(feed.hurried).toBe(15)
  })

  test('forgets which records it has seen when there were very many since', () => {
    const feed = new HostFeed({ ...liveSettings, recent: 100, recentTime: Number.POSITIVE_INFINITY })
    for (let n = 0; n < 300; n++) feed.add('a', record(n, n + 1))
    expect(told(feed.add('b', record(290, 291)))).toEqual([])
    expect(told(feed.add('b', record(10, 11)))).toEqual(['10L'])
  })
})
