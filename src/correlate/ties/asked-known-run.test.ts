import { describe, expect, test } from 'vitest'
import { definitionOf, factMaker } from '../../lab/made-facts.ts'
import type { TaskCommand } from '../../model/command.ts'
import type { Fact, ProcessStarted, RegistryChanged, TaskTriggered } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'

const path = '\\Microsoft\\Windows\\Windows Error Reporting\\QueueReporting'
const { head, started, registered } = factMaker()

const commandOf = (task: string): TaskCommand => ({
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
})

/** What asks for the run: schtasks itself, or a shell that is told to, where schtasks was not logged. */
const asks = (ms: number, image: string, task = path): ProcessStarted =>
  started(ms, {
    pid: 80,
    image: `C:\\Windows\\System32\\${image}`,
    commandLine: `cmd /c schtasks /run /tn "${task}"`,
    command: commandOf(task),
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

const runsOf = (...facts: Fact[]) => runsOfTask(path, ...facts)

function runsOfTask(task: string, ...facts: Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  const runs = machine
    .chains()
    .filter(({ taskPath }) => taskPath === task)
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

describe('a run that was asked for of a task whose definition is known', () => {
  const task = '\\Backup'
  const made = registered(0, task, { definition: definitionOf('C:\\tools\\backup.cmd', '/all') })
  const cmd = (ms: number, fields: Partial<ProcessStarted> = {}) =>
    started(ms, {
      pid: 90,
      parentPid: 900,
      image: 'C:\\Windows\\System32\\cmd.exe',
      commandLine: 'C:\\Windows\\system32\\cmd.exe /c ""C:\\tools\\backup.cmd" /all"',
      ...fields,
    })

  test('is the process with the command line of its action, where no log names the parent', () => {
    const asked = asks(60_000, 'cmd.exe', task)
    expect(runsOfTask(task, made, asked, cmd(61_000))).toEqual([{ asked: 80, processes: ['90 command-line'] }])
  })

  test('is not the bare program of an unknown parent, nor what a shell starts', () => {
    const asked = asks(60_000, 'schtasks.exe', task)
    expect(runsOfTask(task, made, asked, cmd(61_000, { commandLine: null }))).toEqual([])
    expect(runsOfTask(task, made, asked, cmd(61_000, { parentImage: 'C:\\Windows\\explorer.exe' }))).toEqual([])
  })
})

describe('a run that was asked for of a task whose program a variable names', () => {
  const task = '\\Microsoft\\Windows\\DiskCleanup\\SilentCleanup'
  const set = (details: string): RegistryChanged => ({
    ...head(0, 'Microsoft-Windows-Sysmon/Operational', 13),
    kind: 'registry-changed',
    pid: 70,
    guid: null,
    image: 'C:\\Windows\\System32\\reg.exe',
    user: null,
    action: 'set-value',
    target: 'HKU\\S-1-5-21-1-2-3-1001\\Environment\\windir',
    area: 'environment',
    task: null,
    value: 'windir',
    details,
  })
  const cmd = (ms: number, fields: Partial<ProcessStarted> = {}) =>
    started(ms, {
      pid: 90,
      parentPid: 900,
      image: 'C:\\Windows\\System32\\cmd.exe',
      commandLine: 'cmd.exe /K C:\\Users\\Public\\e.bat & REM \\system32\\cleanmgr.exe /autoclean /d C:',
      ...shared,
      ...fields,
    })
  const value = 'cmd.exe /K C:\\Users\\Public\\e.bat & REM '

  test('is what the variable made of it, and the record of the variable is its evidence', () => {
    const facts = [set(value), asks(1000, 'schtasks.exe', task), cmd(2000)]
    expect(runsOfTask(task, ...facts)).toEqual([{ asked: 80, processes: ['90 run-request'] }])
    const machine = new HostMachine('ws1')
    for (const fact of facts) machine.add(fact)
    const [chain] = machine.chains()
    expect(chain?.circumstances).toMatchObject([{ kind: 'environment-changed' }])
    expect(chain?.evidence.map(({ eventId }) => eventId)).toEqual([13, 4688, 4688])
  })

  test('also where no log shows command lines', () => {
    const facts = [set(value), asks(1000, 'schtasks.exe', task), cmd(2000, { commandLine: null })]
    expect(runsOfTask(task, ...facts)).toEqual([{ asked: 80, processes: ['90 run-request'] }])
  })

  test('is nothing else than what the variable says', () => {
    const other = cmd(2000, { commandLine: 'cmd.exe /c dir' })
    expect(runsOfTask(task, set(value), asks(1000, 'schtasks.exe', task), other)).toEqual([])
    expect(runsOfTask(task, set('C:\\Windows'), asks(1000, 'schtasks.exe', task), cmd(2000))).toEqual([])
    expect(runsOfTask('\\T', set(value), asks(1000, 'schtasks.exe', '\\T'), cmd(2000))).toEqual([])
  })
})

test('the host of a COM handler that got what Windows’ task gives its class is the run that was asked for', () => {
  const task = '\\Microsoft\\Windows\\CertificateServicesClient\\UserTask'
  const host = (commandLine: string) =>
    started(900, { pid: 90, parentPid: 900, image: 'C:\\Windows\\System32\\taskhostw.exe', commandLine, ...shared })
  const asked = asks(0, 'schtasks.exe', task)
  expect(runsOfTask(task, asked, host('taskhostw.exe USER'))).toEqual([{ asked: 80, processes: ['90 command-line'] }])
  expect(runsOfTask(task, asked, host('taskhostw.exe SYSTEM'))).toEqual([])
})

test('a script that asks another host for a run asks nothing of this one', () => {
  const script = (target: string | null): Fact => ({
    ...head(0, 'Microsoft-Windows-PowerShell/Operational', 4104),
    kind: 'script-ran',
    by: '4104',
    pid: 80,
    userSid: null,
    scriptBlockId: null,
    part: 0,
    parts: 1,
    text: '',
    file: null,
    made: null,
    command: { ...commandOf(path), tool: 'com', target },
    moreCommands: null,
  })
  expect(runsOf(script('srv2'), wermgr(900))).toEqual([])
  expect(runsOf(script(null), wermgr(900))).toEqual([{ asked: 80, processes: ['90 command-line'] }])
})
