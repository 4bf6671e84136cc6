import { describe, expect, test } from 'vitest'
import { factMaker, underScheduler } from '../../lab/made-facts.ts'
import type { Fact, FactHead, RegistryChanged, TaskRunStarted } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'

let record = 0
const head = (seconds: number, channel: string, eventId: number): FactHead => {
  record += 1
  return {
    time: Date.UTC(2026, 2, 10) + seconds * 1000,
    ticks: 0,
    source: 0,
    channel,
    eventId,
    recordId: record,
    position: record,
    host: 'ws1',
  }
}

const task = '\\Microsoft\\Windows\\Wininet\\CacheTask'
const ran = (seconds: number, path = task): TaskRunStarted => ({
  ...head(seconds, 'Microsoft-Windows-TaskScheduler/Operational', 100),
  kind: 'task-run-started',
  task: path,
  servicePid: 900,
  instance: `{${seconds}}`,
  user: null,
})
const registered = (seconds: number, classId = '{0358b920-0ac7-461f-98f4-58e32cd89148}'): RegistryChanged => ({
  ...head(seconds, 'Microsoft-Windows-Sysmon/Operational', 13),
  kind: 'registry-changed',
  pid: 4000,
  guid: null,
  image: 'C:\\Windows\\System32\\reg.exe',
  action: 'set-value',
  target: `HKU\\S-1-5-21-1_Classes\\CLSID\\${classId}\\InprocServer32\\(Default)`,
  area: 'class',
  task: null,
  value: classId,
  details: 'C:\\Users\\Public\\a.dll',
  user: null,
})

function circumstances(...facts: Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  return machine
    .chains()
    .flatMap((chain) => chain.circumstances.map(({ kind, what }) => `${kind} ${what.split(' = ')[1]}`))
}

test('a user’s own server for the class of one of Windows’ tasks stands beside the runs that follow it', () => {
  expect(circumstances(registered(10), ran(5000))).toEqual(['handler-changed C:\\Users\\Public\\a.dll'])
})

test('not beside runs before it, of another task, or for another class', () => {
  expect(circumstances(ran(5), registered(10))).toEqual([])
  expect(circumstances(registered(10), ran(20, '\\Other'))).toEqual([])
  expect(circumstances(registered(10, '{11111111-0ac7-461f-98f4-58e32cd89148}'), ran(20))).toEqual([])
})

describe('a variable of the machine that a user’s environment had another value of', () => {
  const { head: record, started } = factMaker()
  const cleanup = '\\Microsoft\\Windows\\DiskCleanup\\SilentCleanup'
  const reg = started(0, { pid: 50, image: 'C:\\Windows\\System32\\reg.exe' })
  const set = (ms: number, variable: string, value: string): RegistryChanged => ({
    ...record(ms, 'Microsoft-Windows-Sysmon/Operational', 13),
    kind: 'registry-changed',
    pid: 50,
    guid: null,
    image: reg.image,
    action: 'set-value',
    target: `HKU\\S-1-5-21-1\\Environment\\${variable}`,
    area: 'environment',
    task: null,
    value: variable,
    details: value,
    user: null,
  })
  const ran = (ms: number, image: string, commandLine: string | null): Fact =>
    started(ms, { pid: 60, image, commandLine, ...underScheduler })
  const cmd = 'C:\\Windows\\System32\\cmd.exe'

  function named(...facts: Fact[]) {
    const machine = new HostMachine('ws1')
    for (const fact of facts) machine.add(fact)
    return machine
      .chains()
      .map(({ circumstances, evidence }) => [circumstances.length, ...evidence.map((e) => e.eventId)])
  }

  test.each([['windir'], ['systemroot'], ['programfiles']])(
    'is named with its record and who set it: %s',
    (variable) => {
      const led = ran(2000, cmd, 'cmd.exe /k start & REM \\system32\\cleanmgr.exe /autoclean')
      expect(named(reg, set(1000, variable, 'cmd.exe /k start & REM '), led)).toEqual([[1, 4688, 13, 4688]])
    },
  )

  test('is so days later, too, where the command line begins with it', () => {
    const late = 3 * 86_400_000
    const led = (line: string) => ran(late, 'C:\\Users\\Public\\e.exe', line)
    expect(
      named(set(1000, 'windir', 'C:\\Users\\Public\\e.exe'), led('C:\\Users\\Public\\e.exe \\system32\\x.exe')),
    ).toEqual([[1, 13, 4688]])
    expect(named(set(1000, 'windir', 'C:\\Users\\Public'), led('x.exe /log C:\\Users\\Public\\l.txt'))).toEqual([
      [0, 4688],
    ])
  })

  test('is so by the program, and soon after, where no log shows command lines', () => {
    const value = set(1000, 'windir', 'cmd /c C:\\Users\\Public\\a.bat &')
    const word: TaskRunStarted = {
      ...record(1900),
      kind: 'task-run-started',
      task: cleanup,
      servicePid: 1,
      instance: null,
      user: null,
    }
    expect(named(value, ran(2000, cmd, null))).toEqual([[1, 13, 4688]])
    expect(named(value, ran(7_200_000, cmd, null))).toEqual([[0, 4688]])
    expect(named(value, word, ran(2000, 'C:\\x.exe', null)).map(([count]) => count)).toEqual([0, 0])
  })

  test('is not when it is what the variable stands for anyway, or was set afterwards', () => {
    const line = 'C:\\Windows\\system32\\cleanmgr.exe'
    expect(named(set(1000, 'windir', 'C:\\Windows\\'), ran(2000, line, line))).toEqual([[0, 4688]])
    expect(named(ran(500, cmd, 'evil.exe \\system32'), set(1000, 'windir', 'evil.exe'))).toEqual([[0, 4688]])
  })
})
