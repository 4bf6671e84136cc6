import { describe, expect, test } from 'vitest'
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

// A host on which no log shows command lines, and nothing else which svchost the scheduler's is.
describe('without command lines', () => {
  const svchost = 'C:\\Windows\\System32\\svchost.exe'
  const child = (ms: number, pid: number, image: string, parentPid = 900) =>
    started(ms, { pid, parentPid, parentImage: svchost, image, commandLine: null })
  const other = registered(1, '\\Other', { definition: definitionOf('"C:\\Program Files\\V\\v.exe"', '/x') })
  const shell = registered(2, '\\Shell', { definition: definitionOf('cmd.exe', '/c C:\\t\\x.cmd') })
  const cmd = (ms: number, parentPid?: number) => child(ms, 90, 'C:\\Windows\\System32\\cmd.exe', parentPid)

  test('a child of a svchost that is the very file of a task is its run', () => {
    expect(tied(made, child(10, 80, 'c:\\TOOLS\\agent.exe'))).toEqual(['80 lineage'])
    expect(tied(made, child(10, 80, 'C:\\Users\\Public\\agent.exe'))).toEqual([])
  })

  test('a program of Windows is no sign, as other services start it as well', () => {
    const windows = registered(0, '\\W', { definition: definitionOf('%windir%\\system32\\wermgr.exe', '-upload') })
    expect(tied(windows, child(10, 80, 'C:\\Windows\\System32\\wermgr.exe'))).toEqual([])
    expect(tied(shell, cmd(10))).toEqual([])
  })

  test('the svchost that started the files of two tasks is the scheduler’s: what else it starts for a task is a run', () => {
    const [agent, v] = [child(10, 80, 'C:\\tools\\agent.exe'), child(20, 81, 'C:\\Program Files\\V\\v.exe')]
    expect(tied(made, other, shell, agent, v, cmd(30))).toEqual(['80 lineage', '81 lineage', '90 lineage'])
    expect(tied(made, other, shell, agent, cmd(30))).toEqual(['80 lineage'])
    const elsewhere = child(20, 81, 'C:\\Program Files\\V\\v.exe', 901)
    expect(tied(made, other, shell, agent, elsewhere, cmd(30))).toEqual(['80 lineage', '81 lineage'])
  })

  test('after Windows was started anew it is another one', () => {
    const services = 'C:\\Windows\\System32\\services.exe'
    const service = (ms: number, pid: number, parentPid: number) =>
      started(ms, { pid, parentPid, parentImage: services, image: svchost, commandLine: null })
    const [agent, v] = [child(10, 80, 'C:\\tools\\agent.exe'), child(20, 81, 'C:\\Program Files\\V\\v.exe')]
    const before = [made, other, shell, service(5, 900, 600), agent, v]
    const again = child(50, 82, 'C:\\tools\\agent.exe', 950)
    expect(tied(...before, again)).toEqual(['80 lineage', '81 lineage'])
    expect(tied(...before, service(40, 950, 700), again)).toEqual(['80 lineage', '82 lineage', '81 lineage'])
    const manager = started(40, { pid: 600, parentPid: 500, image: services, commandLine: null })
    expect(tied(...before, manager, again)).toEqual(['80 lineage', '82 lineage', '81 lineage'])
  })
})
