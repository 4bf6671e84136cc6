import { expect, test } from 'vitest'
import { factMaker } from '../../lab/made-facts.ts'
import type { Fact, ProcessStarted, TaskTriggered } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'

const path = '\\Microsoft\\Windows\\Windows Error Reporting\\QueueReporting'
const { head, started } = factMaker()

/** What asks for the run: schtasks itself, or a shell that is told to, where schtasks was not logged. */
const asks = (ms: number, image: string, task = path): ProcessStarted =>
  started(ms, {
    pid: 80,
    image: `C:\\Windows\\System32\\${image}`,
    commandLine: `cmd /c schtasks /run /tn "${task}"`,
    command: {
      tool: 'schtasks',
      verb: 'run',
      task,
      target: null,
      action: null,
      runAs: null,
      schedule: null,
      xmlFile: null,
      highest: false,
      connectAs: null,
      definition: null,
    },
  })

const byHand = (ms: number): TaskTriggered => ({
  ...head(ms, 'Microsoft-Windows-TaskScheduler/Operational', 110),
  kind: 'task-triggered',
  task: path,
  servicePid: 900,
  cause: 'user',
  instance: '{1}',
  user: 'EX\\ann',
})

const shared = { parentImage: 'C:\\Windows\\System32\\svchost.exe', parentCommandLine: 'svchost.exe -k netsvcs' }
const wermgr = (ms: number, fields: Partial<ProcessStarted> = {}): ProcessStarted =>
  started(ms, {
    pid: 90,
    parentPid: 900,
    image: 'C:\\Windows\\System32\\wermgr.exe',
    commandLine: 'C:\\Windows\\system32\\wermgr.exe -upload',
    ...shared,
    ...fields,
  })
const child = (ms: number) =>
  started(ms, {
    pid: 91,
    parentPid: 90,
    image: 'C:\\Users\\Public\\a.exe',
    parentImage: 'C:\\Windows\\System32\\wermgr.exe',
  })

function runsOf(...facts: Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  const runs = machine
    .chains()
    .filter(({ taskPath }) => taskPath === path)
    .flatMap((chain) => chain.runs)
  return runs.map(({ requestedBy, processes }) => ({
    asked: requestedBy?.process?.pid ?? null,
    processes: processes.map(({ pid, tiedBy }) => `${pid} ${tiedBy}`),
  }))
}

test.each(['schtasks.exe', 'cmd.exe'])(
  'a run of Windows’ own task that %s asked for is the process that the task stands for, and what it starts is the run’s',
  (image) => {
    expect(runsOf(asks(0, image), wermgr(900), child(1500))).toEqual([
      { asked: 80, processes: ['90 command-line', '91 parent'] },
    ])
  },
)

test('the scheduler’s word that somebody asked does as well, and so does a parent that no log names', () => {
  expect(runsOf(byHand(0), wermgr(200), child(900))).toEqual([
    { asked: null, processes: ['90 command-line', '91 parent'] },
  ])
  const unnamed = wermgr(900, { parentImage: null, parentCommandLine: null })
  expect(runsOf(asks(0, 'schtasks.exe'), unnamed)).toEqual([{ asked: 80, processes: ['90 command-line'] }])
})

test('without a command line the program at its place is tied by the request', () => {
  const bare = wermgr(900, { commandLine: null })
  expect(runsOf(asks(0, 'schtasks.exe'), bare)).toEqual([{ asked: 80, processes: ['90 run-request'] }])
  const elsewhere = wermgr(900, { commandLine: null, image: 'C:\\Users\\Public\\wermgr.exe' })
  expect(runsOf(asks(0, 'schtasks.exe'), elsewhere)).toEqual([])
})

test.each<[string, Fact[]]>([
  ['the program with other arguments', [asks(0, 'schtasks.exe'), wermgr(900, { commandLine: 'wermgr.exe -x' })]],
  ['long after', [asks(0, 'schtasks.exe'), wermgr(60_000)]],
  ['started by a shell', [asks(0, 'schtasks.exe'), wermgr(900, { parentImage: 'C:\\Windows\\System32\\cmd.exe' })]],
  ['another task', [asks(0, 'schtasks.exe', '\\Other'), wermgr(900)]],
])('%s is not the run', (_, facts) => {
  expect(runsOf(...facts)).toEqual([])
})
