import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../model/fact.ts'
import { compareFacts } from './fact-order.ts'
import { packFacts, unpackFacts } from './fact-packing.ts'
import { FactRows } from './fact-rows.ts'
import { FactCollector, type FactRun, mergeRuns, runOf } from './fact-runs.ts'
import type { PackedFacts, Spool } from './ports.ts'

class MemorySpool implements Spool {
  readonly blocks: PackedFacts[] = []
  write(block: PackedFacts): number {
    return this.blocks.push(block) - 1
  }
  read(handle: number): PackedFacts {
    return this.blocks[handle] as PackedFacts
  }
}

const text = fc.oneof(fc.constant(null), fc.string({ unit: 'binary', maxLength: 12 }))
const number = fc.oneof(fc.constant(null), fc.integer(), fc.double({ noNaN: true }))
const headOf = fc.record({
  time: fc.integer({ min: -1000, max: 1000 }),
  ticks: fc.integer({ min: 0, max: 9999 }),
  host: fc.constantFrom('a', 'a.example.test', 'b', '10.0.0.1'),
  source: fc.integer({ min: 0, max: 3 }),
  channel: fc.constantFrom('Security', 'Microsoft-Windows-Sysmon/Operational'),
  eventId: fc.constantFrom(1, 4688),
  recordId: fc.integer({ min: 0, max: 5 }),
  position: fc.integer({ min: 0, max: 1e6 }),
})
const arbitraryFact: fc.Arbitrary<Fact> = fc.oneof(
  fc
    .tuple(headOf, fc.record({ pid: fc.nat(), guid: text, image: text }))
    .map(([h, f]) => ({ ...h, kind: 'process-ended' as const, exitCode: null, ...f })),
  fc
    .tuple(
      headOf,
      fc.record({
        task: fc.string(),
        servicePid: fc.nat(),
        instance: text,
        outcome: fc.constantFrom('completed' as const, 'failed' as const),
        result: number,
      }),
    )
    .map(([h, f]) => ({ ...h, kind: 'task-run-ended' as const, ...f })),
  fc
    .tuple(
      headOf,
      fc.record({
        pid: fc.nat(),
        guid: text,
        image: text,
        user: text,
        initiated: fc.boolean(),
        sourceAddress: fc.string(),
        sourcePort: fc.nat(),
        destinationAddress: fc.string(),
        destinationPort: fc.nat(),
        destinationHost: text,
      }),
    )
    .map(([h, f]) => ({ ...h, kind: 'network-connected' as const, ...f })),
)

describe('packing', () => {
  test('what is unpacked is what was packed, to the last code unit', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFact, { maxLength: 40 }), (facts) => {
        expect([...unpackFacts(packFacts(facts))]).toEqual(facts.map((f) => ({ ...f })))
      }),
    )
  })

  test('lone surrogates survive', () => {
    const fact = {
      ...fc.sample(arbitraryFact, 1)[0],
      kind: 'process-ended',
      exitCode: null,
      pid: 1,
      guid: null,
      image: 'a\ud800b',
    } as Fact
    expect([...unpackFacts(packFacts([fact]))][0]).toMatchObject({ image: 'a\ud800b' })
  })
})

describe('order', () => {
  function blocksOf(facts: readonly Fact[]): PackedFacts[] {
    const rows = new FactRows()
    for (const fact of facts) rows.add(fact)
    rows.sort()
    return [...rows.blocks()]
  }

  test('rows are sorted as facts are', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFact, { maxLength: 60 }), (facts) => {
        const sorted = blocksOf(facts).flatMap((block) => [...unpackFacts(block)])
        expect(sorted).toEqual(facts.toSorted(compareFacts))
      }),
    )
  })

  /** Any way to split facts into runs, some packed, some spooled. */
  function runsOf(facts: readonly Fact[], ways: readonly number[]): FactRun[] {
    const groups: Fact[][] = [[], [], []]
    facts.forEach((fact, i) => {
      groups[(ways[i % ways.length] as number) % 3]?.push(fact)
    })
    const spool = new MemorySpool()
    return groups.map((group, i): FactRun => {
      if (i === 0) return runOf(group)
      if (i === 1) return { kind: 'blocks', blocks: blocksOf(group) }
      return { kind: 'spooled', spool, handles: blocksOf(group).map((b) => spool.write(b)) }
    })
  }
  const seen = (runs: FactRun[]) =>
    [...mergeRuns(runs)].map(({ fact, alsoIn }) =>
      JSON.stringify([fact.host, fact.time, fact.ticks, fact.recordId, fact.source, fact.kind, alsoIn]),
    )

  test('the merged stream does not depend on how the facts came', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(arbitraryFact, { maxLength: 60, selector: (f) => `${f.source} ${f.position}` }),
        fc.array(fc.nat(2), { minLength: 1, maxLength: 7 }),
        fc.infiniteStream(fc.nat()),
        (facts, ways, numbers) => {
          const order = facts
            .map((fact) => ({ fact, key: numbers.next().value as number }))
            .sort((a, b) => a.key - b.key)
          const shuffled = order.map(({ fact }) => fact)
          expect(seen(runsOf(shuffled, ways))).toEqual(seen(runsOf(facts, [0])))
        },
      ),
    )
  })

  test('a record in several files comes once and names the others', () => {
    const fact = (source: number): Fact => ({
      time: 1,
      ticks: 0,
      host: 'a',
      source,
      channel: 'Security',
      eventId: 4689,
      recordId: 7,
      position: 99,
      kind: 'process-ended',
      exitCode: null,
      pid: 4,
      guid: null,
      image: null,
    })
    const merged = [...mergeRuns([runOf([fact(2)]), runOf([fact(0), fact(5)])])]
    expect(merged.map(({ fact: f, alsoIn }) => [f.source, alsoIn])).toEqual([[0, [2, 5]]])
  })

  test('full runs go to the spool and come back in order', () => {
    const spool = new MemorySpool()
    const collector = new FactCollector(spool, { cells: 50_000, weight: 1_000_000 })
    const total = 5_000
    for (let i = 0; i < total; i++) {
      collector.add({
        time: (i * 7919) % total,
        ticks: 0,
        host: 'a',
        source: 0,
        channel: 'Security',
        eventId: 4689,
        recordId: i,
        position: i,
        kind: 'process-ended',
        exitCode: null,
        pid: i,
        guid: null,
        image: null,
      })
    }
    const runs = collector.finish()
    expect(spool.blocks.length).toBeGreaterThan(0)
    let last = -1
    let count = 0
    for (const { fact } of mergeRuns(runs)) {
      expect(fact.time).toBeGreaterThanOrEqual(last)
      last = fact.time
      count++
    }
    expect(count).toBe(total)
  })
})
