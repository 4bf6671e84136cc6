import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type LiveSettings, liveSettings } from '../../src/engine/live/settings.ts'
import type { Fact } from '../../src/model/fact.ts'
import { hostFacts, times } from './host-facts.ts'
import { differenceOf, KeptLive, scanned } from './live-shard.ts'

const hour = 3_600_000

/** Bases move every few hours, so that a day has several. */
const settings: LiveSettings = { ...liveSettings, horizon: 3 * hour }

interface Known {
  readonly name: string
  readonly facts: readonly Fact[]
  readonly expected: readonly string[]
}

const hosts: Known[] = []
const real: Known[] = []
beforeAll(async () => {
  for (const { name, facts } of await hostFacts()) {
    const known = { name, facts, expected: scanned(facts) }
    if (name.startsWith('lab')) hosts.push(known)
    else real.push(known)
  }
})

const hashOf = ({ source: _, position: __, ...fact }: Fact): number =>
  fact.recordId === 0 ? createHash('sha256').update(JSON.stringify(fact)).digest().readUIntBE(0, 6) : 0

/** No sender waits longer for others to send a record with. */
const longestBatch = 600_000

/** What happens to a shard while facts arrive. */
interface Course {
  /** How late each fact is, again and again. */
  readonly delays: readonly number[]
  /** How many facts come at once. */
  readonly batches: readonly number[]
  /** Of so many batches one comes a second time, so much later, from the same source or another. */
  readonly again: { readonly each: number; readonly later: number; readonly source: number }
  /** After each so many batches. */
  readonly looks: number
  readonly cools: number
  readonly restarts: number
  readonly ticks: number
}

const course = (mostDelay: number): fc.Arbitrary<Course> => {
  const each = fc.integer({ min: 1, max: 40 })
  return fc.record({
    delays: fc.array(fc.oneof(fc.nat(1_000), fc.nat(60_000), fc.nat(mostDelay)), { minLength: 1, maxLength: 20 }),
    batches: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 10 }),
    again: fc.oneof(
      fc.record({ each: fc.integer({ min: 2, max: 10 }), later: fc.nat(hour / 2), source: fc.constant(0) }),
      fc.record({ each: fc.integer({ min: 2, max: 10 }), later: fc.nat(20 * hour), source: fc.constant(1) }),
    ),
    looks: each,
    cools: each,
    restarts: each,
    ticks: each,
  })
}

const cycled = (values: readonly number[], place: number): number => values[place % values.length] as number

/** A fact and when it happened, which its host's clock may have shown otherwise. */
interface Happened {
  readonly fact: Fact
  readonly at: number
}

const asDated = (facts: readonly Fact[]): Happened[] => facts.map((fact) => ({ fact, at: fact.time }))

function told(facts: readonly Happened[], { delays, batches, again, ...every }: Course, of = settings): KeptLive {
  const coming = facts.map(({ fact, at }, place) => ({ fact, at: at + cycled(delays, place) }))
  coming.sort((a, b) => a.at - b.at)
  const posts: { readonly facts: readonly Fact[]; readonly at: number }[] = []
  for (let from = 0; from < coming.length; ) {
    const sent = (coming[from]?.at ?? 0) + longestBatch
    const some = coming.slice(from, from + cycled(batches, posts.length)).filter(({ at }) => at <= sent)
    from += some.length
    posts.push({ facts: some.map(({ fact }) => fact), at: some.at(-1)?.at ?? 0 })
  }
  for (const [place, post] of [...posts].entries()) {
    if (place % again.each > 0) continue
    const copies = post.facts.map((fact) => ({ ...fact, source: fact.source + again.source }))
    posts.push({ facts: copies, at: post.at + again.later })
  }
  posts.sort((a, b) => a.at - b.at)
  const kept = new KeptLive(of)
  for (const [place, post] of posts.entries()) {
    kept.take(post.facts, post.at, hashOf)
    if (place % every.looks === 0) {
      const now = kept.told()
      if (place % (5 * every.looks) === 0) expect(differenceOf(kept.toldAgain(), now)).toBe(null)
    }
    if (place % every.cools === 0) kept.live.cool()
    if (place % every.restarts === 0) kept.restart()
    if (place % every.ticks === 0) kept.live.tick(kept.live.nextTick() ?? post.at)
  }
  kept.live.tick((posts.at(-1)?.at ?? 0) + hour)
  return kept
}

/** The same day, from a moment on by a clock that was set back, with scripts in parts, and short names in some records. */
function disturbed(facts: readonly Fact[], share: number): Happened[] {
  const from = Math.floor(facts.length * share)
  const back = 40 * 60_000
  const { time, ...first } = facts[from] as Fact
  const clock = { ...first, channel: 'Security', eventId: 4616, user: null, from: time, to: time - back }
  const all: Happened[] = facts.map((fact, n) => {
    const host = n % 3 === 0 ? (fact.host.split('.')[0] as string) : fact.host
    return { fact: { ...fact, host, time: n < from ? fact.time : fact.time - back }, at: fact.time }
  })
  all.push({
    fact: { ...clock, kind: 'clock-changed', time: time - back, recordId: 0, position: 1e9 } as Fact,
    at: time,
  })
  const texts = ['Register-Sched', "uledTask -TaskName 'Upd", "ater' -Action $a"]
  for (let n = 20; n + 9 < facts.length; n += 97) {
    for (const [part, text] of texts.entries()) {
      const { fact, at } = all[n + 3 * part] as Happened
      const { ticks, source, host } = fact
      const head = {
        time: fact.time,
        ticks,
        source,
        host: host.split('.')[0] as string,
        eventId: 4104,
        recordId: 1e6 + n + part,
      }
      all.push({
        fact: {
          ...{
            ...head,
            kind: 'script-ran',
            by: '4104',
            channel: 'Microsoft-Windows-PowerShell/Operational',
            position: 2e9 + n + part,
          },
          ...{ pid: 4000, userSid: null, scriptBlockId: `{${n}}`, part: part + 1, parts: 3, text, file: null },
          ...{ command: null, moreCommands: null, made: null },
        },
        at,
      })
    }
  }
  return all
}

describe('a live shard tells what a scan tells', () => {
  test('in whatever order and batches facts arrive within the horizon, however often; and at any moment the same from what is kept', () => {
    let bases = 0
    fc.assert(
      fc.property(fc.nat(), course(settings.horizon - settings.skew - longestBatch), (which, how) => {
        const { name, facts, expected } = hosts[which % hosts.length] as Known
        const kept = told(asDated(facts), how)
        bases += kept.bases
        expect(differenceOf(kept.told(), expected), name).toBe(null)
        kept.restart()
        expect(differenceOf(kept.told(), expected), name).toBe(null)
      }),
      { numRuns: times(6), endOnFailure: true },
    )
    expect(bases).toBeGreaterThan(6)
  })

  test('of a host whose clock is set back, of which some records have the short name, and whose scripts come in parts', () => {
    const own = hosts.filter(({ facts }) => facts.length > 1_000)
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0.1, max: 0.9, noNaN: true }), course(hour), (which, share, how) => {
        const { name, facts } = own[which % own.length] as Known
        const all = disturbed(facts, share)
        const kept = told(all, how)
        const expected = scanned(all.map(({ fact }) => fact))
        expect(differenceOf(kept.told(), expected), name).toBe(null)
      }),
      { numRuns: times(2), endOnFailure: true },
    )
  })

  test('of real logs (skipped where they are not beside the repository)', () => {
    for (const { name, facts, expected } of real) {
      const how = { delays: [0, 5_000], batches: [7], again: { each: 3, later: hour, source: 1 } }
      const kept = told(asDated(facts), { ...how, looks: 5, cools: 7, restarts: 11, ticks: 3 })
      expect(differenceOf(kept.told(), expected), name).toBe(null)
    }
  })
})
