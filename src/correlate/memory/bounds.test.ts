import { describe, expect, test } from 'vitest'
import { changedByAnn, definitionOf, factMaker, storyBegins } from '../../lab/made-facts.ts'
import type { TaskChain } from '../../model/chain.ts'
import { grouped } from '../../model/counted.ts'
import type { Fact, TaskDeleted, TaskDisabled } from '../../model/fact.ts'
import { textWithin } from '../../model/long-text.ts'
import { HostMachine } from '../host-machine.ts'
import { limits } from '../settings.ts'
import { givenUp, newHostMemory } from './host-memory.ts'

// What a busy or hostile host could grow without end, and what becomes of it.

const base = storyBegins
const hour = 3_600_000
const { head, ended, ...made } = factMaker()

const started = (ms: number, pid: number, parentPid: number, image = 'C:\\a.exe', commandLine = image) =>
  made.started(ms, { pid, parentPid, image, commandLine })
const schedule = started(0, 900, 4, 'C:\\Windows\\System32\\svchost.exe', 'svchost.exe -k netsvcs -p -s Schedule')

const created = (ms: number, task: string, command = 'C:\\p.exe') =>
  made.registered(ms, task, { definition: definitionOf(command) })
const deleted = (ms: number, task: string): TaskDeleted => ({
  ...head(ms, 'Security', 4699),
  ...changedByAnn,
  kind: 'task-deleted',
  by: '4699',
  task,
})
const disabled = (ms: number, task: string): TaskDisabled => ({
  ...head(ms, 'Security', 4701),
  ...changedByAnn,
  kind: 'task-disabled',
  by: '4701',
  task,
})

function machineOf(facts: readonly Fact[]): HostMachine {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  return machine
}

/** Objects that the whole state consists of. */
const size = (machine: HostMachine): number => machine.snapshot().objects.length

describe('a host’s state', () => {
  test('gives up the oldest of processes whose end nothing shows, but not those that start others', () => {
    const facts: Fact[] = [schedule]
    // every thousandth process is a child of the service, as a run of a task is
    for (let i = 1; i <= 100_000; i++) facts.push(started(i, 1000 + 4 * i, i % 1000 === 0 ? 900 : 8))
    const machine = machineOf([...facts, created(100_001, '\\T', 'C:\\run.exe')])
    machine.add(started(100_500, 500_000, 900, 'C:\\run.exe'))
    expect(machine.chains().find((c) => c.taskPath === '\\T')?.runs).toHaveLength(1)
    expect(machine.snapshot().objects.length).toBeLessThan(limits.processes * 8)
    expect(machine.givenUp()).toEqual([
      expect.stringMatching(/^\d\d,\d{3} processes of which no end was seen were given up: what they started later is/),
    ])
  })

  test('keeps only the nearest ancestors of a lineage without end', () => {
    const facts: Fact[] = []
    for (let i = 0; i < 20_000; i++) {
      facts.push(started(i * 1000, 8 + 4 * i, 4 + 4 * i))
      if (i > 0) {
        const pid = 4 + 4 * i
        facts.push(ended(i * 1000 + 1, pid))
      }
    }
    // those that ended within the last minutes are kept anyway
    expect(size(machineOf(facts))).toBeLessThan((limits.endedProcesses / 1000 + limits.lineage) * 10)
  })

  test('lets go of tasks that are gone, each chain once, and of all that belongs to them', () => {
    const machine = new HostMachine('ws1')
    const chains: TaskChain[] = []
    for (let i = 0; i < 20_000; i++) {
      machine.add(created(i * 60_000, `\\T${i}`, `C:\\p${i}.exe`))
      machine.add(deleted(i * 60_000 + 1000, `\\T${i}`))
      if (i % 500 === 0) chains.push(...machine.release(base + i * 60_000).chains)
    }
    expect(size(machine)).toBeLessThan(700 * 33)
    chains.push(...machine.chains())
    expect(new Set(chains.map((c) => c.id)).size).toBe(40_000)
    expect(chains).toHaveLength(40_000)
    expect(machine.givenUp()).toEqual([])
  })

  test('gives up the tasks that were not heard of for longest when there are more than any host has', () => {
    const machine = new HostMachine('ws1')
    for (let i = 0; i <= limits.tasks; i++) machine.add(created(i, `\\T${i}`))
    const { chains, tasks } = machine.release(base + limits.tasks)
    expect(tasks[0]?.path).toBe('\\T0')
    expect(chains).toHaveLength(tasks.length)
    expect(machine.tasks()).toHaveLength((limits.tasks * 3) / 4)
    expect(machine.givenUp()).toEqual([
      `${grouped(tasks.length)} tasks that were not heard of for longest were given up: later runs of them stand apart.`,
    ])
  })

  test('tells the newest switches of a task that is switched without end, and how many there were', () => {
    const facts = [created(0, '\\T'), ...[...Array(1000).keys()].map((i) => disabled((i + 1) * 10_000, '\\T'))]
    const owner = (chains: readonly TaskChain[]) => chains.find((c) => c.change?.kind === 'created')
    const whole = machineOf(facts)
    const spot = `${1000 - limits.laterChanges} earlier deletions and switches of this task are not listed here.`
    expect(owner(whole.chains())?.blindSpots).toEqual([spot])
    expect(owner(whole.chains())?.change?.laterChanges).toHaveLength(limits.laterChanges)
    const released = whole.release(base + 10 * hour)
    expect(released.chains).toHaveLength(1000 - limits.laterChanges)
    expect(new Set(released.chains.map((c) => c.partOf))).toEqual(new Set([owner(whole.chains())?.id]))
    expect(owner(whole.chains())?.blindSpots).toEqual([spot])
  })

  test('keeps a few runs of each program that the scheduler starts for tasks unknown, and counts them all', () => {
    const facts: Fact[] = [schedule]
    for (let i = 1; i <= 3000; i++) {
      const pid = 1000 + 4 * i
      facts.push(started(i * 60_000, pid, 900, 'C:\\poll.exe', `poll.exe /n ${i}`), ended(i * 60_000 + 500, pid))
    }
    const machine = machineOf(facts)
    const before = machine.chains()
    machine.release(base + 3000 * 60_000)
    expect(size(machine)).toBeLessThan(2500)
    expect(machine.chains()).toEqual(before)
    expect(before.map((c) => c.runSummary?.count)).toEqual([3000])
  })

  test('says once how many records had a text that Windows does not allow', () => {
    const long = textWithin('p'.repeat(300_000))
    const machine = machineOf([
      started(0, 8, 4, 'C:\\a.exe', long),
      started(1, 12, 8),
      started(2, 16, 8, 'C:\\a.exe', long),
    ])
    expect(machine.givenUp()).toEqual([
      '2 records have longer texts than Windows allows: they are shown cut, with a hash of the rest.',
    ])
  })

  test('speaks of one as of one', () => {
    const memory = newHostMemory('ws1')
    const { processes, sessions, clearedLogs, environment, classes, timestamps, libraries } = memory
    for (const list of [clearedLogs, environment, classes, timestamps, libraries]) list.leftOut = 1
    processes.givenUp = 1
    sessions.givenUp = 1
    Object.assign(memory, { cutNames: 1, cutTexts: 1, crowdedOut: 1, tasksGivenUp: 1, unlistedStrays: 1 })
    const told = givenUp(memory)
    expect(told).toHaveLength(12)
    for (const sentence of told) {
      expect(sentence).toMatch(/^1 /)
      expect(sentence.split(/[:,] /)[0]).not.toMatch(/ (?:are|were|have|they|them) /)
    }
  })

  test('does not grow with every prefix of a path that is longer than any on Windows, and says so', () => {
    const deep = '\\a'.repeat(16_000)
    const facts = [...Array(20).keys()].map((i) => created(i, `\\T${i}${deep}`))
    const machine = machineOf(facts)
    expect(JSON.stringify(machine.snapshot()).length).toBeLessThan(20 * deep.length)
    expect(machine.chains()).toHaveLength(20)
    expect(machine.givenUp()).toEqual([
      '20 tasks have longer names than Windows allows: they are shown cut, with a hash of the rest.',
    ])
    expect(machineOf([created(1, `\\T${deep}`)]).givenUp()).toEqual([
      '1 task has a longer name than Windows allows: it is shown cut, with a hash of the rest.',
    ])
  })
})
