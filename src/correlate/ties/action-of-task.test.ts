import { expect, test } from 'vitest'
import { definitionOf, factMaker } from '../../lab/made-facts.ts'
import type { Fact, ProcessStarted } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'

// A host on which no log names the parents of processes, and nothing shows which of them the scheduler is.

const { started, registered, began } = factMaker()
const made = registered(0, '\\Agent', { definition: definitionOf('C:\\tools\\agent.exe', '/poll') })
const agent = (ms: number, fields: Partial<ProcessStarted> = {}) =>
  started(ms, {
    pid: 80,
    parentPid: 900,
    image: 'C:\\tools\\agent.exe',
    commandLine: 'C:\\tools\\agent.exe /poll',
    userSid: 'S-1-5-18',
    ...fields,
  })

function tied(...facts: Fact[]): string[] {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  return machine.chains().flatMap(({ runs }) => runs.flatMap((run) => run.processes.map((p) => `${p.pid} ${p.tiedBy}`)))
}

test('a process of SYSTEM with the command line of a task’s action is its run, and so is every next one', () => {
  expect(tied(made, agent(60_000), agent(120_000, { pid: 81, commandLine: null }))).toEqual([
    '80 command-line',
    '81 lineage',
  ])
})

test.each<[string, Partial<ProcessStarted>]>([
  ['in the session of a user', { userSid: 'S-1-5-21-1-2-3-1001' }],
  ['that a known program started', { parentImage: 'C:\\Windows\\System32\\services.exe' }],
  ['without a command line', { commandLine: null }],
  ['with other arguments', { commandLine: 'C:\\tools\\agent.exe /serve' }],
])('a process %s is not', (_, fields) => {
  expect(tied(made, agent(60_000, fields))).toEqual([])
})

test('nor is the bare name of a program, or a child of another process than the scheduler’s', () => {
  const bare = registered(0, '\\T', { definition: definitionOf('notepad.exe') })
  expect(tied(bare, agent(10, { image: 'C:\\Windows\\notepad.exe', commandLine: 'notepad.exe' }))).toEqual([])
  expect(tied(made, began(10, '\\Other', 700), agent(60_000))).toEqual([])
})
