import { describe, expect, test } from 'vitest'
import { definitionOf, factMaker } from '../../lab/made-facts.ts'
import { emptyDefinition, type TaskDefinition } from '../../model/definition.ts'
import type { Fact } from '../../model/fact.ts'
import type { Trigger } from '../../model/trigger.ts'
import { HostMachine } from '../host-machine.ts'

// A server whose 4688 has neither command lines nor the names of parents, and on which nothing shows the scheduler's process.

const { started, registered } = factMaker()

const shell = 'C:\\Windows\\System32\\cmd.exe'
const base = {
  id: null,
  enabled: true,
  startBoundary: null,
  endBoundary: null,
  repetition: null,
  executionTimeLimit: null,
}
const atRegistration: Trigger = { ...base, kind: 'registration', delay: null }
const daily = (startBoundary: string): Trigger => ({
  ...base,
  kind: 'calendar',
  startBoundary,
  randomDelay: null,
  schedule: null,
})
const atLogon: Trigger = { ...base, kind: 'logon', delay: null, userId: null }
const longPast = daily('2015-07-15T20:35:13.2757294')

const task = (ms: number, command: string, args: string | null, triggers: Trigger[] = [longPast]): Fact => {
  const definition: TaskDefinition = { ...emptyDefinition, ...definitionOf(command, args), triggers }
  return registered(ms, '\\kqzWvBtr', { definition, logonId: '0x9000' })
}
const process = (ms: number, pid: number, parentPid: number, image: string, more: object = {}): Fact =>
  started(ms, { pid, parentPid, image, commandLine: null, ...more })

function tied(...facts: Fact[]): string[] {
  const machine = new HostMachine('srv1')
  for (const fact of facts.sort((a, b) => a.time - b.time)) machine.add(fact)
  return machine.chains().flatMap(({ runs }) => runs.flatMap((run) => run.processes.map((p) => `${p.pid} ${p.tiedBy}`)))
}

const whoami = 'C:\\Windows\\System32\\whoami.exe'
const made = task(1000, 'cmd.exe', '/C whoami > %windir%\\Temp\\kqzWvBtr.tmp 2>&1')

describe('a shell that begins in the moment of the registration and starts what the action names', () => {
  test('is the run, with all that it starts', () => {
    const conhost = process(1045, 601, 600, 'C:\\Windows\\System32\\conhost.exe')
    const facts = [made, process(1040, 600, 932, shell), conhost, process(1060, 602, 600, whoami)]
    expect(tied(...facts)).toEqual(['600 registration', '601 parent', '602 parent'])
  })

  test.each<[string, Fact, Fact, Fact]>([
    [
      'one that PowerShell runs',
      task(1000, 'powershell.exe', '-NoP -c "& ipconfig.exe /all"', [atRegistration]),
      process(1100, 600, 932, 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'),
      process(1500, 602, 600, 'C:\\Windows\\System32\\ipconfig.exe'),
    ],
    [
      'one with a full path, without a trigger',
      task(1000, shell, '/c C:\\Users\\Public\\a-b.exe -x', []),
      process(1900, 600, 932, shell),
      process(1950, 602, 600, 'C:\\Users\\Public\\a-b.exe'),
    ],
    [
      'one whose parent’s name is in the log',
      made,
      process(1040, 600, 932, shell, { parentImage: 'C:\\Windows\\System32\\svchost.exe' }),
      process(1060, 602, 600, whoami),
    ],
  ])('so is %s', (_, ...facts) => {
    expect(tied(...facts)).toEqual(['600 registration', '602 parent'])
  })

  test('shows which process the scheduler is: the next run needs no more than that', () => {
    const next = registered(9000, '\\Other', { definition: definitionOf('C:\\tools\\x.exe'), logonId: '0x9000' })
    const first = [made, process(1040, 600, 932, shell), process(1060, 602, 600, whoami)]
    expect(tied(...first, next, process(9100, 700, 932, 'C:\\tools\\x.exe'))).toEqual([
      '600 registration',
      '602 parent',
      '700 lineage',
    ])
  })
})

describe('it is not the run', () => {
  test.each<[string, Fact[]]>([
    [
      'when it starts something else',
      [made, process(1040, 600, 932, shell), process(1060, 602, 600, 'C:\\x\\net.exe')],
    ],
    ['when it began later', [made, process(2500, 600, 932, shell), process(2520, 602, 600, whoami)]],
    ['when it was there before', [made, process(900, 600, 932, shell), process(1060, 602, 600, whoami)]],
    [
      'when somebody else started it',
      [
        made,
        process(500, 932, 4, 'C:\\Windows\\explorer.exe'),
        process(1040, 600, 932, shell),
        process(1060, 602, 600, whoami),
      ],
    ],
    [
      'when the task is to wait for its time, or for a logon',
      [
        task(1000, 'cmd.exe', '/c whoami', [daily('2024-05-02T03:00:00'), atLogon]),
        process(1040, 600, 932, shell),
        process(1060, 602, 600, whoami),
      ],
    ],
    [
      'when it is another program than the action’s',
      [made, process(1040, 600, 932, 'C:\\Windows\\explorer.exe'), process(1060, 602, 600, whoami)],
    ],
  ])('%s', (_, facts) => {
    expect(tied(...facts)).toEqual([])
  })
})
