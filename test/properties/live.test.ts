import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { HostMachine } from '../../src/correlate/index.ts'
import { shardOf } from '../../src/engine/fact-order.ts'
import { LiveFleet } from '../../src/engine/live/live-fleet.ts'
import { LiveHost } from '../../src/engine/live/live-host.ts'
import { liveSettings } from '../../src/engine/live/settings.ts'
import type { Chain } from '../../src/model/chain.ts'
import type { Fact } from '../../src/model/fact.ts'
import { digests, everyDay, type HostFacts, hostFacts, times, toldBy } from './host-facts.ts'

const hosts: HostFacts[] = []
beforeAll(async () => {
  hosts.push(...(await hostFacts()))
})

/** Records of one channel come from one source. */
const sourceOf = ({ channel }: Fact): string => channel

/** What arrives: a fact, or the word of a source that it has told everything up to a time. */
interface Message {
  readonly source: string
  readonly time: number
  readonly fact: Fact | null
}

/** How often a source that has nothing to say says so. */
const heartbeat = 300_000

/** No source is behind by so much that nobody waits for it. */
const mostBehind = liveSettings.idle - liveSettings.lateness - heartbeat

/**
 * The messages in an order in which they may arrive: each fact is late by what `delayOf` says, and each source is behind by a time
 * of its own, as a forwarder is that sends every few minutes.
 */
function arrival(
  facts: readonly Fact[],
  delayOf: (place: number) => number,
  behindOf: (source: string) => number,
): Message[] {
  const told = facts.map((fact, place) => {
    const source = sourceOf(fact)
    return { source, time: fact.time, fact, at: fact.time + delayOf(place) + behindOf(source) }
  })
  const [first, last] = [facts[0]?.time ?? 0, facts.at(-1)?.time ?? 0]
  const beats = [...new Set(facts.map(sourceOf))].flatMap((source) =>
    [...Array(Math.ceil((last - first) / heartbeat)).keys()].map((n) => {
      const time = first - 1 + n * heartbeat
      return { source, time, fact: null, at: n === 0 ? Number.NEGATIVE_INFINITY : time + behindOf(source) }
    }),
  )
  return [...told, ...beats].sort((a, b) => a.at - b.at)
}

function tell(host: LiveHost, { source, time, fact }: Message): void {
  if (fact) host.add(source, fact)
  else host.advance(source, time)
}

/** A delay for each fact out of a few that come again and again. */
const delays = (most: number) => fc.array(fc.integer({ min: 0, max: most }), { minLength: 1, maxLength: 50 })
const cycled = (values: readonly number[]) => (place: number) => values[place % values.length] as number

function ordered(facts: readonly Fact[]): Chain[] {
  const machine = new HostMachine(facts[0]?.host ?? 'nobody')
  for (const fact of facts) machine.add(fact)
  return toldBy(machine)
}

/** Without what only the end of the input says. */
const chainsOf = (host: LiveHost): Chain[] => [
  ...host.chains().map(({ chain }) => ({ ...chain, definitionHash: null, blindSpots: [] })),
  ...bare(host.clearedLogs().map(({ chain }) => chain)),
]
const bare = (chains: readonly Chain[]): Chain[] => chains.map((chain) => ({ ...chain, blindSpots: [] }))

describe('a live host', () => {
  test('tells the same for every order of arrival within the lateness', () => {
    for (const { name, facts } of hosts) {
      const expected = digests(bare(ordered(facts)))
      fc.assert(
        fc.property(
          delays(liveSettings.lateness - 1),
          fc.array(fc.nat(mostBehind), { minLength: 8, maxLength: 8 }),
          (late, behind) => {
            const sources = [...new Set(facts.map(sourceOf))]
            const live = LiveHost.begin(facts[0]?.host ?? '', liveSettings)
            const messages = arrival(facts, cycled(late), (source) => behind[sources.indexOf(source)] ?? 0)
            for (const message of messages) tell(live, message)
            live.end()
            expect(digests(chainsOf(live)), name).toEqual(expected)
          },
        ),
        { numRuns: times(6) },
      )
    }
  })

  test('is stopped after any record, written out and read back: it goes on as if it had never stopped', () => {
    for (const { name, facts } of hosts) {
      const expected = digests(bare(ordered(facts)))
      fc.assert(
        fc.property(
          delays(liveSettings.lateness - 1),
          fc.array(fc.nat(facts.length - 1), { maxLength: 4 }),
          (late, stops) => {
            let live = LiveHost.begin(facts[0]?.host ?? '', liveSettings)
            for (const [place, message] of arrival(facts, cycled(late), () => 0).entries()) {
              if (stops.includes(place)) {
                const read = LiveHost.restore(JSON.parse(JSON.stringify(live.snapshot())), liveSettings)
                if (read.kind === 'problem') throw new Error(read.reason)
                live = read.host
              }
              tell(live, message)
            }
            live.end()
            expect(digests(chainsOf(live)), name).toEqual(expected)
          },
        ),
        { numRuns: times(4) },
      )
    }
  })

  test('counts a record once, however often and however late it comes again', () => {
    for (const { name, facts } of hosts) {
      if (facts.some((fact) => fact.recordId === 0)) continue
      const expected = digests(bare(ordered(facts)))
      fc.assert(
        fc.property(delays(3_600_000), (late) => {
          const again = facts.map((fact, place) => ({ fact, at: fact.time + cycled(late)(place) }))
          const both = [...facts.map((fact) => ({ fact, at: fact.time })), ...again].sort((a, b) => a.at - b.at)
          const live = LiveHost.begin(facts[0]?.host ?? '', liveSettings)
          for (const { fact } of both) live.add('all', fact)
          live.end()
          expect(digests(chainsOf(live)), name).toEqual(expected)
        }),
        { numRuns: times(3) },
      )
    }
  })
})

describe('a live fleet', () => {
  test('tells the same however many hosts are kept ready, and however often it lets go of what is over', () => {
    const lab = hosts.filter(({ name }) => name.startsWith('lab')).flatMap(({ facts }) => everyDay(facts, 2))
    const facts = lab.sort((a, b) => a.time - b.time)
    const told = (readyHosts: number, releaseEvery: number): string[] => {
      const fleet = new LiveFleet({ ...liveSettings, readyHosts })
      const chains = new Map<string, Chain[]>()
      const release = () => {
        for (const { host, chains: over } of fleet.release())
          chains.set(host, [...(chains.get(host) ?? []), ...over.map(({ chain }) => chain)])
      }
      for (const [place, fact] of facts.entries()) {
        fleet.add(sourceOf(fact), fact)
        if (place % releaseEvery === 0) release()
      }
      for (const name of fleet.names()) fleet.host(name)?.end()
      release()
      for (const name of fleet.names()) {
        const host = fleet.host(name) as LiveHost
        chains.set(name, [
          ...(chains.get(name) ?? []),
          ...[...host.chains(), ...host.clearedLogs()].map(({ chain }) => chain),
        ])
      }
      return [...chains].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, own]) => digests(bare(own)).sort())
    }
    const expected = told(1000, 1_000_000)
    expect(expected.length).toBeGreaterThan(300)
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 20 }), fc.integer({ min: 500, max: 20_000 }), (ready, every) => {
        expect(told(ready, every)).toEqual(expected)
      }),
      { numRuns: times(2) },
    )
    expect(new Set(facts.map(shardOf)).size).toBeGreaterThan(8)
  })
})
