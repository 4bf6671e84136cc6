import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import type { Problem } from '../../src/model/problem.ts'
import type { Interest } from '../../src/model/record.ts'
import { jsonStep, openJsonReader } from '../../src/sources/json/json-reader.ts'
import { kindOf } from '../../src/sources/kinds.ts'

// Bad input is a value: each piece is named, and what lies around it is read.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-json-damage-'))
afterAll(() => rmSync(folder, { recursive: true }))

const interests: Interest[] = [{ provider: 'Microsoft-Windows-Security-Auditing', eventId: 4698 }]

/** One event that matters. */
const event = (recordId: number, more: object = {}) => ({
  recordId,
  time: '2026-03-04T05:06:07.0000000Z',
  provider: 'Microsoft-Windows-Security-Auditing',
  channel: 'Security',
  eventId: 4698,
  computer: 'ws5.example.test',
  data: { TaskName: `\\Task ${recordId}`, ...more },
})
const line = (recordId: number, more: object = {}) => `${JSON.stringify(event(recordId, more))}\n`

let files = 0
async function read(content: string | Buffer | readonly (string | Buffer)[], range?: { from: number; to: number }) {
  const path = join(folder, `${files++}`)
  const bytes = Array.isArray(content)
    ? Buffer.concat(content.map((part) => Buffer.from(part)))
    : Buffer.from(content as string)
  writeFileSync(path, bytes)
  return readFile(path, range)
}

async function readFile(path: string, range = { from: 0, to: 1 << 24 }) {
  const ids: number[] = []
  const names: (string | undefined)[] = []
  const problems: Problem[] = []
  const unit = { source: 0, path, name: 'input', kind: 'json', ...range, bytes: 0 }
  const tally = await openJsonReader(interests).read(
    unit,
    (record) => {
      ids.push(record.recordId)
      names.push(record.field('TaskName'))
    },
    (problem) => problems.push(problem),
    () => {},
  )
  return { ids, names, tally, codes: problems.map(({ code }) => code), problems }
}

test('a line that is broken or cut costs itself', async () => {
  const broken = '{"recordId":2,"eventId":4698,"provider"\n'
  const merged = `${line(3).slice(0, 90)}${line(4)}`
  const { ids, problems } = await read([line(1), broken, merged, line(5), line(6).slice(0, -20)])
  expect(ids).toEqual([1, 5])
  expect(problems).toMatchObject([{ code: 'bad-json', offset: line(1).length }])
  expect(problems[0]?.reason).toMatch(/^3 events are not valid JSON, the first here/)
})

test('the beginning may be cut, and may have a byte order mark or zero bytes before it', async () => {
  expect((await read([line(9).slice(30), line(1), line(2)])).ids).toEqual([1, 2])
  expect(await read(['\uFEFF', line(1)])).toMatchObject({ ids: [1], codes: [] })
  expect(await read([Buffer.alloc(600), line(1), Buffer.alloc(600), line(2), Buffer.alloc(9)])).toMatchObject({
    ids: [1, 2],
    codes: [],
  })
})

test('bytes that are no UTF-8 are replaced, and bare control characters taken out', async () => {
  const latin = Buffer.from(line(1, { TaskName: '\\Mülltrennung' }), 'latin1')
  const control = line(2, { TaskName: '\\A#B' }).replace('#', '\x00\x01\t')
  const { names, codes } = await read([latin, control, line(3)])
  expect(names).toEqual(['\\M\uFFFDlltrennung', '\\AB', '\\Task 3'])
  expect(codes).toEqual(['bad-utf8', 'control-characters'])
})

test('what is no event is counted and named once, and empty files are no damage', async () => {
  const { ids, problems, tally } = await read([
    line(1),
    '{"task_name":1}\n',
    '[]\n',
    '{"task_name":[2]}\n',
    '17\n',
    line(2),
  ])
  expect(ids).toEqual([1, 2])
  expect(problems).toMatchObject([{ code: 'unknown-event' }])
  expect(problems[0]?.reason).toMatch(/^3 events are of no form that is known, the first here: /)
  expect(tally.records).toBe(5)
  expect(await read('')).toMatchObject({ ids: [], codes: [] })
})

test('a line of 100 MB is passed over and named', async () => {
  const path = join(folder, 'long')
  const out = createWriteStream(path)
  out.write(line(1))
  out.write('{"eventId":4698,"x":"')
  const piece = Buffer.alloc(1 << 20, 'x')
  for (let i = 0; i < 100; i++) out.write(piece)
  out.write(`"}\n${line(2)}`)
  out.end()
  await finished(out)
  const before = process.memoryUsage.rss()
  const { ids, codes } = await readFile(path)
  expect(ids).toEqual([1, 2])
  expect(codes).toEqual(['too-long'])
  expect(process.memoryUsage.rss() - before).toBeLessThan(150 << 20)
})

test('a list that never ends, an event in it that is broken, and one whose text is not closed', async () => {
  const list = [1, 2, 3].map((id) => JSON.stringify(event(id), null, 1))
  expect(await read(`[${list.join(',')}]`)).toMatchObject({ ids: [1, 2, 3], codes: [] })
  expect(await read(`[${list.join(',\n')}`)).toMatchObject({ ids: [1, 2, 3], codes: ['truncated'] })
  const broken = list[1]?.replace('"Security"', '"Security')
  expect(await read(`[\n${list[0]},\n${broken},\n${list[2]}\n]`)).toMatchObject({ ids: [1, 3] })
  const open = JSON.stringify(event(2)).replace('"Security"', '"Security')
  const one = await read(
    `[${JSON.stringify(event(1))},${open},${JSON.stringify(event(3))},${JSON.stringify(event(4))}]`,
  )
  expect(one.ids).toEqual([1, 3, 4])
  expect(one.codes).toContain('bad-json')
})

test('packed content that is cut or damaged is read up to there; what follows no packing is not read', async () => {
  const text = Array.from({ length: 4000 }, (_, id) => line(id + 1, { noise: `${(id * 7919) % 104_729}` })).join('')
  const packed = gzipSync(text)
  const whole = await read(packed)
  expect(whole.ids.length).toBe(4000)
  expect(whole.codes).toEqual([])
  const cut = await read(packed.subarray(0, packed.length * 0.6))
  expect(cut.ids.length).toBeGreaterThan(2000)
  expect(cut.ids).toEqual(whole.ids.slice(0, cut.ids.length))
  expect(cut.codes).toEqual(['bad-gzip', 'bad-json'])
  const damaged = Buffer.from(packed)
  damaged.fill(0xff, packed.length >> 1, (packed.length >> 1) + 64)
  const until = await read(damaged)
  expect(until.ids.length).toBeGreaterThan(1000)
  expect(until.codes).toContain('bad-gzip')
  expect((await read([packed.subarray(0, -8), Buffer.alloc(8)])).ids.length).toBe(4000)
  expect((await read([packed, Buffer.from('rubbish after the last member')])).ids.length).toBe(4000)
  expect((await read(gzipSync(gzipSync(text)))).ids.length).toBe(4000)
  expect((await read(gzipSync(gzipSync(gzipSync(text))))).codes).toEqual(['packed-too-well'])
})

test('a bomb is refused with a reason', async () => {
  const member = gzipSync(Buffer.concat([Buffer.from(line(1)), Buffer.alloc(64 << 20, ' ')]), { level: 9 })
  const { ids, problems } = await read(Array.from({ length: 20 }, () => member))
  expect(ids.length).toBeGreaterThan(0)
  expect(problems.map(({ code }) => code)).toContain('packed-too-well')
})

test('ranges of a file add up to the whole, wherever the borders fall', async () => {
  const lengths = [10, 65_400, 3, 200_000, 65_000, 1, 131_000]
  const text = Array.from({ length: 60 }, (_, id) =>
    line(id + 1, { fill: 'x'.repeat(lengths[id % 7] as number) }),
  ).join('')
  const steps = Math.ceil(text.length / jsonStep)
  const whole = await read(text)
  expect(whole.ids.length).toBe(60)
  for (const size of [1, 2, 7, 30]) {
    const ids: number[] = []
    let bytes = 0
    let records = 0
    for (let from = 0; from < steps; from += size) {
      const part = await read(text, { from, to: Math.min(from + size, steps) })
      ids.push(...part.ids)
      bytes += part.tally.bytes
      records += part.tally.records
      expect(part.codes).toEqual([])
    }
    expect(ids).toEqual(whole.ids)
    expect(whole.tally).toMatchObject({ bytes, records })
  }
})

test('a border that falls between two lines takes none of them twice', async () => {
  const first = line(1)
  const filled = line(1, { fill: 'x'.repeat(jsonStep - first.length - ',"fill":""'.length) })
  expect(filled.length).toBe(jsonStep)
  const text = `${filled}${line(2)}`
  expect((await read(text, { from: 0, to: 1 })).ids).toEqual([1])
  expect((await read(text, { from: 1, to: 2 })).ids).toEqual([2])
})

test('local times of which nothing tells the zone are a note, for they were read', async () => {
  const nxlog = {
    EventTime: '2020-09-21 03:15:45',
    Hostname: 'ws5',
    EventID: 4698,
    SourceName: 'Microsoft-Windows-Security-Auditing',
    Channel: 'Security',
    RecordNumber: 7,
    TaskName: '\\T',
  }
  const found = await read(`${JSON.stringify(nxlog)}\n`)
  expect(found).toMatchObject({ ids: [7], codes: [] })
  expect(found.tally.notes).toMatchObject([{ code: 'unknown-zone' }])
})

test('what is JSON but holds no events, or no JSON, is of no kind', () => {
  const kind = (content: string | Buffer) => kindOf((size) => Buffer.from(content as string).subarray(0, size))
  expect(kind(line(1))).toBe('json-lines')
  expect(kind(`[${line(1)}]`)).toBe('json')
  expect(kind(JSON.stringify(event(1), null, 2))).toBe('json')
  expect(kind(gzipSync(line(1)))).toBe('json')
  expect(kind(gzipSync(gzipSync(line(1))))).toBe('json')
  expect(kind(`ut":"the end of a line"}\n${line(1)}`)).toBe('json-lines')
  for (const other of [
    '',
    '{}',
    '[]',
    '{"name":"package","version":"1"}',
    '[1,2,3]',
    'plain text\n',
    '\0\0\0\0',
    gzipSync('text'),
  ])
    expect(kind(other)).toBe(null)
})
