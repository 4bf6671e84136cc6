import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { csvText } from '../../src/lab/carriers/csv-text.ts'
import type { Problem } from '../../src/model/problem.ts'
import type { Interest } from '../../src/model/record.ts'
import { openCsvReader } from '../../src/sources/csv/csv-reader.ts'
import { kindOf } from '../../src/sources/kinds.ts'

// Tables as tools write them, and as they should not be: each piece of damage is named, and what lies around it is read.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-csv-'))
afterAll(() => rmSync(folder, { recursive: true }))

const security = 'Microsoft-Windows-Security-Auditing'
const interests: Interest[] = [
  { provider: security, eventId: 4698 },
  { provider: security, eventId: 5145, where: { field: 'RelativeTargetName', contains: ['atsvc'] } },
  { provider: 'Microsoft-Windows-Eventlog', eventId: 1102 },
]

const columns = [
  'RecordNumber',
  'EventRecordId',
  'TimeCreated',
  'EventId',
  'Provider',
  'Channel',
  'Computer',
  'Payload',
]
/** A row as EvtxECmd writes it. */
const row = (id: number, task = `\\Task ${id}`, eventId = 4698) => ({
  RecordNumber: id,
  EventRecordId: String(id),
  TimeCreated: '2026-03-04 05:06:07.1234567',
  EventId: eventId,
  Provider: security,
  Channel: 'Security',
  Computer: 'ws5',
  Payload: JSON.stringify({ EventData: { Data: [{ '@Name': 'TaskName', '#text': task }] } }),
})
const table = (...rows: readonly object[]) => csvText(columns, rows as Record<string, unknown>[])

let files = 0
async function read(content: string | Buffer) {
  const path = join(folder, `${files++}`)
  writeFileSync(path, content)
  const bytes = Buffer.from(content)
  const kind = kindOf((size) => bytes.subarray(0, size))
  const problems: Problem[] = []
  const records: string[] = []
  const times: number[] = []
  const reader = openCsvReader(interests)
  const unit = { source: 0, path, name: 'in', kind: 'csv', from: 0, to: 1, bytes: 0 }
  const tally =
    kind === 'csv'
      ? await reader.read(
          unit,
          (record) => {
            records.push(`${record.recordId} ${record.field('TaskName') ?? ''}`)
            times.push(record.time)
          },
          (problem) => problems.push(problem),
          () => {},
        )
      : null
  return {
    kind,
    records,
    times,
    tally,
    problems: problems.map(({ code, offset }) => `${code} @${offset}`),
    reasons: problems,
  }
}

const two = ['1 \\Task 1', '2 \\Task 2']

test('what tools write: byte order mark, LF alone, other delimiters, everything quoted, no end of the last line, gzip, UTF-16', async () => {
  const plain = table(row(1), row(2))
  const forms: Record<string, string | Buffer> = {
    plain,
    mark: `\uFEFF${plain}`,
    LF: plain.replaceAll('\r\n', '\n'),
    semicolons: csvText(columns, [row(1), row(2)], { delimiter: ';' }),
    tabs: csvText(columns, [row(1), row(2)], { delimiter: '\t' }),
    quoted: csvText(columns, [row(1), row(2)], { quoteAll: true }),
    '#TYPE': `#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\r\n${plain}`,
    'sep=': `sep=;\r\n${csvText(columns, [row(1), row(2)], { delimiter: ';' })}`,
    'no last end': plain.trimEnd(),
    'empty lines': `${plain.replaceAll('\r\n', '\r\n\r\n')}\r\n`,
    gzip: gzipSync(plain),
    'UTF-16': Buffer.from(`\uFEFF${plain}`, 'utf16le'),
  }
  for (const [name, form] of Object.entries(forms)) {
    const found = await read(form)
    expect(found.records, name).toEqual(two)
    expect(found.problems, name).toEqual([])
  }
})

test('line ends, quotes, delimiters and letters beyond ASCII within values', async () => {
  const task = '\\a "quoted", and; over\r\ntwo\tlines: Ünïcode \u{1f642}'
  expect((await read(table(row(1, task), row(2)))).records).toEqual([`1 ${task}`, '2 \\Task 2'])
})

test('rows that do not matter are counted and not read', async () => {
  const found = await read(table(row(1), row(5, 'x', 4688), { ...row(6, 'y', 5145), Payload: 'not even JSON' }, row(2)))
  expect(found.records).toEqual(two)
  expect(found.tally?.records).toBe(4)
})

test('a word that JSON hides in an escape is still found', async () => {
  const hidden = {
    ...row(3, '', 5145),
    Payload: '{"EventData":{"Data":[{"@Name":"RelativeTargetName","#text":"\\u0061tsvc"}]}}',
  }
  expect((await read(table(hidden))).records).toHaveLength(1)
})

test('several tables behind each other, each with its header', async () => {
  const other = csvText(
    ['TimeGenerated', 'Computer', 'EventSourceName', 'Channel', 'EventID', 'EventRecordId', 'EventData'],
    [
      {
        TimeGenerated: '2026-03-04T05:06:08Z',
        Computer: 'ws5',
        EventSourceName: security,
        Channel: 'Security',
        EventID: 4698,
        EventRecordId: 9,
        EventData: '<EventData><Data Name="TaskName">\\T</Data></EventData>',
      },
    ],
  )
  const found = await read(table(row(1)) + table(row(2)) + other)
  expect(found.records).toEqual([...two, '9 \\T'])
  expect(found.problems).toEqual([])
})

test('a row with too few or too many values is named and not used', async () => {
  const [header, one, other] = table(row(1), row(2)).split('\r\n') as [string, string, string]
  const found = await read(
    [header, '3,3,2026-03-04,4698,short', one, `${other.trimEnd()},more`, other, ''].join('\r\n'),
  )
  expect(found.records).toEqual(two)
  expect(found.problems).toEqual([`bad-row @${header.length + 2}`])
  expect(found.reasons[0]?.reason).toMatch(/^2 rows have not as many values/)
})

test('a quoted value that goes on behind its end is named, and the next line is read', async () => {
  const [header, one, other] = table(row(1), row(2)).split('\r\n') as [string, string, string]
  const found = await read([header, '3,"never ended,4698,x', one, '4,"ended"here,4698', other, ''].join('\r\n'))
  expect(found.records).toEqual(two)
  expect(found.problems).toEqual([`bad-csv @${header.length + 2}`])
})

test('a quoted value that never ends does not take the rest of the file with it', async () => {
  const [header, one, other] = table(row(1), row(2)).split('\r\n') as [string, string, string]
  const unquoted = `7,7,2026-03-04 05:06:07,4698,${security},Security,ws5,{}\r\n`
  const found = await read(`${header}\r\n${one}\r\n3,"never ends\r\n${unquoted.repeat(150_000)}`)
  expect(found.records.length).toBe(150_001)
  expect(found.problems).toEqual([`too-long @${header.length + one.length + 4}`])
  const cut = await read(`${header}\r\n${one}\r\n${other}\r\n3,"cut of`)
  expect(cut.records).toEqual(two)
  expect(cut.problems.map((problem) => problem.split(' ')[0])).toEqual(['truncated'])
})

test('a file of nothing but quotes, delimiters or line ends ends, with its damage named once for each kind', async () => {
  const [header] = table().split('\r\n') as [string]
  for (const filling of ['"', '"x', ',', '\n', '",\n', '"\n"x\n', '\0']) {
    const found = await read(`${header}\r\n${filling.repeat(3_000_000 / filling.length)}`)
    expect(found.records, JSON.stringify(filling)).toEqual([])
    expect(found.problems.length, JSON.stringify(filling)).toBeLessThan(5)
  }
}, 60_000)

test('invalid UTF-8 is replaced and named', async () => {
  const bytes = Buffer.from(table(row(1), row(2, '\\Task \xff')), 'latin1')
  const found = await read(bytes)
  expect(found.records).toEqual(['1 \\Task 1', '2 \\Task \ufffd'])
  expect(found.problems.map((problem) => problem.split(' ')[0])).toEqual(['bad-utf8'])
})

test('what Get-WinEvent exports has no data: it is named so, and the clearing of the Security log is read all the same', async () => {
  const event = (Id: number, ProviderName: string) => ({
    Message: 'Eine geplante Aufgabe wurde erstellt.\r\n\r\nAufgabe: \\Böse',
    Id,
    Version: 1,
    ProviderName,
    LogName: 'Security',
    MachineName: 'ws5.example.test',
    RecordId: 77,
    TimeCreated: '04.03.2026 06:06:07',
    Properties: 'System.Collections.Generic.List`1[System.Diagnostics.Eventing.Reader.EventProperty]',
  })
  const rows = [
    event(4698, security),
    event(4624, security),
    event(4698, security),
    event(1102, 'Microsoft-Windows-Eventlog'),
  ]
  const found = await read(`#TYPE x\r\n${csvText(Object.keys(rows[0] ?? {}), rows, { quoteAll: true })}`)
  expect(found.records).toEqual(['77 '])
  expect(found.times).toEqual([Date.UTC(2026, 2, 4, 6, 6, 7)])
  expect(found.reasons).toHaveLength(1)
  expect(found.reasons[0]?.reason).toMatch(
    /^2 events have no data in this form, only a message, .*wevtutil epl.*"Get-WinEvent"$/,
  )
})

test('other tables and texts are no events', async () => {
  for (const text of [
    'a,b,c\r\n1,2,3\r\n',
    'EventId\r\n4698\r\n',
    'just, some text',
    '',
    'EventId,Provider,EventId,Channel\n',
  ])
    expect((await read(text)).kind, text).toBe(null)
})

test('wherever blocks end and whatever stands in values, what was written is what is read', async () => {
  const text = fc.string({
    unit: fc.constantFrom('"', ',', ';', '\r', '\n', ' ', '\\', 'a', 'ü', '\u{1f642}', '0'),
    maxLength: 30,
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 600_000 }),
      async (tasks, pad) => {
        const rows = tasks.map((task, index) => row(index + 1, `\\${task}x`))
        // the border between two blocks falls somewhere into the rows
        const found = await read(table(row(1_000_000, 'p'.repeat(pad), 4688), ...rows))
        expect(found.records).toEqual(tasks.map((task, index) => `${index + 1} \\${task}x`))
        expect(found.problems).toEqual([])
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)
