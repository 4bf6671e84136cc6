import { describe, expect, test } from 'vitest'
import { definitionOf, factMaker } from '../../lab/made-facts.ts'
import type { TaskChain } from '../../model/chain.ts'
import type { Fact, FileCreated, ProcessStarted, TaskRegistered } from '../../model/fact.ts'
import { saysNothing } from '../../model/partial-definition.ts'
import { HostMachine } from '../host-machine.ts'

const { head, started, registered: made } = factMaker()

const at = (ms: number, command: string, target: string | null = null): ProcessStarted =>
  started(ms, {
    pid: 900 + ms,
    image: 'C:\\Windows\\System32\\at.exe',
    commandLine: `at 13:20 ${command}`,
    user: 'EX\\ann',
    logonId: '0x5000',
    command: {
      tool: 'at',
      verb: 'create',
      task: null,
      target,
      action: command,
      runAs: null,
      schedule: null,
      xmlFile: null,
      highest: false,
      connectAs: null,
      definition: { ...saysNothing, actions: [{ kind: 'exec', commandLine: command, workingDirectory: null }] },
    },
  })

const registered = (ms: number, task: string, command: string | null): TaskRegistered =>
  made(ms, task, { definition: command === null ? null : definitionOf(command), userSid: null })

const jobFile = (ms: number, path: string, image = 'C:\\Windows\\System32\\svchost.exe'): FileCreated => ({
  ...head(ms, 'Microsoft-Windows-Sysmon/Operational', 11),
  kind: 'file-created',
  file: null,
  pid: 1200,
  guid: null,
  image,
  path,
  task: null,
})

function chains(...facts: Fact[]): TaskChain[] {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  return machine.chains()
}

const seen = (found: readonly TaskChain[]) =>
  found.map(({ taskPath, change }) => [taskPath, change?.route, change?.outcome, change?.actor.process?.pid ?? null])

describe('at.exe and the job that the service makes of it', () => {
  test('are one change, with the task that the service named', () => {
    const found = chains(at(0, 'cmd'), registered(60, '\\At1', 'cmd'))
    expect(seen(found)).toEqual([['\\At1', 'at', 'confirmed', 900]])
    expect(found[0]?.evidence.map((one) => one.eventId)).toEqual([4688, 4698])
  })

  test('also where only the job file shows it', () => {
    const found = chains(at(0, 'cmd'), jobFile(40, 'C:\\Windows\\Tasks\\At3.job'))
    expect(seen(found)).toEqual([['\\At3', 'at', 'confirmed', 900]])
  })

  test('two of them in a row claim a job each, by what they ask for', () => {
    const found = chains(at(0, 'a'), at(20, 'b'), registered(60, '\\At2', 'b'), registered(70, '\\At1', 'a'))
    expect(seen(found)).toEqual([
      ['\\At2', 'at', 'confirmed', 920],
      ['\\At1', 'at', 'confirmed', 900],
    ])
  })

  test('nothing is claimed by a command for another host, one that came later, or one that asks for something else', () => {
    expect(seen(chains(at(0, 'cmd', 'FS01'), registered(60, '\\At1', 'cmd')))).toHaveLength(2)
    expect(seen(chains(registered(0, '\\At1', 'cmd'), at(60, 'cmd')))).toHaveLength(2)
    expect(seen(chains(at(0, 'cmd'), registered(60, '\\At1', 'evil')))).toHaveLength(2)
    expect(seen(chains(at(0, 'cmd'), registered(31_000, '\\At1', 'cmd')))).toHaveLength(2)
    expect(seen(chains(at(0, 'cmd'), registered(60, '\\Atlas', 'cmd')))).toHaveLength(2)
  })

  test('a job file that another program wrote is no change that the service made', () => {
    expect(chains(jobFile(0, 'C:\\Windows\\Tasks\\x.job', 'C:\\Program Files\\Old\\setup.exe'))).toEqual([])
  })
})
