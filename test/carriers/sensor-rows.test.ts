import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { formatInstant, type Instant } from '../../src/model/time.ts'
import { scanAll } from '../run-cli.ts'
import { factsOf, lines } from './facts-of.ts'

// Rows written by hand with the names that each sensor's documentation or published output has (named in src/sources/json/carriers).

const happened = (fact: Record<string, unknown> | undefined) => fact && formatInstant(fact as unknown as Instant)

const definition =
  '<?xml version="1.0" encoding="UTF-16"?><Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Triggers><LogonTrigger/></Triggers><Actions><Exec><Command>C:\\ProgramData\\nightly.exe</Command></Exec></Actions></Task>'

const logScaleTask = {
  '#event_simpleName': 'ScheduledTaskRegistered',
  '#cid': 'f0e1',
  '#repo': 'base_sensor',
  aid: '0a1b',
  ComputerName: 'WS7',
  event_platform: 'Win',
  TaskName: '\\Nightly Sync',
  TaskExecCommand: 'C:\\ProgramData\\nightly.exe',
  TaskExecArguments: '',
  TaskXml: definition,
  RpcClientProcessId: '881234567',
  ContextTimeStamp: '1756717200.250',
  UserName: 'b.jansen',
  UserSid: 'S-1-5-21-7-8-9-1201',
  AuthenticationId: '998877',
  '@timestamp': 1756717203000,
  '@rawstring': '',
}

test('LogScale: tags have a # before their names, in JSON and in CSV', async () => {
  const expected = {
    kind: 'task-registered',
    task: '\\Nightly Sync',
    by: 'falcon',
    user: 'b.jansen',
    clientGuid: 'falcon:881234567',
    definitionProblem: null,
  }
  const json = await factsOf(lines(logScaleTask))
  expect(json.facts).toMatchObject([expected])
  expect(happened(json.facts[0])).toBe('2025-09-01T09:00:00.250Z')
  const columns = Object.entries(logScaleTask)
  const quoted = (values: readonly unknown[]) =>
    values.map((value) => `"${String(value).replaceAll('"', '""')}"`).join(',')
  const csv = await factsOf(
    `${quoted(columns.map(([name]) => name))}\r\n${quoted(columns.map(([, value]) => value))}\r\n`,
  )
  expect(csv).toMatchObject({ kind: 'csv', facts: [expected], problems: [] })
  expect(csv.facts[0]).toMatchObject({ time: json.facts[0]?.time })
})

test('LogScale: rows that nobody wants are no damage', async () => {
  const other = { ...logScaleTask, '#event_simpleName': 'DnsRequest' }
  expect(await factsOf(lines(other, logScaleTask))).toMatchObject({
    facts: [{ kind: 'task-registered' }],
    problems: [],
  })
})

const funnelTask = {
  'event.category': 'scheduled_task',
  'event.type': 'Task Register',
  'meta.event.name': 'SCHEDTASKREGISTER',
  'event.time': 1756717200123,
  timestamp: '09:00:00.123',
  'endpoint.name': 'ws7',
  'endpoint.os': 'windows',
  'task.name': '\\Nightly Sync',
  'src.process.pid': 5112,
  'src.process.uid': 'A1B2C3',
  'src.process.name': 'powershell.exe',
  'src.process.image.path': 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  'src.process.user': 'EXAMPLE\\b.jansen',
  'osSrc.process.name': 'svchost.exe',
  'dataSource.vendor': 'SentinelOne',
  'i.scheme': 'edr',
}
const funnelProcess = {
  'event.type': 'Process Creation',
  'event.time': 1756717200001,
  'endpoint.name': 'ws7',
  'endpoint.os': 'windows',
  'src.process.pid': 800,
  'src.process.uid': 'A0',
  'src.process.image.path': 'C:\\Windows\\System32\\cmd.exe',
  'tgt.process.pid': 5112,
  'tgt.process.uid': 'A1B2C3',
  'tgt.process.image.path': 'C:\\Windows\\System32\\schtasks.exe',
  'tgt.process.cmdline': 'schtasks /run /tn "\\Nightly Sync"',
  'tgt.process.user': 'NT AUTHORITY\\SYSTEM',
  'tgt.process.integrityLevel': 'SYSTEM',
  'dataSource.vendor': 'SentinelOne',
}

test('SentinelOne Cloud Funnel: a task is registered by the process behind the service, at the time of the endpoint', async () => {
  const { facts, problems } = await factsOf(lines(funnelTask, funnelProcess))
  expect(problems).toEqual([])
  expect(facts).toMatchObject([
    {
      kind: 'task-registered',
      task: '\\Nightly Sync',
      by: 'sentinelone',
      host: 'ws7',
      user: 'EXAMPLE\\b.jansen',
      clientPid: 5112,
      clientGuid: 'sentinelone:a1b2c3',
      clientImage: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    },
    {
      kind: 'process-started',
      pid: 5112,
      guid: 'sentinelone:a1b2c3',
      parentGuid: 'sentinelone:a0',
      userSid: 'S-1-5-18',
      integrity: 'System',
      command: { tool: 'schtasks' },
    },
  ])
  expect(happened(facts[0])).toBe('2025-09-01T09:00:00.123Z')
})

test('a client that a sensor names with its program is the actor, though no record shows its start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-rows-'))
  try {
    writeFileSync(join(folder, 'rows.json'), lines(funnelTask))
    expect(scanAll(folder)).toMatchObject([
      {
        change: {
          route: 'powershell',
          confidence: 'strong',
          actor: {
            user: 'EXAMPLE\\b.jansen',
            process: { pid: 5112, image: expect.stringMatching(/powershell\.exe$/) },
          },
        },
      },
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('SentinelOne: types are told without their blanks, and other systems say nothing', async () => {
  const { facts, problems } = await factsOf(
    lines(
      { ...funnelTask, 'event.type': 'TaskDelete' },
      { ...funnelProcess, 'endpoint.os': 'linux', 'tgt.process.image.path': '/usr/bin/at' },
      { ...funnelTask, 'event.type': 'DNS Resolved' },
      { ...funnelTask, 'event.type': 'Something New' },
    ),
  )
  expect(facts).toMatchObject([{ kind: 'task-deleted' }])
  expect(problems).toEqual([])
})

test('SentinelOne: answers of the API and exports of queries have other spellings of the same names', async () => {
  const api = {
    eventType: 'Task Update',
    eventTime: '2025-09-01T09:00:00.123Z',
    endpointName: 'ws7',
    endpointOs: 'windows',
    taskName: '\\Nightly Sync',
    srcProcName: 'mmc.exe',
    srcProcPid: '77',
    srcProcUid: 'FF',
    srcProcImagePath: 'C:\\Windows\\System32\\mmc.exe',
    srcProcCmdLine: 'mmc.exe taskschd.msc',
    srcProcUser: 'EXAMPLE\\b.jansen',
  }
  const expected = { kind: 'task-updated', task: '\\Nightly Sync', clientPid: 77, user: 'EXAMPLE\\b.jansen' }
  expect(await factsOf(JSON.stringify([api], null, 1))).toMatchObject({ facts: [expected], problems: [] })
  const header = Object.keys(api).map((name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`)
  expect(await factsOf(`${header.join(',')}\n${Object.values(api).join(',')}\n`)).toMatchObject({
    facts: [expected],
    problems: [],
  })
})

test('HarfangLab: an event has the time at which it happened, not that at which it was taken', async () => {
  const event = {
    event_id: 4699,
    log_name: 'Security',
    source_name: 'Microsoft-Windows-Security-Auditing',
    computer_name: 'ws7.example.test',
    record_number: 12,
    '@timestamp': '2025-09-01T09:00:21.400Z',
    log_type: 'eventlog',
    type: 'wineventlog',
    event_data: {
      TaskName: '\\Nightly Sync',
      SubjectUserName: 'b.jansen',
      SubjectDomainName: 'EXAMPLE',
      SubjectLogonId: '0x1f',
    },
  }
  const times = []
  for (const own of [
    { '@event_create_date': '2025-09-01T09:00:00.123456Z' },
    { event_date: '2025-09-01T09:00:00.123456Z' },
    {},
  ])
    times.push(happened((await factsOf(lines({ ...event, ...own }))).facts[0]))
  expect(times).toEqual(['2025-09-01T09:00:00.1234560Z', '2025-09-01T09:00:00.1234560Z', '2025-09-01T09:00:21.400Z'])
})

test('HarfangLab: its own processes', async () => {
  const row = {
    log_type: 'process',
    '@timestamp': '2025-09-01T09:00:21.400Z',
    '@event_create_date': '2025-09-01T09:00:00.123Z',
    agent: { agentid: 'a', hostname: 'ws7', ostype: 'windows' },
    process_unique_id: 'aa-1',
    parent_unique_id: 'aa-0',
    image_name: 'C:\\Windows\\System32\\schtasks.exe',
    commandline: 'schtasks /delete /tn Old /f',
    pid: 300,
    ppid: 200,
    parent_image: 'C:\\Windows\\System32\\cmd.exe',
    username: 'EXAMPLE\\b.jansen',
    usersid: 'S-1-5-21-7-8-9-1201',
    integrity_level: 'High',
    logonid: 998877,
  }
  const linux = { ...row, agent: { ...row.agent, ostype: 'linux' } }
  const { facts, problems } = await factsOf(lines(row, linux))
  expect(problems).toEqual([])
  expect(facts).toMatchObject([
    {
      kind: 'process-started',
      host: 'ws7',
      pid: 300,
      parentPid: 200,
      logonId: '0xf3ddd',
      command: { tool: 'schtasks' },
    },
  ])
  expect(happened(facts[0])).toBe('2025-09-01T09:00:00.123Z')
})

test('LimaCharlie: processes by their atoms, and keys of the registry', async () => {
  const routing = { hostname: 'ws7', plat: 268435456, this: 'a1', parent: 'a0', event_time: 1756717200123 }
  const { facts, problems } = await factsOf(
    lines(
      {
        routing: { ...routing, event_type: 'NEW_PROCESS' },
        event: {
          FILE_PATH: 'C:\\Windows\\System32\\schtasks.exe',
          COMMAND_LINE: 'schtasks /run /tn A',
          PROCESS_ID: 90,
          USER_NAME: 'EXAMPLE\\b.jansen',
          PARENT: { FILE_PATH: 'C:\\Windows\\System32\\cmd.exe', PROCESS_ID: 80 },
        },
      },
      {
        routing: { ...routing, event_type: 'REGISTRY_WRITE' },
        event: {
          PROCESS_ID: 90,
          REGISTRY_KEY:
            '\\REGISTRY\\MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree\\A\\SD',
          REGISTRY_VALUE: 'AQAE',
        },
      },
      {
        routing: { ...routing, event_type: 'NEW_PROCESS', plat: 536870912 },
        event: { FILE_PATH: '/bin/sh', PROCESS_ID: 1 },
      },
      { routing: { ...routing, event_type: 'DNS_REQUEST' }, event: { DOMAIN_NAME: 'example.test' } },
    ),
  )
  expect(problems).toEqual([])
  expect(facts).toMatchObject([
    {
      kind: 'process-started',
      guid: 'limacharlie:a1',
      parentGuid: 'limacharlie:a0',
      parentPid: 80,
      user: 'EXAMPLE\\b.jansen',
    },
    { kind: 'registry-changed', guid: 'limacharlie:a0', task: '\\A', value: 'sd' },
  ])
})
