import { expect, test } from 'vitest'
import { formatInstant, type Instant } from '../../src/model/time.ts'
import { factsOf, lines } from './facts-of.ts'

// What shippers, relays and stores make of an event, written by hand in the form that each documents or publishes. All names are invented.

const happened = (fact: Record<string, unknown> | undefined) => fact && formatInstant(fact as unknown as Instant)

const security = 'Microsoft-Windows-Security-Auditing'
const items = {
  SubjectUserSid: 'S-1-5-21-7-8-9-1201',
  SubjectUserName: 'b.jansen',
  SubjectDomainName: 'EXAMPLE',
  SubjectLogonId: '0x55e621',
  TaskName: '\\Nightly "7" & more',
}
const deleted = { kind: 'task-deleted', task: items.TaskName, user: 'EXAMPLE\\b.jansen', host: 'ws7.example.test' }
const time = '2025-09-01T09:00:00.123Z'
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const alloy = {
  source: security,
  channel: 'Security',
  computer: 'ws7.example.test',
  event_id: 4699,
  version: 1,
  levelText: 'Information',
  keywords: 'Audit Success',
  timeCreated: '2025-09-01T09:00:00.1234567Z',
  eventRecordID: 488676,
  execution: { processId: 4, threadId: 2604 },
  event_data: Object.entries(items)
    .map(([name, value]) => `<Data Name='${name}'>${escaped(value)}</Data>`)
    .join(''),
  message: 'A scheduled task was deleted.',
}

test('Alloy and Promtail: a line of Loki, an answer of its API, and of logcli', async () => {
  const line = JSON.stringify(alloy)
  const stream = { stream: { job: 'windows' }, values: [['1756717200123456789', line]] }
  for (const text of [
    lines(alloy),
    lines({ labels: { job: 'windows' }, line, timestamp: time }),
    JSON.stringify({ status: 'success', data: { resultType: 'streams', result: [stream] } }),
  ]) {
    const { facts, problems } = await factsOf(text)
    expect(problems).toEqual([])
    expect(facts).toMatchObject([{ ...deleted, recordId: 488676 }])
    expect(happened(facts[0])).toBe('2025-09-01T09:00:00.1234567Z')
  }
})

const vector = {
  source_type: 'windows_event_log',
  timestamp: time,
  host: 'ws7.example.test',
  event_id: 4699,
  record_id: 488676,
  channel: 'Security',
  provider_name: security,
  computer: 'ws7.example.test',
  process_id: 4,
  keywords: '0x8020000000000000',
  event_data: items,
  message: 'Event ID 4699',
}

test('Vector: the items by their names, and none for an audit of a failure', async () => {
  const failure = { ...vector, keywords: '0x8010000000000000' }
  const { facts, problems } = await factsOf(lines(vector, failure))
  expect(problems).toEqual([])
  expect(facts).toMatchObject([{ ...deleted, recordId: 488676 }])
  expect(happened(facts[0])).toBe(time)
})

test('Datadog: the event is among the attributes of a log', async () => {
  const event = {
    System: {
      Provider: { Name: security },
      EventID: '4699',
      Channel: 'Security',
      Computer: 'ws7.example.test',
      EventRecordID: '488676',
      TimeCreated: { SystemTime: time },
    },
    EventData: { Data: items },
  }
  const attributes = { Event: event, level: 'Information' }
  for (const log of [
    { id: 'AQ', content: { timestamp: time, host: 'ws7', service: 'windows', attributes } },
    { data: [{ id: 'AQ', type: 'log', attributes: { host: 'ws7', attributes } }] },
    { _id: 'AQ', date: time, host: 'ws7', source: 'windows.events', attributes },
  ]) {
    const { facts, problems } = await factsOf(lines(log))
    expect(problems).toEqual([])
    expect(facts).toMatchObject([deleted])
  }
})

const eventXml =
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="${security}"/><EventID>4699</EventID>` +
  `<TimeCreated SystemTime="${time}"/><EventRecordID>488676</EventRecordID><Channel>Security</Channel><Computer>ws7.example.test</Computer>` +
  `</System><EventData>${Object.entries(items)
    .map(([name, value]) => `<Data Name="${name}">${escaped(value)}</Data>`)
    .join('')}</EventData></Event>`

test('Timesketch: rows of Plaso as CSV and JSON lines; rows of other logs are no damage', async () => {
  const row = {
    message: '[4699 / 0x125b] A scheduled task was deleted.',
    datetime: '2025-09-01T09:00:00.123456+00:00',
    timestamp: 1756717200123456,
    timestamp_desc: 'Creation Time',
    data_type: 'windows:evtx:record',
    xml_string: eventXml,
  }
  const other = { ...row, data_type: 'fs:stat', message: 'NTFS:\\a', xml_string: '' }
  const quoted = (values: readonly unknown[]) =>
    values.map((value) => `"${String(value).replaceAll('"', '""')}"`).join(',')
  const csv = [Object.keys(row), Object.values(other), Object.values(row)]
    .map((values) => `${quoted(values)}\n`)
    .join('')
  for (const text of [csv, lines(row), lines(row, other)])
    expect(await factsOf(text)).toMatchObject({ facts: [deleted], problems: [] })
})

const row = {
  event_type: 'PROCESS',
  event_sub_type: 'PROCESS_START',
  agent_hostname: 'WS7',
  agent_os_type: 'AGENT_OS_WINDOWS',
  event_id: 'AAABfvB4P2Qqn9UKABvBDw==',
  event_timestamp: 1756717200123,
  action_process_os_pid: 4100,
  action_process_instance_id: 'AdgdeB26mNQAAAAEAAAAAA==',
  action_process_image_path: 'C:\\Windows\\System32\\schtasks.exe',
  action_process_image_command_line: 'schtasks /create /tn "Nightly Sync" /tr C:\\Tools\\sync.exe /sc daily',
  action_process_image_sha256: 'a'.repeat(64),
  action_process_username: 'EXAMPLE\\b.jansen',
  action_process_user_sid: 'S-1-5-21-7-8-9-1201',
  action_process_auth_id: '5629473',
  actor_process_os_pid: 4000,
  actor_process_image_path: 'C:\\Windows\\System32\\cmd.exe',
  actor_process_command_line: 'cmd.exe',
  actor_process_instance_id: 'AdgdeB26mNQAAAAFAAAAAA==',
}
const started = {
  kind: 'process-started',
  by: 'cortex-xdr',
  pid: 4100,
  image: row.action_process_image_path,
  commandLine: row.action_process_image_command_line,
}

test('Cortex XDR: rows of a query, its answers and the CSV of the console', async () => {
  const csv = (values: Readonly<Record<string, unknown>>) =>
    [Object.keys(values), Object.values(values)]
      .map((all) => `${all.map((value) => `"${String(value).replaceAll('"', '""')}"`).join('\t')}\n`)
      .join('')
  const { event_timestamp: _, ...console } = {
    ...row,
    event_sub_type: 'ENUM.PROCESS_START',
    _time: 'Sep 1st 2025 09:00:00',
  }
  const answer = { reply: { status: 'SUCCESS', number_of_results: 1, results: { data: [row] } } }
  for (const text of [
    lines(row),
    JSON.stringify(answer),
    JSON.stringify({ data: [{ xdr_data: row }] }),
    csv(row),
    csv(console),
  ]) {
    const { facts, problems } = await factsOf(text)
    expect(problems).toEqual([])
    expect(facts).toMatchObject([started])
    expect(happened(facts[0])?.slice(0, 19)).toBe('2025-09-01T09:00:00')
  }
  const linux = { ...row, agent_os_type: 'AGENT_OS_LINUX', action_process_image_path: '/usr/bin/at' }
  const network = { ...row, event_type: 'NETWORK', event_sub_type: 'NETWORK_STREAM_CONNECT' }
  expect(await factsOf(lines(linux, network))).toMatchObject({ facts: [], problems: [] })
})

test('Cortex XDR: what the agent took from Windows’ logs is that event', async () => {
  const event = {
    ...{ event_type: 'EVENT_LOG', event_sub_type: null, agent_hostname: 'ws7.example.test', _time: 1756717200123 },
    action_evtlog_event_id: 4699,
    action_evtlog_provider_name: security,
    action_evtlog_record_id: '488676',
    action_evtlog_data_fields: JSON.stringify(items),
  }
  const { facts, problems } = await factsOf(lines(event, row))
  expect(problems).toEqual([])
  expect(facts).toMatchObject([{ ...deleted, channel: 'Security', recordId: 488676 }, started])
})

const tabs = (...values: readonly string[]) => values.join('\t')
const process =
  'Process Create:  RuleName:   UtcTime: 2019-11-19 13:24:15.595  ProcessGuid: {BA5C6BBB-ECFF-5DD3-0000-0010AE583300}  ProcessId: 1864  ' +
  'Image: C:\\Windows\\System32\\schtasks.exe  FileVersion: 10.0 (rs1)  CommandLine: schtasks /create  /tn "Nightly  Sync: a" /tr x.exe  ' +
  'CurrentDirectory: C:\\  User: EXAMPLE\\b.jansen  LogonId: 0x76782  ParentProcessGuid: {BA5C6BBB-ECF2-5DD3-0000-001086363300}  ' +
  'ParentProcessId: 5256  ParentImage: C:\\Windows\\System32\\cmd.exe  ParentCommandLine: cmd.exe'
const sysmonLine = tabs(
  ...['ws7 MSWinEventLog', '1', 'Microsoft-Windows-Sysmon/Operational', '2442', 'Tue Nov 19 05:24:15 2019', '1'],
  ...[
    'Microsoft-Windows-Sysmon',
    'SYSTEM',
    'User',
    'Information',
    'ws7.example.test',
    'Process Create',
    '',
    process,
    '2442',
  ],
)
const audit = (kind: string) =>
  tabs(
    ...['<14>Nov 19 05:24:20 relay ws7 MSWinEventLog', '1', 'Security', '2443', 'Tue Nov 19 05:24:16 2019', '4699'],
    ...[
      'Microsoft-Windows-Security-Auditing',
      'N/A',
      'N/A',
      kind,
      'ws7.example.test',
      'Other Object Access Events',
      '',
    ],
    'A scheduled task was deleted.    Subject:   Security ID:  S-1-5-21-7-8-9-1201   Account Name:  b.jansen   Account Domain:  EXAMPLE   ' +
      'Logon ID:  0x55e621    Task Information:   Task Name:   \\Nightly Sync   Task Content:   -',
    '2443',
  )

test('Snare: lines with and without syslog’s header, whose zone is told by Sysmon’s events', async () => {
  const { kind, facts, problems } = await factsOf(
    `${sysmonLine}\n${audit('Success Audit')}\n${audit('Failure Audit')}\n`,
  )
  expect({ kind, problems }).toEqual({ kind: 'json-lines', problems: [] })
  expect(facts).toMatchObject([
    {
      kind: 'process-started',
      host: 'ws7.example.test',
      pid: 1864,
      commandLine: 'schtasks /create  /tn "Nightly  Sync: a" /tr x.exe',
      parentPid: 5256,
    },
    { kind: 'task-deleted', task: '\\Nightly Sync', user: 'EXAMPLE\\b.jansen' },
  ])
  expect(happened(facts[1])?.slice(0, 19)).toBe('2019-11-19T13:24:16')
})

test('Snare: a command line that holds the names of items is not believed, but named', async () => {
  const forged = sysmonLine.replace('x.exe', 'x.exe  Image: C:\\Windows\\explorer.exe')
  expect(await factsOf(`${forged}\n`)).toMatchObject({ facts: [], problems: ['no-data'] })
})

test('Graylog: an answer of its search, a CSV of its export, and what Winlogbeat 6 sent', async () => {
  const named = (prefix: string) =>
    Object.fromEntries(Object.entries(items).map(([name, value]) => [`${prefix}event_data_${name}`, value]))
  const message = (prefix: string, [channel, provider, recordId]: readonly [string, string, string]) => ({
    source: 'relay.example.test',
    timestamp: time,
    [`${prefix}event_id`]: 4699,
    [`${prefix}${channel}`]: 'Security',
    [`${prefix}${provider}`]: security,
    [`${prefix}${recordId}`]: 488676,
    [`${prefix}computer_name`]: 'ws7.example.test',
    ...named(prefix),
  })
  const seven = message('winlogbeat_winlog_', ['channel', 'provider_name', 'record_id'])
  const failed = { ...seven, winlogbeat_event_outcome: 'failure' }
  const six = message('winlogbeat_', ['log_name', 'source_name', 'record_number'])
  const csv = [Object.keys(seven), Object.values(seven)]
    .map((values) => `${values.map((value) => `"${String(value).replaceAll('"', '""')}"`).join(',')}\n`)
    .join('')
  for (const text of [
    JSON.stringify({ messages: [{ message: seven, index: 'graylog_0' }] }),
    csv,
    lines(six, failed),
  ]) {
    const { facts, problems } = await factsOf(text)
    expect(problems).toEqual([])
    expect(facts).toMatchObject([{ ...deleted, recordId: 488676 }])
    expect(happened(facts[0])).toBe(time)
  }
})

test('OpenWEC: its formats Json, JsonRaw and Nxlog', async () => {
  const received = { IpAddress: '192.0.2.7', TimeReceived: '2025-09-01T09:05:00+00:00', Principal: 'WS7$@EXAMPLE.TEST' }
  const at = '2025-09-01T09:00:00.1234567Z'
  const head = { Channel: 'Security', Computer: 'ws7.example.test', EventRecordID: 488676 }
  const json = {
    System: { Provider: { Name: security }, EventID: 4699, Version: 1, TimeCreated: at, Correlation: {}, ...head },
    EventData: items,
    OpenWEC: received,
  }
  const data = Object.entries(items).map(([name, value]) => `<Data Name="${name}">${escaped(value)}</Data>`)
  const raw =
    `<Event><System><Provider Name="${security}"/><EventID>4699</EventID><TimeCreated SystemTime="${at}"/>` +
    `<EventRecordID>488676</EventRecordID><Channel>Security</Channel><Computer>ws7.example.test</Computer></System>` +
    `<EventData>${data.join('')}</EventData></Event>`
  const nxlog = {
    EventTime: at,
    Hostname: 'ws7.example.test',
    EventID: 4699,
    SourceName: security,
    Channel: 'Security',
    RecordNumber: 488676,
    ...items,
    EventReceivedTime: received.TimeReceived,
    OpenWEC: received,
  }
  for (const record of [json, { meta: received, data: raw }, nxlog]) {
    const { facts, problems } = await factsOf(lines(record))
    expect(problems).toEqual([])
    expect(facts).toMatchObject([{ ...deleted, recordId: 488676 }])
    expect(happened(facts[0])).toBe(at)
  }
})
