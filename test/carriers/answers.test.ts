import { expect, test } from 'vitest'
import { formatInstant, type Instant } from '../../src/model/time.ts'
import { factsOf, lines } from './facts-of.ts'

// Answers of searches, and what is made of them, written by hand in the form that each product documents.

const happened = (fact: Record<string, unknown> | undefined) => fact && formatInstant(fact as unknown as Instant)

const data = {
  TaskName: '\\Nightly Sync',
  SubjectUserName: 'b.jansen',
  SubjectDomainName: 'EXAMPLE',
  SubjectLogonId: '0x1f',
}
const document = (recordId: number) => ({
  '@timestamp': '2025-09-01T09:00:00.123Z',
  winlog: {
    event_id: '4699',
    channel: 'Security',
    provider_name: 'Microsoft-Windows-Security-Auditing',
    computer_name: 'ws7.example.test',
    record_id: String(recordId),
    event_data: data,
  },
})
const deleted = { kind: 'task-deleted', task: '\\Nightly Sync', user: 'EXAMPLE\\b.jansen' }
const hit = (id: number) => ({ _index: 'logs', _id: String(id), _score: 1, _source: document(id) })
const search = (...hits: readonly object[]) => ({
  took: 1,
  _shards: { total: 1 },
  hits: { total: { value: hits.length }, hits },
})

test('Elasticsearch: answers of _search and _msearch, in one line or many', async () => {
  const twice = { facts: [deleted, deleted], problems: [] }
  expect(await factsOf(lines(search(hit(1), hit(2))))).toMatchObject(twice)
  expect(await factsOf(JSON.stringify(search(hit(1), hit(2)), null, 2))).toMatchObject(twice)
  expect(
    await factsOf(JSON.stringify({ responses: [search(hit(1)), search(), search(hit(2))] }, null, 2)),
  ).toMatchObject(twice)
})

test('Elasticsearch: an answer that is longer than any event is read piece by piece, and nothing of it is damage', async () => {
  const padding = 'x'.repeat(4000)
  const hits = Array.from({ length: 2300 }, (_, id) => ({ ...hit(id), _source: { ...document(id), message: padding } }))
  const { facts, problems } = await factsOf(JSON.stringify(search(...hits)))
  expect(problems).toEqual([])
  expect(facts).toHaveLength(2300)
})

test('objects in each other without end are named, and cost no more than their length', async () => {
  const { problems } = await factsOf(`${JSON.stringify(hit(1), null, 1)}\n${'{"a":'.repeat(1_750_000)}`)
  expect(problems).toContain('too-long')
})

test('Elasticsearch: the lines of bulk files that say what is to be done are no damage', async () => {
  const text = lines({ index: { _index: 'logs', _id: '1' } }, document(1), { create: {} }, document(2), {
    delete: { _index: 'logs', _id: '3' },
  })
  expect(await factsOf(text)).toMatchObject({ facts: [deleted, deleted], problems: [] })
  expect((await factsOf(lines(document(1), { index: 'something else', EventID: 1 }))).problems).toEqual([
    'unknown-event',
  ])
})

test('Kibana: hits with fields instead of their source, each a list', async () => {
  const fields = {
    '@timestamp': ['2025-09-01T09:00:00.123Z'],
    'winlog.event_id': ['4699'],
    'winlog.channel': ['Security'],
    'winlog.provider_name': ['Microsoft-Windows-Security-Auditing'],
    'winlog.computer_name': ['ws7.example.test'],
    'winlog.event_data.TaskName': ['\\Nightly Sync'],
    'winlog.event_data.SubjectUserName': ['b.jansen'],
    'winlog.event_data.SubjectDomainName': ['EXAMPLE'],
  }
  const { facts, problems } = await factsOf(
    lines(search({ _index: 'logs', _id: '1', _source: {}, fields }, { _index: 'logs', _id: '2', fields })),
  )
  expect(problems).toEqual([])
  expect(facts).toMatchObject([deleted, deleted])
})

test('Kibana: the table as CSV has times in words and in the zone of its reader', async () => {
  const header =
    '"@timestamp","winlog.event_id","winlog.channel","winlog.provider_name","winlog.computer_name","winlog.event_data.TaskName"'
  const row =
    '"Sep 1, 2025 @ 09:00:00.123",4699,Security,"Microsoft-Windows-Security-Auditing","ws7.example.test","\\Nightly Sync"'
  const { facts } = await factsOf(`${header}\n${row}\n`)
  expect(facts).toMatchObject([{ kind: 'task-deleted', task: '\\Nightly Sync' }])
  expect(happened(facts[0])).toBe('2025-09-01T09:00:00.123Z')
})

const defenderRow = {
  Timestamp: '2025-09-01T09:00:00.1234567Z',
  DeviceName: 'ws7.example.test',
  ActionType: 'ScheduledTaskDeleted',
  InitiatingProcessFileName: 'svchost.exe',
  InitiatingProcessId: 1400,
  AdditionalFields: JSON.stringify(data),
  ReportId: 7,
}

test('Defender, Graph: the rows of an answer, beside the table’s columns', async () => {
  const names = Object.keys(defenderRow)
  const api = {
    Stats: { ExecutionTime: 0.1 },
    Schema: names.map((Name) => ({ Name, Type: 'String' })),
    Results: [defenderRow],
  }
  const graph = {
    '@odata.context': 'x',
    schema: names.map((name) => ({ name, type: 'String' })),
    results: [defenderRow],
  }
  for (const answer of [api, graph])
    expect(await factsOf(JSON.stringify(answer, null, 2))).toMatchObject({ facts: [deleted], problems: [] })
})

test('Log Analytics, Kusto: tables of columns and rows', async () => {
  const names = Object.keys(defenderRow)
  const logAnalytics = {
    tables: [
      {
        name: 'PrimaryResult',
        columns: names.map((name) => ({ name, type: 'string' })),
        rows: [Object.values(defenderRow)],
      },
    ],
  }
  const kusto = {
    Tables: [
      {
        TableName: 'Table_0',
        Columns: names.map((ColumnName) => ({ ColumnName })),
        Rows: [Object.values(defenderRow)],
      },
    ],
  }
  for (const answer of [logAnalytics, kusto]) {
    const { facts, problems } = await factsOf(JSON.stringify(answer))
    expect(problems).toEqual([])
    expect(facts).toMatchObject([deleted])
    expect(happened(facts[0])).toBe('2025-09-01T09:00:00.1234567Z')
  }
})

test('Defender: the CSV of a device’s timeline has blanks in the names of columns', async () => {
  const row = {
    'Event Time': '2025-09-01T09:00:00.123Z',
    'Machine Id': 'aa',
    'Computer Name': 'ws7.example.test',
    'Action Type': 'ProcessCreated',
    'File Name': 'schtasks.exe',
    'Folder Path': 'C:\\Windows\\System32',
    'Process Command Line': 'schtasks /delete /tn Old /f',
    'Account Domain': 'EXAMPLE',
    'Account Name': 'b.jansen',
    'Process Id': '300',
    'Process Creation Time': '2025-09-01T09:00:00.100Z',
    'Initiating Process File Name': 'cmd.exe',
    'Initiating Process Id': '200',
    'Initiating Process Creation Time': '2025-09-01T08:59:00.000Z',
    'Additional Fields': '',
  }
  const { facts, problems } = await factsOf(`${Object.keys(row).join(',')}\r\n${Object.values(row).join(',')}\r\n`)
  expect(problems).toEqual([])
  expect(facts).toMatchObject([
    {
      kind: 'process-started',
      pid: 300,
      parentPid: 200,
      image: 'C:\\Windows\\System32\\schtasks.exe',
      user: 'EXAMPLE\\b.jansen',
    },
  ])
})

test('Wazuh: archives.log with its prefix, and the agent’s own form', async () => {
  const win = {
    system: {
      providerName: 'Microsoft-Windows-Security-Auditing',
      eventID: '4699',
      channel: 'Security',
      computer: 'ws7.example.test',
      systemTime: '2025-09-01T09:00:00.1234567Z',
    },
    eventdata: { taskName: '\\\\Nightly Sync', subjectUserName: 'b.jansen', subjectDomainName: 'EXAMPLE' },
  }
  const text = JSON.stringify({ win })
  for (const file of [`2025 Sep 01 09:00:01 (ws7) any->EventChannel ${text}\n`.repeat(2), `${text}\n`.repeat(2)])
    expect(await factsOf(file)).toMatchObject({ facts: [deleted, deleted], problems: [] })
})

test('LimaCharlie: Windows’ own events by their tree', async () => {
  const event = {
    routing: { event_type: 'WEL', hostname: 'ws7', event_time: 1 },
    event: {
      EVENT: {
        System: {
          Provider: { Name: 'Microsoft-Windows-Security-Auditing' },
          EventID: '4699',
          Channel: 'Security',
          Computer: 'ws7',
          TimeCreated: { SystemTime: '2025-09-01T09:00:00.123Z' },
        },
        EventData: data,
      },
    },
  }
  expect(await factsOf(lines(event))).toMatchObject({ facts: [deleted], problems: [] })
})
