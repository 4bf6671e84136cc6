import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeChain, type Part } from '../../lab/made-chains.ts'
import { type BaselineContent, daysIn, mostHosts, spansOf, thingKinds } from '../../model/baseline.ts'
import type { TaskChain } from '../../model/chain.ts'
import type { ScoredChain } from '../../model/finding.ts'
import { hostRoles } from '../../model/host-role.ts'
import { hostHash } from './counts.ts'
import { idOf, Learning } from './learning.ts'

const day = 86_400_000
const on = (n: number) => Date.UTC(2026, 5, 1) + n * day

const weighed = (chain: Part<TaskChain>, bits = 0): ScoredChain => ({
  chain: madeChain({ at: { time: on(0), ticks: 0 }, statedAction: 'C:\\Tool\\a.exe', ...chain }),
  verdict: 'ordinary',
  score: { bits, severity: 'informational', factors: [] },
  baseline: null,
  settings: null,
})

function learned(...chains: readonly ScoredChain[]): Learning {
  const learning = new Learning()
  for (const chain of chains) learning.learn(chain)
  return learning
}

function merged(...parts: readonly BaselineContent[]): Learning {
  const learning = new Learning()
  for (const part of parts) learning.merge(part)
  return learning
}

const program = { kind: 'program', key: '%systemdrive%\\tool\\a.exe' } as const

describe('learning', () => {
  test('counts a host once, from its first to its last day', () => {
    const learning = learned(
      weighed({ host: 'WS1.corp.example' }),
      weighed({ host: 'ws1', id: 'other', at: { time: on(9), ticks: 0 } }),
      weighed({ host: 'ws2' }),
    )
    const first = on(0) / day
    expect(learning.find(program)?.hosts.unpacked()).toEqual(
      [
        { host: hostHash('ws1'), first, last: first + 9 },
        { host: hostHash('ws2'), first, last: first },
      ].sort((a, b) => (a.host < b.host ? -1 : 1)),
    )
    expect(learning.hosts.map(({ name }) => name).sort()).toEqual(['ws1', 'ws2'])
  })

  test('what is out of the ordinary as it is does not teach until it is released', () => {
    const learning = learned(weighed({ id: 'abc' }, 8))
    expect(learning.find(program)).toBeUndefined()
    expect(learning.held).toMatchObject([{ id: 'abc', bits: 8, isReleased: false }])
    expect(learning.release(['abc', 'nobody'])).toEqual(['nobody'])
    expect(learning.find(program)?.hosts.length).toBe(1)
    expect(learning.held).toMatchObject([{ isReleased: true }])
  })

  test('a task that is commanded on another host, and what has no time, say nothing', () => {
    const learning = learned(weighed({ change: { target: 'srv7' } }), weighed({ at: { time: 0, ticks: 0 } }))
    expect(learning.hosts).toEqual([])
  })

  test('the days that are told are those on which it was seen', () => {
    const learning = learned(
      weighed({ runs: [{ time: on(3) }], runSummary: { count: 9, first: { time: on(3) }, last: { time: on(8) } } }),
    )
    expect(daysIn(learning.hosts[0]?.spans ?? []).map((each) => each - on(0) / day)).toEqual([0, 3, 8])
  })
})

const anyDays = fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }))
const anyHost = fc.nat(mostHosts * 3).map((n) => hostHash(`host${n}`))
const anyThing = fc.record({ kind: fc.constantFrom(...thingKinds), key: fc.constantFrom('a', 'b', 'c d') })
/** What some machine may have learned; of things often more hosts than are kept. */
const anyContent: fc.Arbitrary<BaselineContent> = fc
  .record({
    hosts: fc.array(
      fc.tuple(fc.nat(9), fc.constantFrom(...hostRoles), fc.uniqueArray(fc.nat(300), { maxLength: 150, minLength: 1 })),
      { maxLength: 6 },
    ),
    things: fc.array(
      fc.tuple(
        anyThing,
        fc.oneof(
          fc.array(fc.tuple(anyHost, anyDays), { maxLength: 8, minLength: 1 }),
          fc.array(fc.tuple(anyHost, anyDays), { maxLength: 400, minLength: 200 }),
        ),
      ),
      { maxLength: 4 },
    ),
    held: fc.array(fc.tuple(fc.constantFrom('x', 'y'), fc.nat(20), anyThing, anyDays, fc.boolean()), { maxLength: 3 }),
  })
  .map(({ hosts, things, held }) =>
    merged({
      hosts: hosts.map(([n, role, days]) => ({
        hash: hostHash(`host${n}`),
        name: `host${n}`,
        role,
        spans: spansOf(days.sort((a, b) => a - b)),
      })),
      things: things.map(([thing, seen]) => ({
        ...thing,
        hosts: seen.map(([host, days]) => ({ host, ...days })),
        isSample: false,
      })),
      held: held.map(([id, bits, thing, days, isReleased]) => ({
        id,
        host: hostHash(id),
        task: `\\${id}`,
        bits,
        things: [{ ...thing, ...days }],
        isReleased,
      })),
    }),
  )

const whole = ({ hosts, things, held }: BaselineContent) => ({ hosts, things: [...things], held })

describe('putting baselines together', () => {
  test('does not depend on the order', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (a, b) => {
        expect(whole(merged(a, b))).toEqual(whole(merged(b, a)))
      }),
      { numRuns: 60 },
    )
  })

  test('does not depend on the grouping', () => {
    fc.assert(
      fc.property(anyContent, anyContent, anyContent, (a, b, c) => {
        expect(whole(merged(merged(a, b), c))).toEqual(whole(merged(a, merged(b, c))))
      }),
      { numRuns: 60 },
    )
  })

  test('counts what both know once', () => {
    fc.assert(
      fc.property(anyContent, anyContent, (a, b) => {
        expect(whole(merged(a, a))).toEqual(whole(a))
        expect(whole(merged(merged(a, b), b))).toEqual(whole(merged(a, b)))
      }),
      { numRuns: 60 },
    )
  })

  test('gives what one machine would have learned of all', () => {
    const one = weighed({ host: 'ws1', id: 'a' })
    const other = weighed({ host: 'ws2', id: 'b' }, 9)
    expect(whole(merged(learned(one), learned(other)))).toEqual(whole(learned(other, one, one)))
  })

  test('the id is of the content alone', () => {
    const [one, other] = [weighed({ host: 'ws1' }), weighed({ host: 'ws2' })]
    expect(idOf(learned(one, other))).toBe(idOf(learned(other, one)))
    expect(idOf(learned(one))).not.toBe(idOf(learned(other)))
  })
})
