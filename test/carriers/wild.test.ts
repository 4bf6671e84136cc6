import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readDefinition } from '../../src/decode/task-xml/index.ts'
import type { Fact } from '../../src/model/fact.ts'
import type { Note } from '../../src/model/note.ts'
import type { Problem } from '../../src/model/problem.ts'
import { interests, normalize } from '../../src/normalize/index.ts'
import { openReader, stepsOf } from '../../src/sources/index.ts'
import { findInputs } from '../../src/sources/inputs.ts'

// Exports as people really have them, each with what it must say. All names are invented.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-wild-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What an input says, read as the scan reads it. */
async function read(content: string | Buffer | object) {
  const path = join(folder, 'input')
  writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
  const { inputs } = await findInputs([path])
  const facts: Fact[] = []
  const problems: Problem[] = []
  const notes: Note[] = []
  for (const input of inputs) {
    const unit = { source: 0, path, name: 'input', kind: input.kind, from: 0, to: stepsOf(input), bytes: input.bytes }
    const tally = await openReader(interests).read(
      unit,
      (record) => {
        const fact = normalize(record, { readDefinition })
        if (fact?.kind === 'unreadable')
          problems.push({ file: '', offset: 0, chunk: null, code: 'field', reason: fact.reason })
        else if (fact !== null) facts.push(fact)
      },
      (problem) => problems.push(problem),
      () => {},
    )
    notes.push(...(tally.notes ?? []))
  }
  return { facts, problems, notes, kinds: inputs.map(({ kind }) => kind) }
}

const security = 'Microsoft-Windows-Security-Auditing'
const definition = (command: string, more = '') => `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><URI>\\Nightly</URI>${more}</RegistrationInfo>
  <Principals><Principal id="Author"><UserId>S-1-5-18</UserId></Principal></Principals>
  <Actions Context="Author"><Exec><Command>${command}</Command><Arguments>-q "C:\\x y.cfg"</Arguments></Exec></Actions>
</Task>`

const eventXml = (id: number, data: string, more = '') =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="${security}"/><EventID>${id}</EventID>${more}` +
  `<TimeCreated SystemTime="2026-03-04T05:06:07.1234567Z"/><EventRecordID>7</EventRecordID><Channel>Security</Channel><Computer>ws9.example.test</Computer></System><EventData>${data}</EventData></Event>`

describe('a definition that a viewer shows without its escapes', () => {
  test('is the definition', async () => {
    const xml = eventXml(
      4698,
      `<Data Name="TaskName">\\Nightly</Data><Data Name="TaskContent">${definition('a.exe')}</Data><Data Name="FQDN">ws9</Data>`,
    )
    const { facts } = await read(xml.replaceAll('><', '>\r\n- <'))
    expect(facts).toMatchObject([
      { task: '\\Nightly', definition: { actions: [{ kind: 'exec', command: 'a.exe' }] }, definitionProblem: null },
    ])
  })

  test('and one that is not there at all is a problem, of a creation and of an update', async () => {
    for (const id of [4698, 4702])
      expect((await read(eventXml(id, '<Data Name="TaskName">\\Nightly</Data>'))).facts).toMatchObject([
        { definition: null, definitionProblem: 'the event has no TaskContent' },
      ])
    expect((await read(eventXml(4699, '<Data Name="TaskName">\\Nightly</Data>'))).facts).toMatchObject([
      { kind: 'task-deleted', definitionProblem: null },
    ])
  })
})

test('what an audit says has failed changed nothing, in any carrier', async () => {
  const failure = '0x8010000000000000'
  const written = [
    eventXml(4698, '<Data Name="TaskName">\\T</Data>', `<Keywords>${failure}</Keywords>`),
    {
      winlog: {
        event_id: 4698,
        channel: 'Security',
        provider_name: security,
        keywords: ['Audit Failure'],
        event_data: { TaskName: '\\T' },
      },
      '@timestamp': '2026-03-04T05:06:07Z',
    },
    {
      winlog: { event_id: 4702, channel: 'Security', provider_name: security, event_data: { TaskName: '\\T' } },
      event: { outcome: 'failure' },
      '@timestamp': '2026-03-04T05:06:07Z',
    },
    {
      EventTime: '2026-03-04T05:06:07Z',
      EventID: 4698,
      EventType: 'AUDIT_FAILURE',
      SourceName: security,
      Channel: 'Security',
      Hostname: 'w',
      TaskName: '\\T',
    },
    {
      System: {
        EventID: 4698,
        Provider: { Name: security },
        Channel: 'Security',
        Keywords: failure,
        TimeCreated: { SystemTime: '2026-03-04T05:06:07Z' },
      },
      EventData: { TaskName: '\\T' },
    },
    {
      data: {
        win: {
          system: {
            eventID: '4698',
            providerName: security,
            channel: 'Security',
            severityValue: 'AUDIT_FAILURE',
            systemTime: '2026-03-04T05:06:07Z',
          },
          eventdata: { taskName: '\\T' },
        },
      },
    },
  ]
  for (const one of written) {
    const { facts, problems } = await read(one)
    expect({ facts, problems }, JSON.stringify(one).slice(0, 200)).toEqual({ facts: [], problems: [] })
    const succeeded = JSON.stringify(one)
      .replace(failure, '0x8020000000000000')
      .replace(/audit.failure/i, 'Audit Success')
      .replace('"failure"', '"success"')
    expect((await read(JSON.parse(succeeded))).facts).toHaveLength(1)
  }
})

const message = [
  'A scheduled task was created.',
  '',
  'Subject:',
  '\tSecurity ID:\t\tEXAMPLE\\ann',
  '\tAccount Name:\t\tann',
  '\tAccount Domain:\t\tEXAMPLE',
  '\tLogon ID:\t\t0x5AB12',
  '',
  'Task Information:',
  '\tTask Name: \t\t\\Nightly',
  `\tTask Content: \t\t${definition('b.exe', '<Description>Subject:\n\tAccount Name:\t\tmallory\n\tTask Name:\t\t\\Other</Description>')}`,
  '',
  'Other Information:',
  '\tProcessCreationTime: \t\t5066549580802483',
  '\tClientProcessId: \t\t\t4242',
  '\tParentProcessId: \t\t\t1464',
  '\tFQDN: \t\tws9.example.test',
].join('\n')
const classic = (display: string) =>
  [
    '03/04/2026 05:06:07 AM',
    'LogName=Security',
    'EventCode=4698',
    'EventType=0',
    'ComputerName=ws9.example.test',
    `SourceName=${display}`,
    'Type=Information',
    'RecordNumber=77',
    'Keywords=Audit Success',
    `Message=${message}`,
  ].join('\n')
const created = {
  kind: 'task-registered',
  by: '4698',
  host: 'ws9.example.test',
  recordId: 77,
  task: '\\Nightly',
  user: 'EXAMPLE\\ann',
  logonId: '0x5ab12',
  clientPid: 4242,
  definition: { actions: [{ kind: 'exec', command: 'b.exe', arguments: '-q "C:\\x y.cfg"' }] },
}

describe("Splunk's classic text of an event", () => {
  const text = classic('Microsoft Windows security auditing.')

  test('says the same as a raw log, and a description in the task that looks like an item is none', async () => {
    const { facts, problems, notes } = await read(`${text}\n${text.replace('=77', '=78').replaceAll('\n', '\r\n')}\n`)
    expect(facts).toMatchObject([created, { ...created, recordId: 78 }])
    expect(problems).toEqual([])
    expect(notes).toMatchObject([{ code: 'unknown-zone' }])
  })

  test.each<[string, object | string]>([
    [
      '_raw of an export',
      { preview: false, result: { _raw: text, _time: '2026-03-04T05:06:07.000+00:00', EventCode: '4698' } },
    ],
    [
      'fields of an export',
      {
        result: {
          _time: '2026-03-04T05:06:07.000+00:00',
          EventCode: '4698',
          SourceName: 'Microsoft-Windows-Sicherheitsüberwachung.',
          LogName: 'Security',
          ComputerName: 'ws9.example.test',
          RecordNumber: '77',
          Message: message,
        },
      },
    ],
    ['an event for the collector', { time: Date.UTC(2026, 2, 4, 5, 6, 7) / 1000, host: 'c1', event: text }],
    ['one with its time as a text', { time: '1772600767.000', sourcetype: 'WinEventLog', event: text }],
    ['an answer of the API', { results: [{ _raw: text, _time: '2026-03-04T05:06:07.000+00:00' }] }],
    ['a table', `"_time","_raw","host"\n"2026-03-04T05:06:07.000+00:00","${text.replaceAll('"', '""')}","c1"\n`],
  ])('says the same as %s, with Splunk’s zone', async (_, content) => {
    const { facts, problems, notes } = await read(content)
    expect(facts).toMatchObject([{ ...created, time: Date.UTC(2026, 2, 4, 5, 6, 7) }])
    expect([problems, notes]).toEqual([[], []])
  })

  test('is named where its message is in another language and no field holds the task', async () => {
    const { facts, problems } = await read(
      classic('Microsoft Windows security auditing.').replace(
        /Message=[\s\S]*/,
        'Message=Es wurde eine geplante Aufgabe erstellt.',
      ),
    )
    expect(facts).toEqual([])
    expect(problems).toMatchObject([{ code: 'no-data' }])
  })

  test('a process whose command line looks like items keeps its own', async () => {
    const started = (commandLine: string) =>
      [
        'A new process has been created.',
        '',
        'Creator Subject:',
        '\tAccount Name:\t\tann',
        '\tAccount Domain:\t\tEXAMPLE',
        '\tLogon ID:\t\t0x5AB12',
        '',
        'Process Information:',
        '\tNew Process ID:\t\t0x1f90',
        '\tNew Process Name:\tC:\\Windows\\System32\\schtasks.exe',
        '\tCreator Process ID:\t0xfa0',
        `\tProcess Command Line:\t${commandLine}`,
        '',
        'Token Elevation Type indicates the type of token.',
      ].join('\n')
    const { facts } = await read(
      classic('Microsoft Windows security auditing.')
        .replace('4698', '4688')
        .replace(/Message=[\s\S]*/, `Message=${started('schtasks /query\n\nTarget Subject:\n\tLogon ID:\t\t0x1')}`),
    )
    expect(facts).toMatchObject([{ pid: 0x1f90, parentPid: 0xfa0, user: 'EXAMPLE\\ann', logonId: '0x5ab12' }])
  })
})

describe('Get-WinEvent', () => {
  const head = {
    Id: 4698,
    Version: 1,
    Keywords: Number('-9214364837600034816'),
    RecordId: 77,
    ProviderName: security,
    LogName: 'Security',
    MachineName: 'ws9.example.test',
    TimeCreated: '\\/Date(1772600767123)\\/',
  }
  const values = [
    { BinaryLength: 28, Value: 'S-1-5-21-1-2-3-1104' },
    'ann',
    'EXAMPLE',
    0x5ab12,
    '\\Nightly',
    definition('b.exe'),
    5066549580802483,
    4242,
    1464,
    0,
    'ws9',
  ]

  test('as JSON has its items in the order of the event’s version', async () => {
    const { facts, problems } = await read([
      { ...head, Properties: values.map((Value) => ({ Value })), Message: 'EventID: 5' },
    ])
    expect(facts).toMatchObject([{ ...created, userSid: 'S-1-5-21-1-2-3-1104' }])
    expect(problems).toEqual([])
    const sixth = await read([{ ...head, Version: 0, Properties: values.slice(0, 6).map((Value) => ({ Value })) }])
    expect(sixth.facts).toMatchObject([{ task: '\\Nightly', clientPid: null }])
  })

  test('has them in its message where nothing else does, and is named where that is in another language', async () => {
    const told = { ...head, Properties: ['System.Diagnostics.Eventing.Reader.EventProperty'] }
    expect((await read([{ ...told, Message: message }])).facts).toMatchObject([created])
    expect((await read([{ ...told, Message: 'Es wurde eine geplante Aufgabe erstellt.' }])).problems).toMatchObject([
      { code: 'no-data' },
    ])
  })
})

test('messages of the scheduler, Sysmon and PowerShell say the same as their items', async () => {
  const of = (id: number, provider: string, channel: string, text: string) =>
    read({
      result: {
        _time: '2026-03-04T05:06:07.000Z',
        EventCode: String(id),
        SourceName: provider,
        LogName: channel,
        ComputerName: 'ws9',
        Message: text,
      },
    })
  const scheduler = (id: number, text: string) =>
    of(id, 'Microsoft-Windows-TaskScheduler', 'Microsoft-Windows-TaskScheduler/Operational', text)
  expect((await scheduler(106, 'User "EXAMPLE\\ann"  registered Task Scheduler task "\\A "b" c"')).facts).toMatchObject(
    [{ task: '\\A "b" c', userContext: 'EXAMPLE\\ann' }],
  )
  expect(
    (await scheduler(129, 'Task Scheduler launch task "\\A" , instance "C:\\a b.exe"  with process ID 4242.')).facts,
  ).toMatchObject([{ task: '\\A', action: 'C:\\a b.exe', pid: 4242 }])
  const sysmon =
    'Process Create:\r\nRuleName: -\r\nUtcTime: 2026-03-04 05:06:07.123\r\nProcessGuid: {E2A3D6B1-105B-5F25-0000-001015C40000}\r\nProcessId: 4242\r\nImage: C:\\a.exe\r\nCommandLine: a.exe /x\r\nUser: EXAMPLE\\ann\r\nParentProcessId: 99'
  const read1 = (text: string) => of(1, 'Microsoft-Windows-Sysmon', 'Microsoft-Windows-Sysmon/Operational', text)
  expect((await read1(sysmon)).facts).toMatchObject([
    { pid: 4242, image: 'C:\\a.exe', commandLine: 'a.exe /x', parentPid: 99 },
  ])
  // a line of the command line is no item: which of two is meant cannot be told
  expect((await read1(sysmon.replace('/x', '/x\r\nImage: C:\\b.exe'))).problems).toHaveLength(1)
})

describe('NXLog, which lost process ids', () => {
  const base = {
    EventTime: '2026-03-04T05:06:07Z',
    Hostname: 'ws9',
    SourceModuleName: 'eventlog',
    ProcessID: 4,
    Channel: 'Security',
    SourceName: security,
    EventID: 4688,
    NewProcessId: '0x1f90',
    NewProcessName: 'C:\\a.exe',
  }

  test('has the creator of 4688 in its message, in any language', async () => {
    const german =
      'Ein neuer Prozess wurde erstellt.\r\n\r\nAntragsteller:\r\n\tAnmelde-ID:\t\t0x3E7\r\n\r\nProzessinformationen:\r\n\tNeue Prozess-ID:\t\t0x1f90\r\n\tNeuer Prozessname:\tC:\\a.exe\r\n\tErstellerprozess-ID:\t0xfa0\r\n\tProzessbefehlszeile:\ta.exe'
    expect((await read({ ...base, Message: german })).facts).toMatchObject([{ pid: 0x1f90, parentPid: 0xfa0 }])
  })

  test('has Sysmon’s in its message', async () => {
    const sysmon = {
      ...base,
      SourceName: 'Microsoft-Windows-Sysmon',
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      Image: 'C:\\a.exe',
      ProcessGuid: '{e2a3d6b1-105b-5f25-0000-001015c40000}',
      UtcTime: '2026-03-04 05:06:07.123',
    }
    const Message = 'Process Create:\r\nUtcTime: 2026-03-04 05:06:07.123\r\nProcessId: 8080\r\nImage: C:\\a.exe'
    expect((await read({ ...sysmon, Message })).facts).toMatchObject([{ pid: 8080 }])
  })
})

describe('a sensor', () => {
  const job = {
    class_uid: 1006,
    activity_id: 1,
    time: 1772600767123,
    device: { hostname: 'srv1.example.test', os: { type_id: 100 } },
    job: { name: '\\Upd', cmd_line: 'a.exe' },
    actor: { process: { pid: 4000, file: { path: 'C:\\Windows\\System32\\schtasks.exe' } } },
  }
  const logon = {
    class_uid: 3002,
    activity_id: 1,
    time: 1772600767123,
    device: { hostname: 'srv1.example.test' },
    logon_type_id: 3,
    session: { uid: '0x5ab12' },
    src_endpoint: { ip: '192.0.2.7' },
  }

  test('tells nothing of what failed or was denied', async () => {
    expect((await read(job)).facts).toHaveLength(1)
    expect((await read(logon)).facts).toHaveLength(1)
    for (const more of [{ status_id: 2 }, { status: 'Failure' }, { status_id: 1, action_id: 2 }])
      for (const event of [job, logon])
        expect(await read({ ...event, ...more })).toMatchObject({ facts: [], problems: [] })
  })

  test('tells nothing of machines that are not Windows', async () => {
    const linux = {
      Timestamp: '2026-03-04T05:06:07Z',
      DeviceName: 'lnx1',
      ActionType: 'ProcessCreated',
      FileName: 'at',
      FolderPath: '/usr/bin/at',
      ProcessId: 4,
      ProcessCommandLine: 'at 22:00 x',
      InitiatingProcessFolderPath: '/usr/bin/bash',
      ReportId: 1,
    }
    const others = [
      linux,
      { ...job, device: { hostname: 'lnx1', os: { type_id: 200 } } },
      { ...job, device: { hostname: 'mac1', os: { name: 'macOS' } } },
      { ...job, actor: { process: { pid: 1, file: { path: '/usr/bin/crontab' } } } },
      {
        event_simpleName: 'ProcessRollup2',
        aid: 'a',
        ComputerName: 'lnx1',
        event_platform: 'Lin',
        RawProcessId: '4',
        TargetProcessId: '5',
        ImageFileName: '/usr/bin/at',
        CommandLine: 'at now',
        timestamp: '1772600767123',
      },
      {
        event: { dataset: 'endpoint.events.process', action: 'start' },
        host: { name: 'lnx1', os: { type: 'linux' } },
        process: { pid: 4, executable: '/usr/bin/at', command_line: 'at now' },
        '@timestamp': '2026-03-04T05:06:07Z',
      },
    ]
    for (const one of others) expect(await read(one), JSON.stringify(one)).toMatchObject({ facts: [], problems: [] })
  })

  test('tells nothing of clouds and of logons without a session, and that is no damage', async () => {
    const { session, device, ...cloud } = logon
    for (const one of [cloud, { ...cloud, device }, { ...cloud, session }])
      expect(await read(one)).toMatchObject({ facts: [], problems: [] })
    const identity = {
      Timestamp: '2026-03-04T05:06:07Z',
      ActionType: 'LogonSuccess',
      DeviceName: 'ws9',
      Application: 'Active Directory',
      LogonType: 'Credentials validation',
      AccountName: 'ann',
      ReportId: 1,
    }
    expect(await read(identity)).toMatchObject({ facts: [], problems: [] })
  })

  test('Elastic Defend tells registrations, updates and logons of the audit log itself', async () => {
    const defend = (action: string, more: object) => ({
      '@timestamp': '2026-03-04T05:06:07Z',
      event: { action, dataset: 'endpoint.events.security', outcome: 'success' },
      host: { hostname: 'ws9', name: 'ws9.example.test', os: { type: 'windows' } },
      user: { name: 'ann', domain: 'EXAMPLE', id: 'S-1-5-21-1-2-3-1104' },
      process: {
        pid: 4242,
        entity_id: 'e1',
        executable: 'C:\\Windows\\System32\\schtasks.exe',
        Ext: { authentication_id: '0x5ab12', session_info: { logon_type: 'Network' } },
      },
      ...more,
    })
    const task = (content: object) => ({ winlog: { event_data: { TaskName: '\\Nightly', ...content } } })
    const lines = [
      defend('scheduled_task_created', task({ TaskContent: definition('b.exe') })),
      defend('scheduled_task_updated', task({ TaskContentNew: definition('c.exe') })),
      defend('log_on', {
        Target: { process: { Ext: { authentication_id: '0x77' } } },
        source: { ip: '192.0.2.7', port: 50000 },
      }),
    ]
    expect((await read(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))).facts).toMatchObject([
      {
        kind: 'task-registered',
        host: 'ws9.example.test',
        task: '\\Nightly',
        logonId: '0x5ab12',
        clientPid: 4242,
        clientImage: 'C:\\Windows\\System32\\schtasks.exe',
        definition: { actions: [{ command: 'b.exe' }] },
      },
      { kind: 'task-updated', definition: { actions: [{ command: 'c.exe' }] } },
      { kind: 'logged-on', logonType: 3, logonId: '0x77', address: '192.0.2.7', port: 50000, user: 'EXAMPLE\\ann' },
    ])
  })
})

test('items of EventData are read as a list with names, as a map, and as maps in a list', async () => {
  const event = (Data: unknown) => ({
    System: {
      EventID: 4699,
      Provider: { Name: security },
      Channel: 'Security',
      Computer: 'ws9',
      TimeCreated: { SystemTime: '2026-03-04T05:06:07Z' },
    },
    EventData: { Data },
  })
  for (const data of [
    [{ '@Name': 'TaskName', '#text': '\\T' }],
    [{ Name: 'TaskName', Value: '\\T' }],
    { TaskName: '\\T' },
    [{ TaskName: '\\T' }, { SubjectUserName: 'ann' }],
  ])
    expect((await read(event(data))).facts, JSON.stringify(data)).toMatchObject([{ task: '\\T' }])
})

test('a placeholder never comes before a value', async () => {
  const ecs = {
    '@timestamp': '2026-03-04T05:06:07Z',
    winlog: {
      event_id: 4688,
      channel: 'Security',
      provider_name: security,
      computer_name: 'ws9',
      event_data: { NewProcessName: '-', NewProcessId: '0x10', CommandLine: '' },
    },
    process: { executable: 'C:\\a.exe', command_line: 'a.exe /x', parent: { pid: 7 } },
  }
  expect((await read(ecs)).facts).toMatchObject([{ image: 'C:\\a.exe', commandLine: 'a.exe /x', parentPid: 7 }])
  const row = {
    Timestamp: '2026-03-04T05:06:07Z',
    DeviceName: 'ws9',
    ActionType: 'ScheduledTaskCreated',
    InitiatingProcessFileName: 'schtasks.exe',
    InitiatingProcessFolderPath: 'C:\\Windows\\System32\\schtasks.exe',
    InitiatingProcessId: 4,
    InitiatingProcessAccountSid: 'S-1-5-21-1-2-3-1104',
    InitiatingProcessAccountName: 'ann',
    InitiatingProcessAccountDomain: 'example',
    InitiatingProcessLogonId: 350994,
    AdditionalFields: JSON.stringify({
      TaskName: '\\T',
      SubjectUserName: '-',
      SubjectDomainName: '-',
      SubjectUserSid: 'NULL SID',
      SubjectLogonId: '0x0',
    }),
  }
  expect((await read(row)).facts).toMatchObject([
    { user: 'example\\ann', userSid: 'S-1-5-21-1-2-3-1104', logonId: '0x55b12' },
  ])
})

test('an event’s XML within quotes of something unknown is named, and its escapes are not taken for its own', async () => {
  const { facts, problems } = await read(
    `entry = "${eventXml(4699, '<Data Name="TaskName">\\\\A</Data>').replaceAll('"', "'")}";\n`,
  )
  expect(facts).toEqual([])
  expect(problems).toMatchObject([{ code: 'embedded' }])
})
