import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { HostMachine } from '../../src/correlate/index.ts'
import { straightened } from '../../src/engine/clock-steps.ts'
import { compareFacts, shardOf } from '../../src/engine/fact-order.ts'
import { mergeRuns, runOf } from '../../src/engine/fact-runs.ts'
import type { TaskChain } from '../../src/model/chain.ts'
import type { Fact } from '../../src/model/fact.ts'
import { digestOf, digests, type HostFacts, hostFacts, times } from './host-facts.ts'

const hosts: HostFacts[] = []
beforeAll(async () => {
  hosts.push(...(await hostFacts()))
})

function chainsOf(facts: readonly Fact[]): TaskChain[] {
  const machine = new HostMachine(facts[0]?.host ?? 'nobody')
  for (const fact of facts) machine.add(fact)
  return machine.chains()
}

/** Which process is said to belong to which task, and how. */
const ties = (chains: readonly TaskChain[]) =>
  chains.flatMap((c) =>
    c.taskPath === null
      ? []
      : c.runs.flatMap((r) =>
          r.processes.map((p) => `${c.taskPath?.toLowerCase()} ${p.pid} ${p.image?.toLowerCase().split('\\').at(-1)}`),
        ),
  )

describe('correlation of one host', () => {
  test('records that come twice change nothing', () => {
    for (const { name, facts } of hosts) {
      fc.assert(
        fc.property(fc.subarray([...facts.keys()]), (again) => {
          const doubled = [...facts, ...again.map((i) => ({ ...(facts[i] as Fact), source: 900 }))].sort(compareFacts)
          const merged = [...mergeRuns([runOf(doubled)])].map((m) => m.fact)
          expect(digests(chainsOf(merged)), name).toEqual(digests(chainsOf(facts)))
        }),
        { numRuns: times(15) },
      )
    }
  })

  test('time that shifts by a constant shifts the output by it and nothing else', () => {
    for (const { name, facts } of hosts) {
      fc.assert(
        fc.property(fc.integer({ min: -3e11, max: 3e11 }), (shift) => {
          const moved = facts.map((f) => ({ ...f, time: f.time + shift }))
          const withoutTime = (chains: TaskChain[]) =>
            JSON.stringify(
              chains
                .map((c) => ({ ...c, id: '', formerIds: c.formerIds.length }))
                .sort((a, b) => a.at.time - b.at.time || a.at.ticks - b.at.ticks),
              (key, value) => (key === 'time' ? value : key === 'partOf' ? value !== null : value),
            )
          const back = JSON.parse(withoutTime(chainsOf(moved)), (key, value) =>
            key === 'time' ? value - shift : value,
          )
          expect(JSON.stringify(back), name).toBe(JSON.stringify(JSON.parse(withoutTime(chainsOf(facts)))))
        }),
        { numRuns: times(5) },
      )
    }
  })

  test('taking away a kind of record never ties a process to a task that it was not tied to before', () => {
    for (const { name, facts } of hosts) {
      const full = new Set(ties(chainsOf(facts)))
      const kinds = [...new Set(facts.map((f) => `${f.channel} ${f.eventId}`))]
      fc.assert(
        fc.property(fc.subarray(kinds), (gone) => {
          const left = facts.filter((f) => !gone.includes(`${f.channel} ${f.eventId}`))
          // What the scheduler's log alone calls an action has no image path: only processes that a process log shows are compared.
          for (const tie of ties(chainsOf(left))) {
            const [, pid] = /^(.*) (\d+) /.exec(tie) ?? []
            expect(
              [...full].some((f) => f.startsWith(tie.slice(0, tie.lastIndexOf(' ')))),
              `${name}: ${tie} (pid ${pid}) without ${gone.join(', ')}`,
            ).toBe(true)
          }
        }),
        { numRuns: times(60) },
      )
    }
  })

  test('facts that come together with another host’s give the same chains as alone', () => {
    const [one, another] = hosts as [(typeof hosts)[number], (typeof hosts)[number]]
    const both = [...one.facts, ...another.facts].sort((a, b) => a.time - b.time)
    const machines = new Map<string, HostMachine>()
    for (const fact of both) {
      const machine = machines.get(shardOf(fact)) ?? new HostMachine(fact.host)
      machines.set(shardOf(fact), machine)
      machine.add(fact)
    }
    const [first, second] = [...machines.values()].map((machine) => JSON.stringify(machine.chains()))
    expect(new Set([first, second])).toEqual(
      new Set([one, another].map(({ facts }) => JSON.stringify(chainsOf(facts)))),
    )
  })
})

describe('a clock that was set back in the middle', () => {
  const hour = 3_600_000
  const channels = ['Security', 'Microsoft-Windows-Sysmon/Operational', 'Microsoft-Windows-TaskScheduler/Operational']

  interface Step {
    readonly place: number
    readonly from: number
    readonly by: number
  }

  /**
   * Steps between two facts of one host that lie some seconds apart (records of one moment may have ids in another order), where
   * no channel is silent for half of the doubled hours: its ids then cannot tell where the step was.
   */
  function clearSteps(facts: readonly Fact[]): Step[] {
    const byChannel = [...Map.groupBy(facts, ({ channel }) => channel).values()]
    return [...facts.keys()].slice(1).flatMap((place) => {
      const time = facts[place]?.time ?? 0
      if (time - (facts[place - 1]?.time ?? 0) < 30_000) return []
      const from = time - 1000
      const silence = byChannel.map((own) => {
        const last = own.findLast((fact) => fact.time < from)?.time ?? Number.NEGATIVE_INFINITY
        const first = own.find((fact) => fact.time >= from)?.time ?? Number.POSITIVE_INFINITY
        return first - last
      })
      return [1, 3, 8, 20]
        .map((hours) => ({ place, from, by: hours * hour }))
        .filter(({ by }) => silence.every((gap) => gap < by / 2))
    })
  }

  /** The facts as the host would have written them, with the record of the step. */
  function written(facts: readonly Fact[], { place, from, by }: Step): Fact[] {
    const { host, source } = facts[place] as Fact
    const to = from - by
    const head = { time: to, ticks: 0, host, source, channel: 'System', eventId: 1, recordId: 1, position: 1 }
    const step: Fact = { ...head, kind: 'clock-changed', from, to, user: null }
    const set = facts.map((fact, i) => (i < place ? fact : { ...fact, time: fact.time - by }))
    return [...set, step].sort(compareFacts)
  }

  /** The chains without ids and what the step alone says, with times as they would be told. */
  const told = (chains: readonly TaskChain[], { from, by }: Step): string[] =>
    chains
      .map((chain) => {
        // listed by their times, which came twice
        const evidence = chain.evidence.toSorted((a, b) => a.recordId - b.recordId || (a.channel < b.channel ? -1 : 1))
        return JSON.stringify({
          ...chain,
          id: '',
          formerIds: [],
          partOf: chain.partOf !== null,
          blindSpots: [],
          evidence,
        })
      })
      .map((text) =>
        text.replace(/"time":(\d+)/g, (_, time) => `"time":${Number(time) - (Number(time) >= from ? by : 0)}`),
      )
      .map((text) => digestOf({ text }))
      .sort()

  test('changes nothing but the times that are told', () => {
    let hostsWithSteps = 0
    for (const { name, facts: all } of hosts) {
      const facts = all.filter(({ channel }) => channels.includes(channel))
      const steps = clearSteps(facts)
      if (steps.length === 0) continue
      hostsWithSteps++
      fc.assert(
        fc.property(fc.constantFrom(...steps), (step) => {
          const { from, by } = step
          const stream = written(facts, step).map((fact) => ({ fact, alsoIn: [] }))
          const clock = { host: facts[0]?.host ?? '', from, to: from - by }
          const machine = new HostMachine(facts[0]?.host ?? '')
          for (const { fact, clockOffset = 0 } of straightened(stream, [clock], (host) => host)) {
            machine.setClock(fact.time, clockOffset)
            machine.add(fact)
          }
          expect(told(machine.chains(), { ...step, by: 0 }), name).toEqual(told(chainsOf(facts), step))
        }),
        { numRuns: times(15) },
      )
    }
    expect(hostsWithSteps).toBeGreaterThan(5)
  })
})
