import { describe, expect, test } from 'vitest'
import { LiveShard } from '../../src/engine/live/live-shard.ts'
import { type LiveSettings, liveSettings } from '../../src/engine/live/settings.ts'
import { definitionOf, factMaker, storyBegins, underScheduler } from '../../src/lab/made-facts.ts'
import type { ClockChanged, Fact, ScriptRan } from '../../src/model/fact.ts'
import { differenceOf, KeptLive, scanned, toldOf } from './live-shard.ts'

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000]

const { launched, started, registered, head } = factMaker()
const created = (ms: number, task: string, command: string) =>
  registered(ms, task, { definition: definitionOf(command) })
const ran = (ms: number, pid: number, image: string) => started(ms, { pid, image, parentPid: 900, ...underScheduler })

/** A creation and its run. */
const story = (ms: number, task = '\\T') => [
  created(ms, task, 'C:\\run.exe'),
  launched(ms + minute, task, 50, 'C:\\run.exe'),
  ran(ms + minute + 1, 50, 'C:\\run.exe'),
]

/** Takes each fact when it happened, or as much later. */
function live(facts: readonly (Fact | readonly [fact: Fact, later: number])[], settings: LiveSettings = liveSettings) {
  const kept = new KeptLive(settings)
  for (const one of facts) {
    const [fact, later] = 'kind' in one ? [one, 0] : one
    kept.take([fact], fact.time + later)
  }
  return kept
}

/** Somebody looks after each fact at all that came. */
function watched(facts: readonly Fact[], settings: LiveSettings = liveSettings): KeptLive {
  const kept = new KeptLive(settings)
  for (const fact of facts) {
    kept.take([fact], fact.time)
    kept.live.tick(kept.live.light().now + liveSettings.idle)
    kept.live.sights()
  }
  return kept
}

/** Nothing more comes. */
function ended(kept: KeptLive): KeptLive {
  kept.live.tick(kept.live.light().now + hour)
  return kept
}

describe('a record that is dated far ahead', () => {
  const future = { ...started(0, { pid: 77, image: 'C:\\future.exe' }), time: Date.UTC(2099, 0, 1) }

  test('holds nobody back and makes nobody late, and is told in its place', () => {
    const facts = [...story(0), ...story(hour, '\\Later')]
    const kept = live([[future, storyBegins - future.time], ...facts])
    expect(kept.live.light().done).toBeLessThan(storyBegins + 2 * hour)
    expect(kept.live.sights().lost.late).toBe(0)
    expect(differenceOf(ended(kept).told(), scanned([...facts, future]))).toBe(null)
  })

  test('is given up where there are more of them than can be kept', () => {
    const many = [...Array(30).keys()].map((n) => ({ ...future, time: future.time + n, recordId: 1e6 + n }))
    const kept = new KeptLive({ ...liveSettings, tailFacts: 40, futureFacts: 10 })
    kept.take(many, storyBegins)
    kept.take(story(0), storyBegins + 2 * minute)
    kept.take(
      [...Array(20).keys()].map((n) => ran(3 * minute + n, 60 + n, 'C:\\a.exe')),
      storyBegins + 4 * minute,
    )
    expect(kept.bases).toBe(1)
    const { seen, lost } = ended(kept).live.sights()
    expect(lost).toEqual({ late: 0, untold: 0, ahead: 20 })
    expect(seen.map(({ chain }) => chain.kind !== 'log-cleared' && chain.taskPath)).toContain('\\T')
  })
})

describe('a host whose clock is hours ahead', () => {
  const ahead = 3 * hour
  const facts = [...Array(60).keys()].flatMap((n) => story(n * 30 * minute, `\\T${n % 5}`))
  const arriving = facts.map((fact) => [fact, -ahead] as const)

  test('is told as another is: its time is believed when all its records bear it', () => {
    for (const settings of [liveSettings, { ...liveSettings, horizon: 4 * hour }, { ...liveSettings, tailFacts: 30 }]) {
      const kept = live(arriving, { ...settings, futureFacts: 20 })
      expect(kept.live.light().done).toBeGreaterThan((facts.at(-20)?.time ?? 0) - hour)
      expect(kept.live.sights().lost).toEqual({ late: 0, untold: 0, ahead: 0 })
      expect(differenceOf(ended(kept).told(), scanned(facts))).toBe(null)
    }
  })

  test('is not told less when something new comes, whose time is not there yet', () => {
    const few = arriving.slice(0, 9)
    const kept = ended(live(few))
    const ids = () => kept.live.sights().seen.map(({ chain }) => chain.id)
    const told = ids()
    expect(differenceOf(kept.told(), scanned(few.map(([fact]) => fact)))).toBe(null)
    const { now } = kept.live.light()
    kept.take([{ ...ran(0, 98, 'C:\\other.exe'), time: now }], now)
    kept.take([{ ...ran(0, 99, 'C:\\other.exe'), time: now + ahead }], now + minute)
    expect(ids()).toEqual(expect.arrayContaining(told))
    kept.restart()
    expect(ids()).toEqual(expect.arrayContaining(told))
  })
})

describe('a fact that is later than the horizon', () => {
  const ordinary = [...Array(4).keys()].flatMap((n) => story(n * day, `\\Day ${n}`))

  test('is used, marked and counted', () => {
    const kept = ended(live([...ordinary, [created(hour, '\\Late', 'C:\\late.exe'), 3 * day]]))
    expect(kept.bases).toBeGreaterThan(0)
    const { seen, lost } = kept.live.sights()
    const late = seen.find(({ chain }) => chain.kind !== 'log-cleared' && chain.taskPath === '\\Late')?.chain
    expect(late?.evidence.map(({ isLate }) => isLate)).toEqual([true])
    expect(lost).toEqual({ late: 1, untold: 0, ahead: 0 })
    const told = kept.told()
    kept.restart()
    expect(kept.told()).toEqual(told)
  })

  test('is not counted again when it is one that had come before', () => {
    const kept = ended(live([...ordinary, ...story(0).map((_, n) => [ordinary[n] as Fact, 3 * day] as const)]))
    expect(kept.live.sights().lost).toEqual({ late: 0, untold: 0, ahead: 0 })
    expect(differenceOf(kept.told(), scanned(ordinary))).toBe(null)
  })

  test('is not used where nobody can tell whether it had come before', () => {
    const kept = live([...ordinary, [ordinary[0] as Fact, 3 * day]], { ...liveSettings, knownRecords: 1 })
    expect(ended(kept).live.sights().lost).toEqual({ late: 0, untold: 1, ahead: 0 })
  })

  test('comes in time from an agent that catches up with weeks of records, however slow', () => {
    const fast = [...Array(20).keys()].map((n) => launched(n * day, '\\Other', 100 + n, 'C:\\other.exe'))
    const slow = [...Array(20).keys()].map((n) => created(n * day, `\\Day ${n}`, 'C:\\run.exe'))
    const now = storyBegins + 20 * day
    const kept = new KeptLive(liveSettings)
    for (const [n, fact] of fast.entries()) kept.take([fact], now + n)
    for (const [n, fact] of slow.entries()) kept.take([fact], now + minute + n * hour)
    expect(differenceOf(ended(kept).told(), scanned([...fast, ...slow]))).toBe(null)
  })
})

test.each([
  { from: 60, to: 30, after: 35 },
  { from: 70, to: 60, after: 65 },
])('a clock that is set back is seen to wherever the base lies, and whoever looked before ($from → $to)', (clock) => {
  const [from, to] = [storyBegins + clock.from * minute, storyBegins + clock.to * minute]
  const moved: ClockChanged = {
    ...head(clock.to * minute, 'Security', 4616),
    ...{ kind: 'clock-changed', from, to, user: null },
  }
  const before = [...story(0), ...story(40 * minute, '\\Before')]
  const after = [...story(clock.after * minute, '\\After'), ...story(2 * hour, '\\Then'), ...story(2 * day)]
  const inTurn = [...before, moved, ...after].map((fact, n) => ({ ...fact, recordId: n + 1 }))
  const expected = scanned(inTurn)
  expect(expected.join()).toContain('The clock of this host was set back')
  for (const horizon of [10 * minute, 20 * minute, hour, day]) {
    const kept = new KeptLive({ ...liveSettings, horizon, skew: 0 })
    for (const [n, fact] of inTurn.entries()) kept.take([fact], fact.time + (n < 6 ? 0 : hour))
    expect(differenceOf(ended(kept).told(), expected)).toBe(null)
  }
  const dayOf = inTurn.slice(0, -3)
  expect(differenceOf(ended(watched(dayOf)).told(), scanned(dayOf))).toBe(null)
})

test('the parts of a script are one, whenever they come and whether a base could tear them', () => {
  const texts = ['Register-Sched', "uledTask -TaskName 'Upd", "ater' -Action $a"]
  const parts = texts.map(
    (text, n): ScriptRan => ({
      ...head(hour + n * 20 * minute, 'Microsoft-Windows-PowerShell/Operational', 4104),
      ...{ kind: 'script-ran', by: '4104', pid: 4000, userSid: null, scriptBlockId: '{a}', part: n + 1, parts: 3 },
      ...{ text, file: null, command: null, moreCommands: null, made: null },
    }),
  )
  const others = [story(0), story(2 * hour, '\\B'), story(4 * hour, '\\C'), story(6 * hour, '\\D')].flat()
  const facts = [...others, ...parts].sort((a, b) => a.time - b.time)
  const expected = scanned(facts)
  expect(expected.join()).toContain('\\\\Updater')
  const settings = { ...liveSettings, horizon: hour }
  expect(differenceOf(ended(live(facts, settings)).told(), expected)).toBe(null)
  const kept = live(
    facts.map((fact) => (fact === parts[1] ? ([fact, 50 * minute] as const) : fact)),
    settings,
  )
  expect(kept.bases).toBeGreaterThan(1)
  expect(differenceOf(ended(kept).told(), expected)).toBe(null)
  expect(differenceOf(ended(watched(facts)).told(), expected)).toBe(null)
})

test('a bare name is the only full one as soon as that is seen, and stays apart where there are two', () => {
  const named = (facts: readonly Fact[], host: string): Fact[] => facts.map((fact) => ({ ...fact, host }))
  const bare = named(story(0), 'ws1')
  const one = named(story(hour, '\\One'), 'ws1.one.test')
  const two = named(story(2 * hour, '\\Two'), 'ws1.two.test')
  for (const facts of [bare, [...bare, ...one], [...bare, ...one, ...two]]) {
    expect(differenceOf(ended(watched(facts)).told(), scanned(facts))).toBe(null)
  }
  // after its facts have left the tail, too
  const kept = ended(live([...bare, ...[...Array(4).keys()].flatMap((n) => named(story(n * day), 'ws1.one.test'))]))
  expect(kept.bases).toBeGreaterThan(0)
  expect(kept.live.sights().hosts).toEqual(['ws1.one.test'])
})

describe('a shard with more facts than can be put in order again', () => {
  const facts = [...Array(100).keys()].flatMap((n) => story(n * 2 * minute, `\\T${n % 7}`))

  test('moves its base on, and tells the same of what comes in order', () => {
    const kept = live(facts, { ...liveSettings, tailFacts: 40 })
    expect(kept.bases).toBeGreaterThan(5)
    expect(kept.live.tailFacts).toBeLessThanOrEqual(40)
    expect(kept.live.sights().givenUp).toEqual([
      expect.stringMatching(
        /^ws1: so many records of it come that those which are later than \d+ minutes? are not put in order/,
      ),
    ])
    expect(differenceOf(ended(kept).told(), scanned(facts))).toBe(null)
  })

  test('does so by what they take in memory, too', () => {
    const kept = live(facts, { ...liveSettings, tailWeight: 60_000 })
    expect(kept.bases).toBeGreaterThan(3)
    expect(differenceOf(ended(kept).told(), scanned(facts))).toBe(null)
  })

  test('tells no more of chains that are long over, and weighs others beside them', () => {
    const settings = { ...liveSettings, horizon: hour, overChains: 5, pastChains: 3 }
    const many = [...Array(60).keys()].flatMap((n) => story(n * hour, '\\T'))
    const kept = ended(live(many, settings))
    const { seen, past } = kept.live.sights()
    expect(seen.length).toBeLessThan(20)
    expect(past).toHaveLength(3)
    expect(past.every(({ evidence, runSummary }) => evidence.length === 0 && runSummary?.count === 1)).toBe(true)
    // the runs of a task count for its later chains, also those that are past
    const ids = seen.map(({ chain }) => chain.id)
    expect(toldOf({ ...kept.live.sights() }).length).toBe(ids.length)
  })
})

describe('a shard says when somebody is to look', () => {
  test('soon where a fact bears on a story, eventually where others might, and not before it is fed', () => {
    const kept = live([started(0, { pid: 8, image: 'C:\\a.exe' })])
    expect([kept.live.needsLook(), kept.live.nextTick()]).toEqual([null, storyBegins + 30 * second])
    kept.live.tick(storyBegins + 30 * second)
    expect([kept.live.needsLook(), kept.live.nextTick()]).toEqual(['eventually', null])
    kept.live.sights()
    expect(kept.live.needsLook()).toBe(null)
    kept.take([created(minute, '\\T', 'C:\\run.exe')], storyBegins + minute)
    kept.take([started(2 * minute, { pid: 9, image: 'C:\\b.exe' })], storyBegins + 2 * minute)
    expect(kept.live.needsLook()).toBe('soon')
    kept.restart()
    expect(kept.live.needsLook()).toBe('soon')
    kept.live.sights()
    expect(kept.live.needsLook()).toBe(null)
  })

  test('soon where a process that began turns out to be of a run, and eventually where it is another service’s', () => {
    const kept = ended(live(story(0)))
    kept.live.sights()
    const later = (ms: number, pid: number, image: string, parent: string) =>
      started(ms, {
        pid,
        image,
        parentPid: 901,
        parentImage: 'C:\\Windows\\System32\\svchost.exe',
        parentCommandLine: parent,
      })
    const told: (string | null)[] = []
    const look = (fact: Fact) => {
      kept.take([fact], fact.time)
      kept.live.tick(fact.time + liveSettings.idle)
      told.push(kept.live.needsLook())
      kept.live.sights()
    }
    look(later(2 * hour, 70, 'C:\\Windows\\System32\\dllhost.exe', 'svchost.exe -k DcomLaunch -p'))
    look(ran(3 * hour, 71, 'C:\\run.exe'))
    kept.live.cool()
    look(later(4 * hour, 72, 'C:\\Windows\\System32\\gpupdate.exe', 'svchost.exe -k netsvcs -p -s gpsvc'))
    kept.live.cool()
    look(ran(5 * hour, 73, 'C:\\run.exe'))
    expect(told).toEqual(['eventually', 'soon', 'eventually', 'soon'])
  })

  test('of the streams the slowest is waited for, unless it is silent or far behind', () => {
    const scheduler = (ms: number) => launched(ms, '\\T', 60, 'C:\\run.exe')
    const security = (ms: number) => created(ms, '\\T', 'C:\\run.exe')
    const done = (kept: KeptLive): number => (kept.live.light().done as number) - storyBegins
    const kept = live([security(0), scheduler(0), security(5 * minute)])
    // a stream of which nothing came for half a minute
    expect(done(kept)).toBe(5 * minute - liveSettings.lateness)
    kept.take([scheduler(2 * minute)], storyBegins + 5 * minute)
    kept.take([security(6 * minute)], storyBegins + 5 * minute + second)
    expect(done(kept)).toBe(5 * minute - liveSettings.lateness)
    kept.take([scheduler(6 * minute), security(30 * minute)], storyBegins + 6 * minute)
    expect(done(kept)).toBe(6 * minute - liveSettings.lateness)
    kept.take([security(30 * minute)], storyBegins + 30 * minute)
    expect(done(kept)).toBe(30 * minute - liveSettings.lateness)
  })
})

test('a fault of ours on one host costs its facts up to the next base, and no other host', () => {
  const broken = { ...created(minute, '\\Broken', 'C:\\run.exe'), task: undefined as never }
  const days = [...Array(4).keys()].flatMap((n) => story(n * day, `\\Day ${n}`))
  const other = days.map((fact) => ({ ...fact, host: 'ws1.other.test', recordId: fact.recordId + 10_000 }))
  const facts = [...days, ...other, broken].map((fact) => ({
    ...fact,
    host: fact.host === 'ws1' ? 'ws1.one.test' : fact.host,
  }))
  const kept = live(facts.sort((a, b) => a.time - b.time))
  const told = (host: string) =>
    ended(kept)
      .live.sights()
      .seen.flatMap(({ chain }) => (chain.host === host ? [chain] : []))
  expect(kept.bases).toBeGreaterThan(0)
  expect(told('ws1.other.test')).toHaveLength(4)
  expect(told('ws1.one.test').length).toBeGreaterThan(0)
  const early = live(facts.filter(({ time }) => time < storyBegins + hour))
  expect(
    ended(early)
      .live.sights()
      .faults.map(({ host }) => host),
  ).toEqual(['ws1.one.test'])
})

test('a flood of steps of a clock does not cost the square of it', () => {
  const steps = [...Array(20_000).keys()].map((n): ClockChanged => {
    const from = storyBegins + n * minute
    return {
      ...head(n * 30 * second, 'Security', 4616),
      kind: 'clock-changed',
      from,
      to: from - 2 * second,
      user: null,
    }
  })
  const kept = new KeptLive(liveSettings)
  kept.take(steps, storyBegins + day)
  kept.take(story(0), storyBegins + day)
  expect(ended(kept).live.sights().seen.length).toBeGreaterThan(0)
})

describe('a state that cannot be gone on from', () => {
  const facts = [...Array(4).keys()].flatMap((n) => story(n * day, `\\Day ${n}`))

  test('is a reason, and the shard begins with what came since', () => {
    const kept = ended(live(facts))
    const told = kept.told()
    const base = kept.memory.base()
    const damaged = [
      { ...base, version: 999 },
      { ...base, hosts: [{ name: 'ws1' }] },
      { ...base, known: 7 },
    ]
    for (const value of damaged) {
      const memory = { base: () => value as never, tail: () => kept.memory.tail(), counts: () => [] }
      const shard = new LiveShard('ws1', kept.live.light(), memory)
      const { seen } = shard.sights()
      expect(shard.problem).not.toBe(null)
      expect(seen.length).toBeGreaterThan(0)
      expect(seen.length).toBeLessThan(told.length)
    }
  })
})
