import { describe, expect, test } from 'vitest'
import { definitionOf, factMaker, underScheduler } from '../lab/made-facts.ts'
import type { TaskChain } from '../model/chain.ts'
import { emptyDefinition, type TaskDefinition } from '../model/definition.ts'
import type { Fact, LoggedOn, ProcessStarted, TaskProcessCreated, TaskRegistered } from '../model/fact.ts'
import { saysNothing } from '../model/partial-definition.ts'
import { HostMachine } from './host-machine.ts'

const host = 'ws1.example.test'
const { head, ...made } = factMaker(host)

const definition = (command: string, args: string | null = null, hidden = false): TaskDefinition => ({
  ...definitionOf(command, args),
  settings: { ...emptyDefinition.settings, hidden },
})

const ann = { user: 'EX\\ann', userSid: 'S-1-5-21-1-2-3-1001', logonId: '0x5000' }
const started = (ms: number, fields: Parameters<typeof made.started>[1]): ProcessStarted =>
  made.started(ms, { ...ann, integrity: 'High', ...fields })

const schedule = { parentPid: 1200, ...underScheduler }

const registered = (ms: number, fields: Partial<TaskRegistered> = {}): TaskRegistered =>
  made.registered(ms, '\\Job', { definition: definition('C:\\tools\\job.exe', '/x'), ...fields })

function loggedOn(ms: number, fields: Partial<LoggedOn> = {}): LoggedOn {
  return {
    ...head(ms, 'Security', 4624),
    kind: 'logged-on',
    logonType: 3,
    logonId: '0x5000',
    linkedLogonId: null,
    user: 'EX\\ann',
    userSid: 'S-1-5-21-1-2-3-1001',
    address: '192.0.2.9',
    port: 50123,
    workstation: 'WS9',
    ...fields,
  }
}

const launched = (ms: number, pid: number, task = '\\Job'): TaskProcessCreated =>
  made.launched(ms, task, pid, 'job.exe', 1200)

function chains(...facts: Fact[]): TaskChain[] {
  const machine = new HostMachine(host)
  for (const fact of facts.sort((a, b) => a.time - b.time)) machine.add(fact)
  return machine.chains()
}

const schtasks = (ms: number, pid = 900, fields: Partial<ProcessStarted> = {}) =>
  started(ms, {
    pid,
    image: 'C:\\Windows\\System32\\schtasks.exe',
    commandLine: 'schtasks /create /tn Job /tr "C:\\tools\\job.exe /x" /sc daily',
    command: {
      tool: 'schtasks',
      verb: 'create',
      task: '\\Job',
      target: null,
      action: 'C:\\tools\\job.exe /x',
      runAs: null,
      schedule: 'DAILY',
      xmlFile: null,
      highest: false,
      connectAs: null,
      definition: null,
    },
    ...fields,
  })

describe('changes', () => {
  test('a command, 106 and 4698 of one registration are one change', () => {
    const found = chains(
      schtasks(0),
      {
        ...registered(40, {
          by: '106',
          user: null,
          userSid: null,
          logonId: null,
          definition: null,
          userContext: 'EX\\ann',
          servicePid: 1200,
        }),
        eventId: 106,
      },
      registered(41),
    )
    expect(found).toHaveLength(1)
    expect(found[0]?.change).toMatchObject({
      kind: 'created',
      outcome: 'confirmed',
      route: 'schtasks',
      confidence: 'strong',
    })
    expect(found[0]?.change?.actor.process?.pid).toBe(900)
    expect(found[0]?.evidence).toHaveLength(3)
  })

  test('the ids that a case has with less evidence are its former ids, from the best of them on', () => {
    const command = schtasks(0)
    const logged = { ...registered(40, { by: '106', definition: null, logonId: null, servicePid: 1200 }), eventId: 106 }
    const audited = registered(41)
    const [commanded, scheduled, whole] = [[command], [command, logged], [command, logged, audited]].map(
      (facts) => chains(...facts)[0],
    )
    expect(commanded?.formerIds).toEqual([])
    expect(scheduled?.formerIds).toEqual([commanded?.id])
    expect(whole?.formerIds).toEqual([scheduled?.id, commanded?.id])
    expect(new Set([commanded?.id, scheduled?.id, whole?.id]).size).toBe(3)
    expect(chains(command, audited)[0]?.formerIds).toEqual([commanded?.id])
    expect(chains(logged, audited)[0]?.formerIds).toEqual([chains(logged)[0]?.id])
  })

  test('106 and 140 in the same moment are one creation, not a creation and an update', () => {
    const scheduler = { user: null, userSid: null, logonId: null, definition: null, servicePid: 1200 }
    const found = chains(registered(0, { by: '106', ...scheduler }), {
      ...registered(0, scheduler),
      kind: 'task-updated',
      by: '140',
    } as Fact)
    expect(found.map((c) => c.change?.kind)).toEqual(['created'])
  })

  test('two updates in quick succession stay two', () => {
    const update = (ms: number): Fact => ({ ...registered(ms), kind: 'task-updated', by: '4702' })
    expect(chains(update(0), update(800)).map((c) => c.change?.kind)).toEqual(['modified', 'modified'])
  })

  test('a command that nothing confirms is an attempt', () => {
    const [only] = chains(schtasks(0))
    expect(only?.change).toMatchObject({ outcome: 'attempted', route: 'schtasks', confidence: 'certain' })
    expect(only?.statedAction).toBe('C:\\tools\\job.exe /x')
  })

  test('a command that asks for just what was registered says so; one that asks for something else is told as a contradiction', () => {
    const asking = (commandLine: string) => {
      const asks = schtasks(0)
      const actions = [{ kind: 'exec', commandLine, workingDirectory: null } as const]
      const command = { ...(asks.command as NonNullable<typeof asks.command>), definition: { ...saysNothing, actions } }
      return chains({ ...asks, command }, registered(40))[0]
    }
    const same = asking('C:\\tools\\job.exe /x')
    expect(same?.change).toMatchObject({
      confidence: 'strong',
      because: expect.stringContaining('just this definition'),
    })
    expect(same?.contradictions).toEqual([])
    const other = asking('C:\\tools\\other.exe')
    expect(other?.change).toMatchObject({ confidence: 'weak', route: 'schtasks' })
    expect(other?.contradictions).toEqual([
      {
        id: 'asked-otherwise',
        says: 'The command that goes with this change does not ask for what was registered: asked for C:\\tools\\other.exe, the task has C:\\tools\\job.exe /x.',
      },
    ])
  })

  test('a deletion stands by itself and in the story of the creation', () => {
    const found = chains(registered(0), {
      ...registered(5000, { definition: null }),
      kind: 'task-deleted',
      by: '4699',
    } as Fact)
    expect(found.map((c) => c.change?.kind)).toEqual(['created', 'deleted'])
    expect(found[0]?.change?.laterChanges.map((l) => l.kind)).toEqual(['deleted'])
  })

  test('a modification tells what differs from the definition before it', () => {
    const found = chains(registered(0), {
      ...registered(60_000, { definition: definition('powershell.exe', '-enc AAAA') }),
      kind: 'task-updated',
      by: '4702',
    } as Fact)
    expect(found[1]?.change?.changed).toEqual(['actions'])
    expect(found[1]?.change?.before?.actions[0]).toMatchObject({ command: 'C:\\tools\\job.exe' })
  })

  test('creating \\A\\B also writes the folder \\A, which is no task', () => {
    const file = (ms: number, task: string): Fact => ({
      ...head(ms, 'Microsoft-Windows-Sysmon/Operational', 11),
      kind: 'file-created',
      file: null,
      pid: 1200,
      guid: null,
      image: 'C:\\Windows\\System32\\svchost.exe',
      path: `C:\\Windows\\System32\\Tasks${task}`,
      task,
    })
    expect(chains(file(0, '\\Vendor'), file(10, '\\Vendor\\Update')).map((c) => c.taskPath)).toEqual([
      '\\Vendor\\Update',
    ])
  })

  test('deleting the SD value is tampering, even by the service’s own image name', () => {
    const [only] = chains({
      ...head(0, 'Microsoft-Windows-Sysmon/Operational', 12),
      kind: 'registry-changed',
      pid: 77,
      guid: null,
      image: 'C:\\Windows\\System32\\svchost.exe',
      action: 'delete-value',
      target: 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\Job\\SD',
      area: 'tree',
      task: '\\Job',
      value: 'sd',
      details: null,
      user: 'NT AUTHORITY\\SYSTEM',
    })
    expect(only).toMatchObject({
      kind: 'tampering',
      taskPath: '\\Job',
      change: { kind: 'tampered', route: 'registry' },
    })
  })

  test('a svchost that the collector gave no pid, or another one after a boot, is still taken for the service', () => {
    const write = (ms: number, pid: number): Fact => ({
      ...head(ms, 'Microsoft-Windows-Sysmon/Operational', 13),
      kind: 'registry-changed',
      pid,
      guid: null,
      image: 'C:\\Windows\\System32\\svchost.exe',
      action: 'set-value',
      target: 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\Job\\Index',
      area: 'tree',
      task: '\\Job',
      value: 'index',
      details: 'DWORD (0x00000003)',
      user: null,
    })
    const found = chains(launched(0, 420, '\\Other'), write(1000, 0), write(90_000, 1984))
    expect(found.map((c) => c.change?.kind)).not.toContain('tampered')
  })

  test('a svchost that is known to host another service went around the scheduler', () => {
    const remoteRegistry = started(0, {
      pid: 77,
      image: 'C:\\Windows\\System32\\svchost.exe',
      commandLine: 'svchost.exe -k localService -p -s RemoteRegistry',
    })
    const [only] = chains(remoteRegistry, {
      ...head(1000, 'Microsoft-Windows-Sysmon/Operational', 13),
      kind: 'registry-changed',
      pid: 77,
      guid: null,
      image: 'C:\\Windows\\System32\\svchost.exe',
      action: 'set-value',
      target: 'HKLM\\…\\TaskCache\\Tree\\Job\\Id',
      area: 'tree',
      task: '\\Job',
      value: 'id',
      details: '{…}',
      user: null,
    })
    expect(only?.change).toMatchObject({ kind: 'tampered', route: 'registry' })
  })
})

test('a cmdlet that registers a task takes the action that another one of its process made', () => {
  const script = (ms: number, fields: object): Fact =>
    ({
      ...head(ms, 'Microsoft-Windows-PowerShell/Operational', 4103),
      kind: 'script-ran',
      by: '4103',
      pid: 500,
      userSid: 'S-1-5-21-1-2-3-1001',
      scriptBlockId: null,
      part: 1,
      parts: 1,
      text: '',
      file: null,
      command: null,
      made: null,
      ...fields,
    }) as Fact
  const made = {
    actions: [{ kind: 'exec', commandLine: 'calc.exe /x', workingDirectory: null }],
    triggers: null,
    principal: null,
    settings: {},
    author: null,
    description: null,
  }
  const command = {
    tool: 'powershell',
    verb: 'create',
    task: '\\Job',
    target: null,
    action: null,
    runAs: null,
    schedule: null,
    xmlFile: null,
    highest: false,
    definition: null,
    connectAs: null,
  }
  const [only] = chains(script(0, { made }), script(300, { command }))
  expect(only).toMatchObject({
    taskPath: '\\Job',
    statedAction: 'calc.exe /x',
    change: { route: 'powershell', outcome: 'attempted' },
  })
})

describe('who and how', () => {
  test('client process id 0 means another host; the logon names its address', () => {
    const [only] = chains(loggedOn(0), registered(200, { clientPid: 0 }))
    expect(only?.change).toMatchObject({
      route: 'remote-rpc',
      confidence: 'certain',
      actor: { user: 'EX\\ann', remote: { address: '192.0.2.9', host: 'WS9' } },
    })
  })

  test('a client process id names the process, whatever ran beside it', () => {
    const [only] = chains(
      started(0, { pid: 55, image: 'C:\\Windows\\System32\\wscript.exe' }),
      schtasks(10, 900, { command: null, commandLine: 'schtasks /query' }),
      registered(100, { clientPid: 55 }),
    )
    expect(only?.change).toMatchObject({ route: 'com', confidence: 'certain', actor: { process: { pid: 55 } } })
  })

  test('without a client id, a network logon and no local process of its session mean another host', () => {
    const [only] = chains(loggedOn(0), registered(200))
    expect(only?.change).toMatchObject({ route: 'remote-rpc', actor: { remote: { address: '192.0.2.9' } } })
  })

  test('a tool inside a network session keeps its own route and gets the address', () => {
    const [only] = chains(loggedOn(0), schtasks(100), registered(200))
    expect(only?.change).toMatchObject({
      route: 'schtasks',
      actor: { process: { pid: 900 }, remote: { address: '192.0.2.9' } },
    })
  })

  test('a logon without an address borrows that of the same user’s pipe access next to it', () => {
    const [only] = chains(
      loggedOn(0, { logonId: '0x4fff' }),
      {
        ...head(5, 'Security', 5145),
        kind: 'share-accessed',
        logonId: '0x4fff',
        user: 'EX\\ann',
        userSid: 'S-1-5-21-1-2-3-1001',
        address: '192.0.2.9',
        share: '\\\\*\\IPC$',
        target: 'atsvc',
      },
      loggedOn(20, { address: null }),
      registered(30),
    )
    expect(only?.change).toMatchObject({
      route: 'remote-rpc',
      confidence: 'strong',
      actor: { remote: { address: '192.0.2.9' } },
    })
  })

  test('with nothing but the event, the route is unknown and the user is still named', () => {
    const [only] = chains(registered(0))
    expect(only?.change).toMatchObject({
      route: 'unknown',
      confidence: 'none',
      actor: { user: 'EX\\ann', process: null },
    })
  })
})

describe('runs', () => {
  test('129 ties a process by its id, whichever of the two records comes first', () => {
    const process = (ms: number) =>
      started(ms, { pid: 420, image: 'C:\\tools\\job.exe', commandLine: 'C:\\tools\\job.exe /x', ...schedule })
    for (const [a, b] of [
      [100, 103],
      [103, 100],
    ] as const) {
      const [only] = chains(registered(0), launched(a, 420), process(b))
      expect(only?.runs).toHaveLength(1)
      expect(only?.runs[0]?.processes).toMatchObject([{ pid: 420, tiedBy: 'pid', source: '4688+129' }])
    }
  })

  test('without the scheduler’s log a child of a nameless svchost is tied when its command line is the action', () => {
    const child = started(7, {
      pid: 976,
      image: 'C:\\tools\\job.exe',
      commandLine: '"C:\\tools\\job.exe" /x',
      parentPid: 1044,
      parentImage: 'C:\\Windows\\System32\\svchost.exe',
    })
    const [only] = chains(registered(0), child)
    expect(only?.runs[0]?.processes).toMatchObject([{ pid: 976, tiedBy: 'command-line' }])
  })

  test('another program as SYSTEM seconds after the creation is not the task’s', () => {
    const other = started(3000, {
      pid: 684,
      image: 'C:\\Windows\\System32\\cscript.exe',
      commandLine: 'cscript.exe x.vbs',
      parentPid: 5688,
    })
    expect(chains(registered(0), other)[0]?.runs).toEqual([])
  })

  test('the very program, run before the task was made, is not the task’s', () => {
    const before = started(0, {
      pid: 420,
      image: 'C:\\tools\\job.exe',
      commandLine: 'C:\\tools\\job.exe /x',
      ...schedule,
    })
    const found = chains(before, registered(1000))
    expect(found.find((c) => c.taskPath === '\\Job')?.runs).toEqual([])
  })

  test('children are followed, also those that start after the task was deleted', () => {
    const [only] = chains(
      registered(0),
      started(7, { pid: 976, image: 'C:\\tools\\job.exe', commandLine: 'C:\\tools\\job.exe /x', ...schedule }),
      { ...registered(20, { definition: null }), kind: 'task-deleted', by: '4699' } as Fact,
      started(40, {
        pid: 977,
        image: 'C:\\Windows\\System32\\whoami.exe',
        parentPid: 976,
        parentImage: 'C:\\tools\\job.exe',
      }),
    )
    expect(only?.runs[0]?.processes.map((p) => [p.pid, p.depth, p.tiedBy])).toEqual([
      [976, 0, 'command-line'],
      [977, 1, 'parent'],
    ])
  })

  test('a pid that is used again does not carry the run over to a stranger', () => {
    const [only] = chains(
      registered(0),
      started(7, { pid: 976, image: 'C:\\tools\\job.exe', commandLine: 'C:\\tools\\job.exe /x', ...schedule }),
      {
        ...head(50, 'Security', 4689),
        kind: 'process-ended',
        exitCode: null,
        pid: 976,
        guid: null,
        image: 'C:\\tools\\job.exe',
      },
      started(9000, { pid: 976, image: 'C:\\Windows\\explorer.exe', parentPid: 700 }),
      started(9100, {
        pid: 980,
        image: 'C:\\Windows\\System32\\calc.exe',
        parentPid: 976,
        parentImage: 'C:\\Windows\\explorer.exe',
      }),
    )
    expect(only?.runs.flatMap((r) => r.processes.map((p) => p.pid))).toEqual([976])
  })

  test('a command that changes the action is followed though no log confirms it', () => {
    const change = schtasks(5000, 902, {
      commandLine: 'schtasks /change /tn Job /tr C:\\evil.exe',
      command: {
        tool: 'schtasks',
        verb: 'change',
        task: '\\Job',
        target: null,
        action: 'C:\\evil.exe',
        runAs: null,
        schedule: null,
        xmlFile: null,
        highest: false,
        definition: null,
        connectAs: null,
      },
    })
    const found = chains(
      registered(0),
      change,
      started(9000, { pid: 77, image: 'C:\\evil.exe', commandLine: 'C:\\evil.exe', ...schedule }),
    )
    expect(found.find((c) => c.change?.kind === 'modified')?.runs[0]?.processes).toMatchObject([
      { pid: 77, tiedBy: 'command-line' },
    ])
  })

  test('a process of the scheduler just after /run belongs to the task that was asked for', () => {
    const run = schtasks(0, 901, {
      commandLine: 'schtasks /run /tn Job',
      command: {
        tool: 'schtasks',
        verb: 'run',
        task: '\\Job',
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
    const [only] = chains(
      run,
      started(400, { pid: 1380, image: 'C:\\Windows\\System32\\cmd.exe', commandLine: 'cmd.exe', ...schedule }),
    )
    expect(only).toMatchObject({
      taskPath: '\\Job',
      change: null,
      runs: [
        {
          startedBy: 'user',
          requestedBy: { process: { pid: 901 } },
          processes: [{ pid: 1380, tiedBy: 'run-request' }],
        },
      ],
    })
  })

  test('a child of a shared netsvcs host that is no known action belongs to no task at all', () => {
    const child = started(0, {
      pid: 31,
      image: 'C:\\Windows\\System32\\wuauclt.exe',
      parentPid: 436,
      parentImage: 'C:\\Windows\\System32\\svchost.exe',
      parentCommandLine: 'C:\\Windows\\system32\\svchost.exe -k netsvcs',
    })
    expect(chains(child)).toEqual([])
  })

  test('a task that runs every minute keeps its first runs, the last, and those that start something new', () => {
    const facts: Fact[] = [registered(0)]
    for (let i = 1; i <= 500; i++) {
      facts.push(
        launched(i * 60_000, 1000 + i),
        started(i * 60_000 + 1, {
          pid: 1000 + i,
          image: 'C:\\tools\\job.exe',
          commandLine: 'C:\\tools\\job.exe /x',
          ...schedule,
        }),
      )
      if (i === 250)
        facts.push(
          started(i * 60_000 + 2, {
            pid: 9000,
            image: 'C:\\Windows\\System32\\whoami.exe',
            parentPid: 1000 + i,
            parentImage: 'C:\\tools\\job.exe',
          }),
        )
    }
    const [only] = chains(...facts)
    expect(only?.runSummary?.count).toBe(500)
    expect(only?.runs.length).toBeLessThan(12)
    expect(only?.runs.some((r) => r.processes.some((p) => p.pid === 9000))).toBe(true)
    expect(only?.runs.at(-1)?.processes[0]?.pid).toBe(1500)
  })
})
