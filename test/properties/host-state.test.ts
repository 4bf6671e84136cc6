import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { compareChains, HostMachine, type HostSnapshot } from '../../src/correlate/index.ts'
import type { Chain } from '../../src/model/chain.ts'
import type { Fact } from '../../src/model/fact.ts'
import { digestOf, digests, everyDay, type HostFacts, hostFacts, times, toldBy } from './host-facts.ts'

const hosts: HostFacts[] = []
beforeAll(async () => {
  hosts.push(...(await hostFacts()))
})

function restored(snapshot: HostSnapshot): HostMachine {
  const read = HostMachine.restore(JSON.parse(JSON.stringify(snapshot)))
  if (read.kind === 'problem') throw new Error(read.reason)
  return read.machine
}

/** What a machine tells of these facts, stopped before each of these places. */
function toldOf(facts: readonly Fact[], stops: readonly number[], atStop: (m: HostMachine, f: Fact) => HostMachine) {
  let machine = new HostMachine(facts[0]?.host ?? 'nobody')
  for (const [place, fact] of facts.entries()) {
    if (stops.includes(place)) machine = atStop(machine, fact)
    machine.add(fact)
  }
  return machine
}

/** A few stops for each host, all over its facts. */
const stopsIn = (facts: readonly Fact[]) => fc.array(fc.nat({ max: facts.length - 1 }), { minLength: 1, maxLength: 6 })

describe('the state of one host', () => {
  test('is written out after any fact and read back: it goes on as if it had never stopped', () => {
    for (const { name, facts } of hosts) {
      const whole = toldOf(facts, [], (machine) => machine)
      fc.assert(
        fc.property(stopsIn(facts), (stops) => {
          const stopped = toldOf(facts, stops, (machine) => restored(machine.snapshot()))
          expect(digests(toldBy(stopped)), name).toEqual(digests(toldBy(whole)))
          expect(stopped.tasks(), name).toEqual(whole.tasks())
          const written = digestOf(stopped.snapshot())
          expect(digestOf(restored(stopped.snapshot()).snapshot()), name).toBe(written)
        }),
        { numRuns: times(8) },
      )
    }
  })

  test('is not changed by looking at it', () => {
    for (const { name, facts } of hosts) {
      const whole = toldOf(facts, [], (machine) => machine)
      fc.assert(
        fc.property(stopsIn(facts), (stops) => {
          const watched = toldOf(facts, stops, (machine) => {
            toldBy(machine)
            machine.tasks()
            return machine
          })
          expect(digestOf(watched.snapshot()), name).toBe(digestOf(whole.snapshot()))
        }),
        { numRuns: times(3) },
      )
    }
  })

  test('gives out what is over at any moment, and what it gives out then and at the end is the same', () => {
    let early = 0
    for (const { name, facts: day } of hosts) {
      // So many days that much is over before the end.
      const facts = everyDay(day, 5)
      const whole = digests(toldBy(toldOf(facts, [], (machine) => machine)).sort(compareChains))
      fc.assert(
        fc.property(stopsIn(facts), (stops) => {
          const chains: Chain[] = []
          const machine = toldOf(facts, stops, (m, fact) => {
            chains.push(...m.release(fact.time).chains)
            return m
          })
          early += chains.length
          chains.push(...toldBy(machine))
          expect(digests(chains.sort(compareChains)), name).toEqual(whole)
        }),
        { numRuns: times(2) },
      )
    }
    expect(early).toBeGreaterThan(300)
  })
})
