import { describe, expect, test } from 'vitest'
import type { LogEntry } from '../../src/serve/log/entries.ts'
import { Log } from '../../src/serve/log/log.ts'
import { LoggedIntake } from '../../src/serve/pipeline/intake.ts'
import type { ReadPost } from '../../src/serve/ports.ts'
import { postOf } from './fleet-posts.ts'
import { ForgetfulFiles } from './forgetful-files.ts'

const nothing: ReadPost = { records: 1, contentBytes: 1, shards: [], problems: [], unlisted: 0 }

/** An intake whose posts are read when somebody says so. */
async function opened(settings = { mostBytes: 100, mostPosts: 3 }) {
  const files = new ForgetfulFiles(1)
  const log = await Log.open(files, '/log', 0, { take: () => {}, damaged: () => {} })
  const reads: (() => void)[] = []
  const applied: { number: number; entry: LogEntry; bytes: number }[] = []
  const clock = { now: 1_000, elapsed: 0 }
  const intake = new LoggedIntake({
    reading: { read: () => new Promise((done) => reads.push(() => done(nothing))), close: async () => {} },
    ...{ log, settings, lastArrival: 500, now: () => clock.now, elapsed: () => clock.elapsed },
    applied: (number, entry, bytes) => applied.push({ number, entry, bytes }),
  })
  return { files, log, reads, applied, clock, intake }
}

const post = (bytes: number) => postOf('drop', 'x'.repeat(bytes))

/** Until all that can go on has gone on. */
const settled = () => new Promise((done) => setImmediate(done))

describe('the intake', () => {
  test('keeps posts in the log before it says so, and hands them on in the order in which they stand there', async () => {
    const { intake, reads, applied, clock } = await opened()
    const answers = [intake.take(post(10)), intake.take(post(20))]
    clock.now = 900 // a clock that is set back
    for (const read of reads.reverse()) read()
    expect(await Promise.all(answers)).toMatchObject([{ kind: 'kept', records: 1 }, { kind: 'kept' }])
    expect(applied.map(({ number, bytes }) => [number, bytes])).toEqual([
      [1, 20],
      [2, 10],
    ])
  })

  test('counts the log’s time on, whatever is done to the clock', async () => {
    const { intake, clock } = await opened()
    const times = [intake.arrivalNow()]
    for (const [now, elapsed] of [
      [990, 5], // kept right
      [1_010, 6],
      [900_000, 7], // set forward
      [2_000, 1_007], // and back
      [3_000, 2_007],
      [902_001, 3_007],
    ] as const) {
      Object.assign(clock, { now, elapsed })
      times.push(intake.arrivalNow())
    }
    expect(times).toEqual([1_000, 1_000, 1_010, 900_000, 901_000, 902_000, 902_001])
  })

  test('takes nothing beyond its bounds until something is applied', async () => {
    const { intake, reads } = await opened()
    const first = intake.take(post(60))
    expect([intake.hasRoomFor(40), intake.hasRoomFor(41)]).toEqual([true, false])
    expect(await intake.take(post(41))).toEqual({ kind: 'full', retryAfter: 2 })
    void intake.take(post(1))
    void intake.take(post(1))
    // three posts
    expect(intake.hasRoomFor(1)).toBe(false)
    reads[0]?.()
    await first
    expect(intake.hasRoomFor(1)).toBe(false)
    intake.done(60)
    expect([intake.hasRoomFor(98), intake.waitingBytes]).toEqual([true, 2])
    expect(intake.counts).toMatchObject({ posts: 1, records: 1, bytes: 60, refusedFull: 1 })
  })

  test('takes a post that is larger than its bounds where nothing else waits: nothing would ever make room for it', async () => {
    const { intake } = await opened()
    expect(intake.hasRoomFor(1_000)).toBe(true)
  })

  test('says that it is not available while the disk is full, forgets nothing, and goes on when there is room', async () => {
    const { intake, reads, files, clock, applied } = await opened()
    const kept = intake.take(post(10))
    reads[0]?.()
    expect(await kept).toMatchObject({ kind: 'kept' })
    files.room = 20
    const refused = intake.take(post(10))
    reads[1]?.()
    expect(await refused).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('ENOSPC') })
    // at once again, without asking the disk
    expect(await intake.take(post(10))).toMatchObject({ kind: 'unavailable' })
    expect(intake.hasRoomFor(1)).toBe(false)
    files.room = 10_000
    clock.now += 1_001
    const again = intake.take(post(10))
    reads[2]?.()
    expect(await again).toMatchObject({ kind: 'kept' })
    expect(applied.map(({ number }) => number)).toEqual([1, 2])
    expect([intake.waitingBytes, intake.counts.refusedUnavailable]).toEqual([20, 2])
  })

  test('refuses what is not kept yet when the service ends', async () => {
    const { intake, reads } = await opened()
    const inHand = intake.take(post(10))
    const closed = intake.close()
    reads[0]?.()
    await closed
    expect(await inHand).toMatchObject({ kind: 'unavailable', reason: 'the service ends' })
    expect(await intake.take(post(1))).toMatchObject({ kind: 'unavailable' })
    await settled()
    expect(intake.waitingBytes).toBe(0)
  })
})
