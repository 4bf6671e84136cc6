import { expect, test } from 'vitest'
import { carrierWriters } from '../../src/lab/carriers/index.ts'
import { tableWriters } from '../../src/lab/carriers/tables.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { sensorWriters } from '../../src/lab/sensors/index.ts'
import { formatInstant } from '../../src/model/time.ts'
import { rowObject } from '../../src/sources/csv/csv-rows.ts'
import { dialectOf } from '../../src/sources/csv/dialect.ts'
import { carriers } from '../../src/sources/json/carriers/index.ts'
import { heldEvents } from '../../src/sources/json/held-events.ts'
import type { JsonObject } from '../../src/sources/json/json-object.ts'
import { JsonRecord } from '../../src/sources/json/json-record.ts'
import { isLocal } from '../../src/sources/json/moment.ts'
import { unwrap } from '../../src/sources/json/unwrap.ts'
import { instantInWords } from '../../src/sources/json/written-time.ts'

// Events written by hand in the form that each tool's documentation or published output has (named in src/sources/json/carriers).

function read(written: object) {
  const [held, ...more] = heldEvents(written).held
  if (held?.kind !== 'event' || more.length > 0) throw new Error('not one event')
  const { event, carrier } = held
  const record = new JsonRecord(carrier, event)
  const moment = carrier.moment(event)
  return {
    carrier: carrier.name,
    provider: record.provider,
    channel: record.channel,
    eventId: record.eventId,
    version: record.version,
    computer: record.computer,
    recordId: record.recordId,
    processId: record.processId,
    userSid: record.userSid,
    activityId: record.activityId,
    time: moment && formatInstant(isLocal(moment) ? moment.local : moment),
    isLocal: moment !== undefined && isLocal(moment),
    field: (name: string) => record.field(name),
  }
}

const nxlogHead = {
  EventTime: '2020-09-21 03:15:45',
  Hostname: 'ws5.example.test',
  EventType: 'INFO',
  SourceName: 'Microsoft-Windows-Sysmon',
  RecordNumber: 2503151,
  Channel: 'microsoft-windows-sysmon/operational',
  UserID: 'S-1-5-18',
  SourceModuleName: 'eventlog',
  SourceModuleType: 'im_msvistalog',
}

test('NXLog: the header apart from the data, local time, escapes taken off once', () => {
  const record = read({
    ...nxlogHead,
    EventID: 1,
    Version: 5,
    ProcessID: 2928,
    CommandLine: 'cmd.exe /c "a &amp;&amp; b" 2&gt;&amp;1 &lt;x',
    ProcessGuid: '{E2A3D6B1-105B-5F25-0000-001015C40000}',
    UtcTime: '2020-09-21 07:15:45.155',
    Description: 'Backup &amp;amp; Restore',
    Product: 'already < plain &amp;',
  })
  expect(record).toMatchObject({
    carrier: 'NXLog',
    channel: 'Microsoft-Windows-Sysmon/Operational',
    version: 5,
    recordId: 2503151,
    processId: 2928,
    userSid: 'S-1-5-18',
    isLocal: true,
  })
  expect(record.field('CommandLine')).toBe('cmd.exe /c "a && b" 2>&1 <x')
  expect(record.field('Description')).toBe('Backup &amp; Restore')
  expect(record.field('Product')).toBe('already < plain &amp;')
  for (const name of ['ProcessID', 'ProcessId', 'EventType', 'Channel', 'Hostname', 'UserID', 'Message', 'constructor'])
    expect(record.field(name), name).toBe(undefined)
})

test('NXLog: a time with a zone is taken at its word, and an EventType of the event itself is given', () => {
  const record = read({
    ...nxlogHead,
    EventTime: '2020-09-21T03:15:45.123456-04:00',
    EventID: 12,
    EventType: 'DeleteValue',
  })
  expect(record).toMatchObject({ time: '2020-09-21T07:15:45.1234560Z', isLocal: false })
  expect(record.field('EventType')).toBe('DeleteValue')
})

test('NXLog: the process id of 129 is the only number that the message has of its own', () => {
  const launch = (message: string, more: object = {}) =>
    read({
      ...nxlogHead,
      SourceName: 'Microsoft-Windows-TaskScheduler',
      Channel: 'Microsoft-Windows-TaskScheduler/Operational',
      EventID: 129,
      ExecutionProcessID: 1184,
      TaskName: '\\Office\\Updates 2.0 &amp; more',
      Path: 'C:\\Program Files\\v16\\up.exe',
      Message: message,
      ...more,
    }).field('ProcessID')
  const quoted = '"\\Office\\Updates 2.0 & more", "C:\\Program Files\\v16\\up.exe"'
  expect(launch(`Task Scheduler launch task ${quoted} with process ID 4242.`)).toBe('4242')
  expect(launch(`タスク ${quoted} をプロセス ID 4242 で起動しました。`)).toBe('4242')
  expect(launch(`${quoted} 4242 or 4243`)).toBe(undefined)
  expect(launch('Task Scheduler launched "something else" with process ID 4242.')).toBe(undefined)
  expect(launch(`${quoted} 4242`, { EventID: 200 })).toBe(undefined)
  expect(launch(`${quoted} 4242`, { ProcessID: 77 })).toBe('77')
})

test('OTRF flat: the log that 104 cleared is lost, and not the one it lies in', () => {
  const record = read({
    SourceName: 'Microsoft-Windows-Eventlog',
    Level: '4',
    Channel: 'System',
    Hostname: 'MKT01.example.test',
    TimeCreated: '2023-08-15T09:53:46.118Z',
    '@timestamp': '2023-08-15T09:53:46.118Z',
    EventID: 104,
    Message: 'The Microsoft-Windows-Kernel-IO/Operational log file was cleared.',
    Task: '104',
  })
  expect(record).toMatchObject({ carrier: 'OTRF flat export', channel: 'System', recordId: 0, isLocal: true })
  expect(record.field('Channel')).toBe(undefined)
})

test('Winlogbeat 6: the collector is not the computer', () => {
  const record = read({
    '@timestamp': '2019-04-03T17:37:12.310Z',
    computer_name: 'HR001.example.test',
    host: { name: 'WECserver' },
    log_name: 'Security',
    source_name: 'Microsoft-Windows-Security-Auditing',
    event_id: 4702,
    record_number: '825398',
    process_id: 592,
    activity_id: '{BDEE0A70-EA42-0000-750B-EEBD42EAD401}',
    user: { identifier: 'S-1-5-18' },
    event_data: { TaskName: '\\A', TaskContentNew: '<Task/>', SubjectLogonId: '0x3e7' },
  })
  expect(record).toMatchObject({
    computer: 'HR001.example.test',
    recordId: 825398,
    processId: 592,
    userSid: 'S-1-5-18',
    activityId: '{bdee0a70-ea42-0000-750b-eebd42ead401}',
    time: '2019-04-03T17:37:12.310Z',
  })
  expect(record.field('TaskContentNew')).toBe('<Task/>')
})

test('Winlogbeat 8, Elastic Agent: what pipelines have moved is found where it is now', () => {
  const head = (eventId: string, provider: string, channel: string) => ({
    '@timestamp': '2019-11-14T17:10:15.151Z',
    event: { code: eventId, provider },
    host: { name: 'collector' },
    winlog: {
      channel,
      computer_name: 'ws5',
      event_id: eventId,
      provider_name: provider,
      record_id: '5010',
      process: { pid: 4 },
    },
  })
  const created = head('4688', 'Microsoft-Windows-Security-Auditing', 'Security')
  const audited = read({
    ...created,
    process: {
      pid: 4556,
      executable: 'C:\\Windows\\System32\\wevtutil.exe',
      parent: { executable: 'C:\\p.exe', pid: 4652 },
    },
    winlog: {
      ...created.winlog,
      event_data: { ProcessId: '0x122c', SubjectLogonId: '0x274a2', CommandLine: 'wevtutil cl' },
    },
  })
  expect(audited).toMatchObject({ computer: 'ws5', recordId: 5010, processId: 4, time: '2019-11-14T17:10:15.151Z' })
  expect(['NewProcessId', 'NewProcessName', 'ProcessId', 'ParentProcessName'].map(audited.field)).toEqual([
    '4556',
    'C:\\Windows\\System32\\wevtutil.exe',
    '0x122c',
    'C:\\p.exe',
  ])
  const registry = read({
    ...head('13', 'Microsoft-Windows-Sysmon', 'Microsoft-Windows-Sysmon/Operational'),
    process: { entity_id: '{E2A3D6B1-105B-5F25-0000-001015C40000}', pid: 7, executable: 'C:\\x.exe' },
    registry: { path: 'HKLM\\A\\B', data: { strings: ['4'], type: 'SZ_DWORD' } },
    user: { name: 'SYSTEM', domain: 'NT AUTHORITY' },
  })
  expect(['TargetObject', 'Details', 'ProcessId', 'User', 'Image', 'Initiated'].map(registry.field)).toEqual([
    'HKLM\\A\\B',
    'DWORD (0x00000004)',
    '7',
    'NT AUTHORITY\\SYSTEM',
    'C:\\x.exe',
    undefined,
  ])
  const cleared = head('1102', 'Microsoft-Windows-Eventlog', 'Security')
  expect(
    read({
      ...cleared,
      winlog: { ...cleared.winlog, user_data: { SubjectUserName: 'adm', xml_name: 'LogFileCleared' } },
    }).field('SubjectUserName'),
  ).toBe('adm')
  const pipeline = read({
    ...head('4103', 'Microsoft-Windows-PowerShell', 'Microsoft-Windows-PowerShell/Operational'),
    powershell: {
      command: {
        invocation_details: [
          { type: 'CommandInvocation', related_command: 'Register-ScheduledTask', value: '"Register-ScheduledTask"' },
          { type: 'ParameterBinding', related_command: 'Register-ScheduledTask', name: '"TaskName"', value: '"T"' },
        ],
      },
    },
  })
  expect(pipeline.field('Payload')).toBe(
    'CommandInvocation(Register-ScheduledTask): "Register-ScheduledTask"\r\nParameterBinding(Register-ScheduledTask): name="TaskName"; value="T"',
  )
})

test('Elasticsearch exports: hits and fields with dots', () => {
  const hit = {
    _index: 'winlogbeat-8',
    _source: { winlog: { event_id: 4699, channel: 'Security', event_data: { TaskName: '\\T' } } },
  }
  expect(read(hit)).toMatchObject({ provider: 'Microsoft-Windows-Security-Auditing', eventId: 4699 })
  const dotted = {
    '@timestamp': '2026-01-01T00:00:00Z',
    'winlog.event_id': '4699',
    'winlog.channel': 'Security',
    'winlog.event_data.TaskName': '\\T',
  }
  expect(read(dotted).field('TaskName')).toBe('\\T')
})

test('evtx_dump: attributes, qualifiers, user data, lists of named data, records with their id beside', () => {
  const system = {
    Provider: { '#attributes': { Name: 'Microsoft-Windows-Eventlog' } },
    EventID: { '#attributes': { Qualifiers: 0 }, '#text': 104 },
    TimeCreated: { '#attributes': { SystemTime: '2021-03-03 12:47:27.371669 UTC' } },
    EventRecordID: 9,
    Execution: { '#attributes': { ProcessID: 5132, ThreadID: 6404 } },
    Channel: 'System',
    Computer: 'ws5',
    Security: { '#attributes': { UserID: 'S-1-5-21-1-2-3-1001' } },
  }
  const cleared = read({
    event_record_id: 9,
    timestamp: '2021-03-03T12:47:27Z',
    data: {
      Event: {
        System: system,
        UserData: {
          LogFileCleared: { '#attributes': { xmlns: 'x' }, 'ns0:Channel': 'Security', SubjectUserName: 'adm' },
        },
      },
    },
  })
  expect(cleared).toMatchObject({
    eventId: 104,
    processId: 5132,
    userSid: 'S-1-5-21-1-2-3-1001',
    time: '2021-03-03T12:47:27.3716690Z',
  })
  expect(cleared.field('Channel')).toBe('Security')
  const listed = read({
    Event: {
      System: { ...system, EventID: 1 },
      EventData: {
        Data: [
          { '#attributes': { Name: 'Image' }, '#text': 'C:\\x.exe' },
          { '@Name': 'User', '#text': 'A\\b' },
        ],
      },
    },
  })
  expect([listed.field('Image'), listed.field('User'), listed.field('Channel')]).toEqual([
    'C:\\x.exe',
    'A\\b',
    undefined,
  ])
})

test('EvtxECmd: the event’s own record id, the data out of its text', () => {
  const record = read({
    PayloadData1: 'Target: x',
    MapDescription: 'A scheduled task was created',
    Computer: 'ws5',
    Channel: 'Security',
    Provider: 'Microsoft-Windows-Security-Auditing',
    EventId: 4698,
    EventRecordId: '443',
    RecordNumber: 12,
    ProcessId: 496,
    TimeCreated: '2020-06-09T15:51:03.9362930+00:00',
    Payload:
      '{"EventData":{"Data":[{"@Name":"TaskName","#text":"\\\\T"},{"@Name":"TaskContent","#text":"<Task/>"},{"@Name":"Empty"}]}}',
  })
  expect(record).toMatchObject({
    carrier: 'EvtxECmd',
    recordId: 443,
    processId: 496,
    time: '2020-06-09T15:51:03.9362930Z',
  })
  expect(['TaskName', 'TaskContent', 'Empty', 'PayloadData1', 'Channel'].map(record.field)).toEqual([
    '\\T',
    '<Task/>',
    '',
    undefined,
    undefined,
  ])
})

test('Velociraptor: seconds since 1970, plain numbers', () => {
  const record = read({
    System: {
      Provider: { Name: 'Microsoft-Windows-Security-Auditing', Guid: '54849625-5478-4994-A5BA-3E3B0328C30D' },
      EventID: { Value: 4688 },
      TimeCreated: { SystemTime: 1611747614.72838 },
      EventRecordID: 20022,
      Correlation: { ActivityID: '45EFE602-F45C-0001-81E6-EF455CF4D601' },
      Execution: { ProcessID: 700 },
      Channel: 'Security',
      Computer: 'RE-Dev',
      Security: {},
    },
    EventData: { NewProcessId: 8920, SubjectLogonId: 999, CommandLine: null },
  })
  expect(record).toMatchObject({
    time: '2021-01-27T11:40:14.7283800Z',
    activityId: '{45efe602-f45c-0001-81e6-ef455cf4d601}',
    userSid: null,
  })
  expect(['NewProcessId', 'SubjectLogonId', 'CommandLine'].map(record.field)).toEqual(['8920', '999', ''])
})

test('Splunk: fields of an export, and the shipper’s own line inside', () => {
  const record = read({
    preview: false,
    result: {
      _time: '2020-08-01T06:55:19.000+00:00',
      sourcetype: 'XmlWinEventLog',
      source: 'XmlWinEventLog:Microsoft-Windows-Sysmon/Operational',
      host: 'win-dc',
      Computer: 'win-dc.example.test',
      EventCode: '1',
      Name: "'Microsoft-Windows-Sysmon'",
      RecordID: '5280',
      CommandLine: 'schtasks /create',
    },
  })
  expect(record).toMatchObject({
    provider: 'Microsoft-Windows-Sysmon',
    channel: 'Microsoft-Windows-Sysmon/Operational',
    recordId: 5280,
    computer: 'win-dc.example.test',
  })
  expect(record.field('CommandLine')).toBe('schtasks /create')
  expect(read({ result: { _time: '1', _raw: JSON.stringify({ ...nxlogHead, EventID: 1 }) } }).carrier).toBe('NXLog')
})

test('Wazuh: first letters in lower case, a backslash taken off before backslashes and quotes, the event’s own time', () => {
  // after a published record of a wazuh-archives index
  const archive = (eventdata: object, system: object = {}) => ({
    _index: 'wazuh-archives-4.x-2026.07.15',
    _source: {
      agent: { ip: '192.0.2.7', name: 'WS5', id: '001' },
      manager: { name: 'wazuh-server' },
      data: {
        win: {
          eventdata,
          system: {
            eventID: '1',
            keywords: '0x8000000000000000',
            channel: 'Microsoft-Windows-Sysmon/Operational',
            version: '5',
            systemTime: '2026-07-15T10:47:37.6113653Z',
            eventRecordID: '49324',
            computer: 'WS5.example.test',
            processID: '2556',
            severityValue: 'INFORMATION',
            providerName: 'Microsoft-Windows-Sysmon',
            ...system,
          },
        },
      },
      decoder: { name: 'windows_eventchannel' },
      location: 'EventChannel',
      timestamp: '2026-07-15T10:47:38.584+0000',
    },
  })
  const record = read(
    archive({
      image: 'C:\\\\Windows\\\\System32\\\\whoami.exe',
      parentCommandLine: '\\"C:\\\\Windows\\\\system32\\\\cmd.exe\\" /c a &amp;&amp; b',
      processGuid: '{6c09860d-6549-6a57-d401-000000002900}',
      description: 'never \\escaped',
    }),
  )
  expect(record).toMatchObject({
    carrier: 'Wazuh',
    recordId: 49324,
    processId: 2556,
    computer: 'WS5.example.test',
    time: '2026-07-15T10:47:37.6113653Z',
  })
  expect(['Image', 'ParentCommandLine', 'ProcessGuid', 'Description', 'CommandLine'].map(record.field)).toEqual([
    'C:\\Windows\\System32\\whoami.exe',
    '"C:\\Windows\\system32\\cmd.exe" /c a && b',
    '{6c09860d-6549-6a57-d401-000000002900}',
    'never \\escaped',
    undefined,
  ])
  const { _source } = archive({}, { eventID: '1102', channel: 'Security', providerName: 'Microsoft-Windows-Eventlog' })
  const { system } = _source.data.win
  const win = { system, logFileCleared: { subjectUserName: 'adm', subjectLogonId: '0x3e7' } }
  expect(read({ ..._source, data: { win } }).field('SubjectUserName')).toBe('adm')
})

test('OpenTelemetry: event_data as a map and as a list, in a body or bare, and in OTLP’s wrappings', () => {
  const body = {
    channel: 'Security',
    computer: 'WS5.example.test',
    event_id: { id: 4698, qualifiers: 0 },
    provider: { name: 'Microsoft-Windows-Security-Auditing', guid: '{54849625-…}', event_source: '' },
    record_id: 443,
    system_time: '2026-03-10T09:14:03.512345700Z',
    execution: { process_id: 496, thread_id: 1 },
    security: { user_id: 'S-1-5-18' },
    version: 1,
  }
  const map = read({ ...body, event_data: { TaskName: '\\T', TaskContent: '<Task/>' } })
  expect(map).toMatchObject({
    carrier: 'OpenTelemetry windowseventlog',
    eventId: 4698,
    recordId: 443,
    processId: 496,
    userSid: 'S-1-5-18',
    time: '2026-03-10T09:14:03.5123457Z',
  })
  const list = read({
    body: { ...body, event_data: { name: '', data: [{ TaskName: '\\T' }, { TaskContent: '<Task/>' }] } },
  })
  for (const record of [map, list])
    expect(['TaskName', 'TaskContent', 'data'].map(record.field)).toEqual(['\\T', '<Task/>', undefined])

  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })
  const members = (values: object[]) => ({ kvlistValue: { values } })
  const record = (name: string) => ({
    timeUnixNano: '1',
    body: members([
      text('channel', 'Security'),
      { key: 'event_id', value: members([{ key: 'id', value: { intValue: '4699' } }]) },
      { key: 'provider', value: members([text('name', 'Microsoft-Windows-Security-Auditing')]) },
      {
        key: 'event_data',
        value: members([{ key: 'data', value: { arrayValue: { values: [members([text('TaskName', name)])] } } }]),
      },
    ]),
  })
  const line = { resourceLogs: [{ scopeLogs: [{ logRecords: [record('\\A'), record('\\B')] }] }] }
  const bodies = unwrap(line as unknown as JsonObject) as object[]
  expect(bodies.map((event) => [read(event).eventId, read(event).field('TaskName')])).toEqual([
    [4699, '\\A'],
    [4699, '\\B'],
  ])
})

const items = (record: ReturnType<typeof read>, ...names: string[]) => names.map((name) => record.field(name))

test('Defender: a row of the streaming API, with the process told by its id and creation time', () => {
  // after a published row of DeviceProcessEvents
  const properties = {
    ProcessVersionInfoOriginalFileName: 'whoami.exe',
    ProcessIntegrityLevel: 'System',
    AccountSid: 'S-1-5-18',
    LogonId: 999,
    AccountName: 'system',
    AccountDomain: 'nt authority',
    ProcessCreationTime: '2021-04-14T18:49:17.528333Z',
    ProcessId: 40288,
    FileName: 'whoami.exe',
    ProcessCommandLine: '"whoami.exe" /user',
    FolderPath: 'C:\\Windows\\System32\\whoami.exe',
    AdditionalFields: null,
    InitiatingProcessFolderPath: 'c:\\windows\\system32\\windowspowershell\\v1.0\\powershell.exe',
    InitiatingProcessCreationTime: '2021-04-14T18:49:15.9040226Z',
    InitiatingProcessId: 39240,
    InitiatingProcessFileName: 'powershell.exe',
    InitiatingProcessCommandLine: '"powershell.exe" -executionPolicy bypass',
    Timestamp: '2021-04-14T18:49:17.7849324Z',
    DeviceName: 'bobslaptop.example.com',
    ReportId: 30779,
    ActionType: 'ProcessCreated',
  }
  const record = read({
    time: '2021-04-14T18:50:42.1532345Z',
    tenantId: '4a653e38-cdfe-1337-beef-abcdefabcdef',
    operationName: 'Publish',
    category: 'AdvancedHunting-DeviceProcessEvents',
    properties,
  })
  expect(record).toMatchObject({
    provider: 'Microsoft Defender XDR',
    channel: 'DeviceProcessEvents',
    eventId: 1007,
    recordId: 30779,
    computer: 'bobslaptop.example.com',
    time: '2021-04-14T18:49:17.7849324Z',
  })
  expect(
    items(record, 'activity_id', 'process.pid', 'process.uid', 'process.file.path', 'process.session.uid'),
  ).toEqual(['1', '40288', '40288@2021-04-14T18:49:17.528333Z', 'C:\\Windows\\System32\\whoami.exe', '999'])
  expect(items(record, 'process.parent_process.uid', 'process.parent_process.file.path', 'constructor')).toEqual([
    '39240@2021-04-14T18:49:15.9040226Z',
    'c:\\windows\\system32\\windowspowershell\\v1.0\\powershell.exe',
    undefined,
  ])
  const folderAlone = read({ ...properties, FolderPath: 'C:\\Windows\\System32' })
  expect(folderAlone.field('process.file.path')).toBe('C:\\Windows\\System32\\whoami.exe')
})

test('Defender: a task’s definition as XML or made to JSON, the caller before the initiating process', () => {
  const row = {
    Timestamp: 'Mar 14, 2024 5:23:12 PM',
    DeviceName: 'ws5',
    ActionType: 'ScheduledTaskUpdated',
    InitiatingProcessFileName: 'svchost.exe',
    InitiatingProcessFolderPath: 'c:\\windows\\system32',
    InitiatingProcessAccountSid: 'S-1-5-18',
  }
  const xml = read({
    ...row,
    AdditionalFields: JSON.stringify({ TaskName: '\\T', TaskContent: '<Task/>', SubjectUserName: 'keller' }),
  })
  expect(xml).toMatchObject({ channel: 'DeviceEvents', eventId: 1006, time: '2024-03-14T17:23:12.000Z' })
  expect(items(xml, 'activity_id', 'job.name', 'job.definition', 'actor.user.name', 'actor.process.file.path')).toEqual(
    ['2', '\\T', '<Task/>', 'keller', 'c:\\windows\\system32\\svchost.exe'],
  )
  const json = read({
    ...row,
    AdditionalFields: {
      TaskName: '\\T',
      TaskContent: { Actions: { '@Context': 'A', Exec: [{ Command: 'a&b.exe' }, { Command: 'c' }] }, 'no <name>': 1 },
    },
  })
  expect(json.field('job.definition')).toBe(
    '<Task><Actions Context="A"><Exec><Command>a&#38;b.exe</Command></Exec><Exec><Command>c</Command></Exec></Actions></Task>',
  )
  const registry = read({
    ...row,
    ActionType: 'RegistryValueSet',
    RegistryKey: 'HKEY_CURRENT_USER\\S-1-5-21-1-2-3-1001\\Environment',
    RegistryValueName: 'windir',
  })
  expect(registry).toMatchObject({ channel: 'DeviceRegistryEvents', eventId: 201_002 })
  expect(registry.field('reg_value.path')).toBe('HKEY_USERS\\S-1-5-21-1-2-3-1001\\Environment')
  expect(read({ ...row, ActionType: 'DnsConnectionInspected' }).eventId).toBe(0)
})

test('CrowdStrike: ids of 64 bits stay texts, the host’s own time, the volume’s name', () => {
  // after published lines of the Falcon Data Replicator
  const record = read({
    AuthenticationId: '2338751',
    CommandLine: 'powershell.exe -nop',
    ComputerName: 'FIN-WS-0142',
    ImageFileName: '\\Device\\HarddiskVolume3\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    IntegrityLevel: '8192',
    ParentBaseFileName: 'WINWORD.EXE',
    ParentProcessId: '9223372036854775807',
    ProcessStartTime: '1790669662.402',
    RawProcessId: '7412',
    TargetProcessId: '18446744073709551615',
    UserSid: 'S-1-5-21-3623811015-3361044348-30300820-1604',
    aid: '4d92d2adf9009775a446ce0fe2689915',
    event_platform: 'Win',
    event_simpleName: 'ProcessRollup2',
    timestamp: '1790669662417',
  })
  expect(record).toMatchObject({
    provider: 'CrowdStrike Falcon',
    channel: 'ProcessRollup2',
    eventId: 1007,
    computer: 'FIN-WS-0142',
    time: '2026-09-29T08:14:22.402Z',
  })
  expect(items(record, 'process.uid', 'process.pid', 'process.parent_process.uid', 'process.file.path')).toEqual([
    '18446744073709551615',
    '7412',
    '9223372036854775807',
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  ])
  const other = { event_simpleName: 'ScheduledTaskRegistered', aid: 'a1', timestamp: '1790669662417' }
  const task = read({
    ...other,
    TaskName: 'Microsoft\\T',
    TaskExecCommand: 'C:\\x.exe',
    TaskExecArguments: '-a',
    RpcClientProcessId_decimal: '289741187433',
    UserName: 'EXAMPLE\\keller',
  })
  expect(task).toMatchObject({ eventId: 1006, computer: 'a1', time: '2026-09-29T08:14:22.417Z' })
  expect(items(task, 'job.name', 'job.cmd_line', 'job.definition', 'actor.process.uid', 'actor.user.domain')).toEqual([
    'Microsoft\\T',
    'C:\\x.exe -a',
    undefined,
    '289741187433',
    'EXAMPLE',
  ])
})

test('Elastic Defend: the key of a registry value is its path without the name', () => {
  const document = (dataset: string, action: string, more: object) => ({
    '@timestamp': '2026-03-10T09:14:03.512Z',
    event: { action, category: [dataset], dataset: `endpoint.events.${dataset}`, module: 'endpoint' },
    host: { hostname: 'WS5' },
    process: { entity_id: 'bGFiLTc=', pid: 7, executable: 'C:\\x.exe', parent: { entity_id: 'bGFiLTE=', pid: 1 } },
    ...more,
  })
  const value = { path: 'HKLM\\A\\B', value: 'B', data: { strings: ['x'] } }
  const registry = read(document('registry', 'modification', { registry: value }))
  expect(registry).toMatchObject({ provider: 'Elastic Defend', eventId: 201_002, computer: 'WS5' })
  expect(items(registry, 'reg_value.path', 'reg_value.name', 'reg_value.data', 'actor.process.uid')).toEqual([
    'HKLM\\A',
    'B',
    'x',
    'bGFiLTc=',
  ])
  expect(read(document('registry', 'deletion', { registry: { path: 'HKLM\\A' } })).eventId).toBe(201_001)
  expect(read(document('process', 'already_running', {})).eventId).toBe(0)
  expect(read(document('process', 'end', {})).field('activity_id')).toBe('2')
})

test('OCSF: who launched a process is its parent, unless it has one of its own', () => {
  const launch = {
    class_uid: 1007,
    activity_id: 1,
    time: 1773134043512,
    time_dt: '2026-03-10T09:14:03.512345Z',
    metadata: { version: '1.7.0', sequence: 12 },
    device: { hostname: 'WS5', type_id: 2 },
    actor: { process: { pid: 1, uid: 'launcher', file: { path: 'C:\\l.exe' } } },
    process: { pid: 7, uid: 'u7', file: { path: 'C:\\x.exe' }, cmd_line: 'x' },
  }
  const record = read(launch)
  expect(record).toMatchObject({ provider: 'OCSF', eventId: 1007, recordId: 12, time: '2026-03-10T09:14:03.5123450Z' })
  expect(items(record, 'process.uid', 'process.parent_process.uid', 'process.parent_process.file.path')).toEqual([
    'u7',
    'launcher',
    'C:\\l.exe',
  ])
  const own = read({ ...launch, process: { ...launch.process, parent_process: { uid: 'parent' } } })
  expect(own.field('process.parent_process.uid')).toBe('parent')
  expect(read({ ...launch, class_uid: 4001 }).eventId).toBe(0)
})

test('Sentinel: items in columns, in XML and in JSON', () => {
  const security = read({
    TimeGenerated: '2024-03-14T17:23:12.1234567Z',
    Computer: 'ws5',
    EventSourceName: 'Microsoft-Windows-Security-Auditing',
    Channel: 'Security',
    EventID: 4698,
    SubjectUserName: 'keller',
    ProcessId: '',
    EventRecordId: '443',
    EventData:
      '<EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><Data Name="TaskName">\\T</Data><Data Name="TaskContent">&lt;Task/&gt;</Data></EventData>',
  })
  expect(security).toMatchObject({ carrier: 'Sentinel SecurityEvent', recordId: 443, userSid: null })
  expect(items(security, 'TaskName', 'TaskContent', 'SubjectUserName', 'Channel')).toEqual([
    '\\T',
    '<Task/>',
    'keller',
    undefined,
  ])
  const event = read({
    TimeGenerated: '3/14/2024, 5:23:12.123 PM',
    Source: 'Microsoft-Windows-Eventlog',
    EventLog: 'System',
    Computer: 'ws5',
    EventID: 104,
    EventData:
      '<DataItem type="System.XmlData" time="x"><UserData><LogFileCleared xmlns="y"><Channel>Security</Channel></LogFileCleared></UserData></DataItem>',
  })
  expect(event).toMatchObject({ carrier: 'Sentinel Event', channel: 'System', time: '2024-03-14T17:23:12.123Z' })
  expect(event.field('Channel')).toBe('Security')
  const windows = (EventData: unknown) =>
    read({ TimeGenerated: '2024-03-14T17:23:12Z', Provider: 'p', Channel: 'Security', EventID: 1, EventData })
  for (const data of [{ Image: 'x' }, '{"Image":"x"}', { Root: { Image: 'x' } }])
    expect(windows(data).field('Image')).toBe('x')
  expect(windows('{"Image":').field('Image')).toBe(undefined)
})

test('times as portals and cultures write them', () => {
  const at = (text: string) => {
    const time = instantInWords(text)
    return time && formatInstant(time)
  }
  expect(at('3/14/2024, 5:23:12.123 PM')).toBe('2024-03-14T17:23:12.123Z')
  expect(at('3/4/2024 12:00:00 AM')).toBe('2024-03-04T00:00:00.000Z')
  expect(at('04/03/2024 17:23:12')).toBe('2024-03-04T17:23:12.000Z')
  expect(at('04.03.2024 17:23:12')).toBe('2024-03-04T17:23:12.000Z')
  expect(at('Feb 20, 2024 10:21:33 AM')).toBe('2024-02-20T10:21:33.000Z')
  expect(at('2024-03-14T17:23:12.1234567Z')).toBe('2024-03-14T17:23:12.1234567Z')
  for (const none of ['', '13/13/2024 1:00:00 AM', '3/14/2024 13:00:00 PM', 'Foo 1, 2024 1:00:00 AM', '3/14/2024'])
    expect(at(none), none).toBe(undefined)
})

test('every carrier is written by the lab, and no event fits two', () => {
  const events = demoIncident().files.flatMap((file) => file.events)
  const seen = new Set<string>()
  const sees = (written: JsonObject, writer: string) => {
    for (const held of heldEvents(written).held) {
      if (held.kind === 'xml') continue
      const fitting = carriers.filter((carrier) => carrier.fits(held.event)).map(({ name }) => name)
      expect(fitting, writer).toHaveLength(1)
      seen.add(fitting[0] as string)
    }
  }
  for (const writer of carrierWriters) for (const event of events) sees(JSON.parse(writer.line(event)), writer.name)
  for (const writer of [...sensorWriters, ...tableWriters]) {
    for (const file of writer.files(events)) {
      const text = Buffer.from(file).toString('latin1')
      const table = text.startsWith('{') ? null : dialectOf(Buffer.from(file))
      if (table === null) for (const line of file.trim().split('\n')) sees(JSON.parse(line), writer.name)
      else sees(rowObject(table.header, table.header), writer.name)
    }
  }
  // our own dump is made by the dump command's tests, what Get-WinEvent loses by those of CSV, other sensors' rows are in sensor-rows.test.ts
  // and shippers.test.ts
  expect(carriers.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([
    'tasktrail dump',
    'Snare',
    'Get-WinEvent',
    'Fluent Bit and fluentd',
    'Defender device timeline',
    'SentinelOne Deep Visibility',
    'LimaCharlie',
    'HarfangLab',
    'Cortex XDR',
    'Cortex XDR event log',
  ])
})
