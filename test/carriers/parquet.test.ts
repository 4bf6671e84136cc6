import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import type { SchemaElement } from 'hyparquet'
import { ByteWriter, type ColumnSource, parquetWrite } from 'hyparquet-writer'
import { afterAll, describe, expect, test } from 'vitest'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { sensorWriters } from '../../src/lab/sensors/index.ts'
import { ocsfColumns } from '../../src/sources/json/carriers/ocsf.ts'
import { laid, scanned } from '../scan-in-process.ts'
import { factsOf, lines } from './facts-of.ts'

// Tables of lakes, written with the schema that each lake documents. All names are invented.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-parquet-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Row = Readonly<Record<string, unknown>>

/** The schema of a member: a text, a number, a list or a structure, each of which may be missing. */
function elementsOf(name: string, values: readonly unknown[]): SchemaElement[] {
  const filled = values.filter((value) => value !== undefined && value !== null)
  const [first] = filled
  const optional = { name, repetition_type: 'OPTIONAL' } as const
  if (typeof first === 'number') return [{ ...optional, type: 'INT64' }]
  if (typeof first === 'boolean') return [{ ...optional, type: 'BOOLEAN' }]
  if (typeof first !== 'object') return [{ ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' }]
  const members = membersOf(filled as Row[])
  return [{ ...optional, num_children: members.size }, ...[...members].flatMap(([key, own]) => elementsOf(key, own))]
}

function membersOf(rows: readonly Row[]): Map<string, unknown[]> {
  const names = new Set(rows.flatMap((row) => Object.keys(row)))
  return new Map([...names].map((name) => [name, rows.map((row) => row[name])]))
}

/** Whole numbers have 64 bits. */
function stored(value: unknown): unknown {
  if (typeof value === 'number') return BigInt(value)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, stored(member)]))
}

const compressors = {
  GZIP: (bytes: Uint8Array) => gzipSync(bytes),
  ZSTD: (bytes: Uint8Array) => zstdCompressSync(bytes),
  BROTLI: (bytes: Uint8Array) => brotliCompressSync(bytes),
}

type Options = Partial<Parameters<typeof parquetWrite>[0]>

function table(rows: readonly Row[], options: Options = {}): Buffer {
  const columns = membersOf(rows)
  const schema = [...columns].flatMap(([name, values]) => elementsOf(name, values))
  const writer = new ByteWriter()
  parquetWrite({
    writer,
    columnData: [...columns].map(([name, data]): ColumnSource => ({ name, data: data.map((v) => stored(v) ?? null) })),
    schema: [{ name: 'root', num_children: columns.size }, ...schema],
    compressors,
    ...options,
  })
  return Buffer.from(writer.getBuffer())
}

const events = demoIncident().files.flatMap((file) => file.events)
const ocsf = (sensorWriters.find(({ name }) => name === 'ocsf')?.files(events) ?? []).join('')
const rows: readonly Row[] = ocsf.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))

/** Facts know where in their input they lie; a row's place is its number. */
const placeless = (facts: readonly Row[]) => facts.map(({ position: _, ...fact }) => fact)

describe('OCSF as Security Lake keeps it', () => {
  test('tells what the same events in JSON tell, however pages are packed', async () => {
    const json = await factsOf(ocsf)
    expect(json.facts.length).toBeGreaterThan(100)
    for (const codec of ['SNAPPY', 'GZIP', 'ZSTD', 'BROTLI', 'UNCOMPRESSED'] as const) {
      const { kind, facts, problems } = await factsOf(table(rows, { codec, rowGroupSize: 50 }))
      expect({ codec, kind, problems }).toEqual({ codec, kind: 'parquet', problems: [] })
      expect(placeless(facts)).toEqual(placeless(json.facts))
    }
  })

  test('needs no column but those that are read', async () => {
    const used = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => ocsfColumns.has(name))))
    const { facts } = await factsOf(lines(...used))
    expect(placeless(facts)).toEqual(placeless((await factsOf(ocsf)).facts))
  })

  test('of classes that say nothing here is neither damage nor read', async () => {
    const other = rows.map((row) => ({ ...row, class_uid: 4001, class_name: 'Network Activity' }))
    const path = laid(join(folder, 'other'), { 'flows.parquet': table(other) })
    const { result, code, problems } = await scanned(path)
    expect({ code, problems, records: result.tally.records }).toEqual({ code: 0, problems: [], records: rows.length })
  })
})

test('Sentinel’s lake: times as times, items as JSON in a text', async () => {
  const row = {
    TimeGenerated: new Date('2025-09-01T09:00:00.123Z'),
    EventID: 4699,
    Provider: 'Microsoft-Windows-Security-Auditing',
    Channel: 'Security',
    Computer: 'ws7.example.test',
    EventData: JSON.stringify({ TaskName: '\\Sync', SubjectUserName: 'b.jansen', SubjectDomainName: 'EXAMPLE' }),
    EventRecordId: '77',
  }
  const writer = new ByteWriter()
  const columnData = Object.entries(row).map(([name, value]): ColumnSource => ({ name, data: [value] }))
  parquetWrite({ writer, columnData })
  const { facts, problems } = await factsOf(Buffer.from(writer.getBuffer()))
  expect(problems).toEqual([])
  expect(facts).toMatchObject([
    { kind: 'task-deleted', task: '\\Sync', user: 'EXAMPLE\\b.jansen', time: Date.UTC(2025, 8, 1, 9, 0, 0, 123) },
  ])
})

test('a table of anything else is left alone, in a folder and in an archive', async () => {
  const path = laid(join(folder, 'else'), { 'cities.parquet': table([{ city: 'Ulm', people: 128_000 }]) })
  const { result, code, problems } = await scanned(path)
  expect({ code, problems }).toEqual({ code: 4, problems: [] })
  expect(result.inputs).toEqual([])
})

describe('a table that is damaged', () => {
  const whole = table(rows, { rowGroupSize: 50 })
  const read = async (bytes: Buffer) => {
    const { facts, problems } = await factsOf(bytes)
    return { facts: facts.length, problems }
  }

  test('or cut is named, and groups of rows that are whole are read', async () => {
    expect(await read(whole.subarray(0, whole.length - 20))).toEqual({ facts: 0, problems: ['bad-parquet'] })
    const changed = Buffer.from(whole)
    changed.fill(0xff, 4, 400)
    const { facts, problems } = await read(changed)
    expect(problems).toEqual(['bad-parquet'])
    expect(facts).toBeGreaterThan(50)
  })

  test('and says of a value that it comes more often than there are rows is not believed', async () => {
    const one = table([{ class_uid: 1007, activity_id: 1 }], { codec: 'UNCOMPRESSED' })
    // whether each value is there, eight bits at once: so often eight of them
    const asked = Buffer.from(one)
    asked[one.indexOf(Buffer.from('0301ef03', 'hex'))] = 0x7f
    const { result } = await scanned(laid(join(folder, 'run'), { 'one.parquet': asked }))
    expect(result.problems.map(({ reason }) => reason)).toEqual([
      '1 of 1 groups of rows: a run that is longer than its page',
    ])
  })

  test('anywhere ends the reading of a group, never the program', async () => {
    for (let at = 4; at < whole.length; at += 997) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 0xff
      const { problems } = await read(changed)
      for (const code of problems) expect(['bad-parquet', 'unknown-event', 'no-time']).toContain(code)
    }
  })
})
