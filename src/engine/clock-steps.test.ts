import { describe, expect, test } from 'vitest'
import type { ClockChanged, Fact, ProcessEnded } from '../model/fact.ts'
import { type ClockSteps, noteStep, stepOf, straightened } from './clock-steps.ts'
import { compareFacts } from './fact-order.ts'

const minute = 60_000
const base = Date.UTC(2024, 4, 1, 12)

/** A record of a channel at this minute. */
const record = (at: number, recordId: number, channel = 'Security', host = 'ws1'): ProcessEnded => ({
  kind: 'process-ended',
  exitCode: null,
  time: base + at * minute,
  ticks: 0,
  host,
  source: 0,
  channel,
  eventId: 4689,
  recordId,
  position: recordId * 100,
  pid: recordId,
  guid: null,
  image: null,
})

const moved = (from: number, to: number, recordId: number, host = 'ws1'): ClockChanged => ({
  ...record(to, recordId, 'Security', host),
  kind: 'clock-changed',
  eventId: 4616,
  from: base + from * minute,
  to: base + to * minute,
  user: null,
})

/** Record ids in their order, with the minutes that their facts bear. */
function told(facts: readonly Fact[]): string[] {
  const steps: ClockSteps = new Map()
  for (const fact of facts) if (fact.kind === 'clock-changed') noteStep(steps, stepOf(fact))
  const stream = [...facts].sort(compareFacts).map((fact) => ({ fact, alsoIn: [] }))
  return [...straightened(stream, steps.values(), (host) => host)].map(
    ({ fact }) => `${fact.recordId}@${(fact.time - base) / minute}`,
  )
}

describe('where a clock was set back', () => {
  test('what came before comes first, by record id, and the rest bears a time that goes on', () => {
    const before = [record(0, 1), record(50, 2), record(58, 3)]
    const after = [moved(60, 30, 4), record(31, 5), record(59, 6), record(90, 7)]
    expect(told([...before, ...after])).toEqual(['1@0', '2@50', '3@58', '4@60', '5@61', '6@89', '7@120'])
  })

  test('each channel has its own place, where its time falls', () => {
    const security = [record(40, 1), moved(60, 30, 2), record(45, 3)]
    const sysmon = [record(42, 901, 'Sysmon'), record(59, 902, 'Sysmon'), record(33, 903, 'Sysmon')]
    expect(told([...security, ...sysmon])).toEqual(['1@40', '901@42', '902@59', '2@60', '903@63', '3@75'])
  })

  test('a channel that was silent on one side goes with the records that lie next to its own', () => {
    const security = [record(40, 1), record(41, 2), moved(60, 30, 3), record(50, 4)]
    const scheduler = (at: number) => [record(at, 700, 'TaskScheduler')]
    expect(told([...security, ...scheduler(41.01)])).toEqual(['1@40', '2@41', '700@41.01', '3@60', '4@80'])
    expect(told([...security, ...scheduler(50.01)])).toEqual(['1@40', '2@41', '3@60', '4@80', '700@80.01'])
  })

  test('it is as before from where it is set forward again', () => {
    const facts = [record(50, 1), moved(60, 0, 2), record(5, 3), moved(10, 70, 4), record(75, 5)]
    expect(told(facts)).toEqual(['1@50', '2@60', '3@65', '4@70', '5@75'])
  })

  test('two logs that tell of one step tell of one', () => {
    const kernel = { ...moved(60, 30, 77), channel: 'System', eventId: 1 }
    expect(told([record(50, 1), moved(60, 30, 2), kernel, record(40, 3)])).toEqual(['1@50', '2@60', '77@60', '3@70'])
  })

  test('two logs that tell of a step forward take the offset away once', () => {
    const facts = [record(50, 1), moved(60, 0, 2), record(5, 3), moved(10, 40, 4), record(45, 6)]
    const kernel = { ...moved(10, 40, 77), channel: 'System', eventId: 1 }
    expect(told([...facts, kernel])).toEqual(['1@50', '2@60', '3@65', '4@70', '77@70', '6@75'])
  })

  test('another host of the same short name is left alone, and in its place', () => {
    const [one, two] = ['ws1.one.test', 'ws1.two.test'] as const
    const facts = [record(50, 1, 'Security', one), moved(60, 30, 2, one), record(55, 3, 'Security', one)]
    const others = [record(40, 8, 'Security', two), record(58, 9, 'Security', two)]
    const all = told([...facts, ...others])
    expect(all.filter((each) => /^[89]/.test(each))).toEqual(['8@40', '9@58'])
    expect(all.filter((each) => /^[123]/.test(each))).toEqual(['1@50', '2@60', '3@85'])
  })

  test('another host is left alone', () => {
    const facts = [record(50, 1), moved(60, 30, 2), record(40, 8, 'Security', 'ws2'), record(61, 9, 'Security', 'ws2')]
    expect(told(facts)).toEqual(['1@50', '2@60', '8@40', '9@61'])
  })

  test('steps that overlap leave the order of the times', () => {
    const facts = [record(50, 1), moved(60, 30, 2), record(35, 3), moved(40, 20, 4), record(25, 5)]
    expect(told(facts)).toEqual(['4@20', '5@25', '2@30', '3@35', '1@50'])
  })
})
