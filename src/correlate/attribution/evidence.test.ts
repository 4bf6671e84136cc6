import { describe, expect, test } from 'vitest'
import { definitionOf, factMaker, underScheduler } from '../../lab/made-facts.ts'
import type { Fact, ModuleLoaded, PipeUsed, ProcessStarted, RegistryChanged, ScriptRan } from '../../model/fact.ts'
import { HostMachine } from '../host-machine.ts'

// Whoever is said to have made a change: the records that this rests on are named, and no others.

const sysmon = 'Microsoft-Windows-Sysmon/Operational'
const { head, started, registered: made } = factMaker()

const registered = (ms: number, fields: Parameters<typeof made>[2] = {}) =>
  made(ms, '\\Job', { definition: definitionOf('C:\\tools\\job.exe'), ...fields })

const loaded = (ms: number, pid: number, image: string): ModuleLoaded => ({
  ...head(ms, sysmon, 7),
  kind: 'module-loaded',
  file: null,
  pid,
  guid: null,
  image,
  module: 'C:\\Windows\\System32\\taskschd.dll',
  user: null,
})

const pipe = (ms: number): PipeUsed => ({
  ...head(ms, sysmon, 18),
  kind: 'pipe-used',
  pid: 4,
  guid: null,
  image: 'System',
  action: 'connected',
  pipe: '\\atsvc',
  user: null,
})

const updater = started(0, { pid: 70, image: 'C:\\Program Files\\V\\updater.exe', logonId: '0x3e7' })
const asSystem = { user: 'EX\\WS1$', userSid: 'S-1-5-18', logonId: '0x3e7' }

const schtasks = (ms: number): ProcessStarted =>
  started(ms, {
    pid: 80,
    image: 'C:\\Windows\\System32\\schtasks.exe',
    commandLine: 'schtasks /create /tn Job /tr C:\\tools\\job.exe',
    logonId: '0x5000',
    command: {
      tool: 'schtasks',
      verb: 'create',
      task: '\\Job',
      target: null,
      action: 'C:\\tools\\job.exe',
      runAs: null,
      schedule: null,
      xmlFile: null,
      highest: false,
      connectAs: null,
      definition: null,
    },
  })

const also = (fact: ProcessStarted): ProcessStarted => ({
  ...fact,
  ...head(0, sysmon, 1),
  time: fact.time + 5,
  by: 'sysmon-1',
  guid: '{80}',
})

function changeOf(...facts: Fact[]) {
  const machine = new HostMachine('ws1')
  for (const fact of facts) machine.add(fact)
  const chain = machine.chains().find(({ taskPath }) => taskPath === '\\Job')
  return { ...chain?.change, evidence: chain?.evidence.map(({ eventId }) => eventId) }
}

describe('the records that an attribution rests on', () => {
  test('are those of the load of taskschd.dll and of the process, where nothing else ties the change to it', () => {
    const change = changeOf(updater, loaded(900, 70, updater.image), registered(1000, asSystem))
    expect(change.because).toContain('loaded taskschd.dll just before')
    expect(change.evidence).toEqual([4688, 7, 4698])
  })

  test('are that of the pipe, where the pipe is all that speaks for another host', () => {
    // an audit event of before Windows 10: no client, and a session of which no logon was kept
    const change = changeOf(pipe(900), registered(1000, { logonId: '0x777' }))
    expect(change).toMatchObject({ route: 'remote-rpc', confidence: 'weak', because: expect.stringContaining('atsvc') })
    expect(change.evidence).toEqual([18, 4698])
  })

  test('are not that of a pipe which has nothing to do with a command that was seen', () => {
    const logged = { ...registered(1000, { by: '106', logonId: null, user: null, userSid: null }), eventId: 106 }
    const change = changeOf(schtasks(500), pipe(900), logged)
    expect(change.route).toBe('schtasks')
    expect(change.evidence).toEqual([4688, 106])
  })

  test('are not that of a process of the session that a script has nothing to do with', () => {
    const beside = started(0, { pid: 90, image: 'C:\\Windows\\System32\\mmc.exe', logonId: '0x5000' })
    const shell = started(10, { pid: 95, image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe' })
    const script: ScriptRan = {
      ...head(900, 'Microsoft-Windows-PowerShell/Operational', 4104),
      kind: 'script-ran',
      by: '4104',
      pid: 95,
      userSid: null,
      scriptBlockId: null,
      part: 1,
      parts: 1,
      text: '',
      file: null,
      moreCommands: null,
      command: { ...(schtasks(0).command as NonNullable<ProcessStarted['command']>), tool: 'powershell' },
      made: null,
    }
    const change = changeOf(beside, shell, script, registered(1000))
    expect(change).toMatchObject({ route: 'powershell', actor: { process: { pid: 95 } } })
    expect(change.evidence).toEqual([4688, 4104, 4698])
  })

  test('are that of the load of taskschd.dll, too, for a process that asks for the change by its command line', () => {
    const asks = schtasks(500)
    expect(changeOf(asks, loaded(520, 80, asks.image), registered(1000)).evidence).toEqual([4688, 7, 4698])
  })

  test('are that of the pipe, too, where the audit log says that the caller was elsewhere', () => {
    const change = changeOf(pipe(900), registered(1000, { clientPid: 0 }))
    expect(change).toMatchObject({ route: 'remote-rpc', evidence: [18, 4698] })
  })

  test('are those of whoever deleted it later, and of whoever asked for a run', () => {
    const deleted: Fact = { ...registered(3000, { definition: null, clientPid: 91 }), kind: 'task-deleted', by: '4699' }
    const cleaner = started(2900, { pid: 91, image: 'C:\\tools\\clean.exe' })
    expect(changeOf(registered(1000), cleaner, { ...deleted, eventId: 4699 }).evidence).toEqual([4698, 4688, 4699])
    const run = { ...(schtasks(0).command as NonNullable<ProcessStarted['command']>), verb: 'run' } as const
    const asks = { ...schtasks(2000), command: run }
    const ran = started(2100, { pid: 99, image: 'C:\\tools\\job.exe', ...underScheduler })
    expect(changeOf(registered(1000), asks, also(asks), ran).evidence).toEqual([4698, 4688, 1, 4688])
  })

  test('are all that show the start of the process whose command line asks for the change', () => {
    const asks = schtasks(500)
    expect(changeOf(asks, also(asks), registered(1000)).evidence).toEqual([4688, 1, 4698])
  })
})

describe('a task that was written around the service', () => {
  const wrote = (ms: number, action: RegistryChanged['action'], value: string | null): RegistryChanged => ({
    ...head(ms, sysmon, 13),
    kind: 'registry-changed',
    pid: 60,
    guid: null,
    image: 'C:\\Users\\Public\\x.exe',
    action,
    target: 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\Job',
    area: 'tree',
    task: '\\Job',
    value,
    details: null,
    user: null,
  })

  test('tells all that was written, and of the sentence the part that hides it', () => {
    const writes = [wrote(0, 'create-key', null), wrote(1, 'set-value', 'id'), wrote(2, 'set-value', 'sd')]
    const { written, because } = changeOf(...writes, wrote(3, 'set-value', 'id'))
    expect(written?.map((one) => one.where === 'registry' && one.value)).toEqual([null, 'id', 'sd'])
    expect(because).toContain('wrote the registry value SD of the task itself')
  })
})
