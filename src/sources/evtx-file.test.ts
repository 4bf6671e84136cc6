import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { EvtxDecoder, looksLikeEvtx } from '../decode/evtx/index.ts'
import type { Problem } from '../model/problem.ts'
import { chunkSlots, readEvtx, readEvtxFile } from './evtx-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-evtx-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A chunk with `count` records that are an empty `<Event/>` each. */
function chunk(count: number, firstId = 1): Buffer {
  const bytes = Buffer.alloc(65_536)
  let end = 512
  for (let id = firstId; id < firstId + count; id++) {
    const at = end
    bytes.writeUInt32LE(0x2a2a, at)
    bytes.writeUInt32LE(id, at + 8)
    bytes.writeUInt32LE(0x0001_010f, at + 24)
    end = bytes.writeUInt8(0x01, at + 28)
    end = bytes.writeUInt32LE(0, end)
    end = bytes.writeUInt32LE(end + 4, end)
    end += 6
    end = bytes.writeUInt16LE(5, end)
    end += bytes.write('Event', end, 'utf16le') + 2
    end = bytes.writeUInt8(0x03, end)
    end = bytes.writeUInt32LE(end + 4 - at, end)
    bytes.writeUInt32LE(end - at, at + 4)
  }
  bytes.write('ElfChnk\0', 0, 'latin1')
  bytes.writeBigUInt64LE(BigInt(firstId), 24)
  bytes.writeBigUInt64LE(BigInt(firstId + count - 1), 32)
  bytes.writeUInt32LE(end, 48)
  bytes.writeUInt32LE(crc32(bytes.subarray(512, end)), 52)
  bytes.writeUInt32LE(crc32(bytes.subarray(128, 512), crc32(bytes.subarray(0, 120))), 124)
  return bytes
}

/** `chunks` and `nextId` as the header of a closed log has them; left out, it never had a record, and is behind. */
function header(flags = 0, { chunks = 1, nextId = 1 } = {}): Buffer {
  const bytes = Buffer.alloc(4096)
  bytes.write('ElfFile\0', 0, 'latin1')
  bytes.writeUInt16LE(4096, 40)
  bytes.writeBigUInt64LE(BigInt(nextId), 24)
  bytes.writeUInt16LE(chunks, 42)
  bytes.writeUInt32LE(flags, 120)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 120)), 124)
  return bytes
}

function read(bytes: Buffer, range?: { from: number; to: number }) {
  const path = join(folder, 'test.evtx')
  writeFileSync(path, bytes)
  const problems: Problem[] = []
  let progress = 0
  let visited = 0
  const tally = readEvtxFile(
    new EvtxDecoder({ interests: 'all' }),
    { path, name: 'test.evtx', source: 3, ...(range ? { range } : {}) },
    {
      visit: (record) => {
        visited += 1
        expect(record.source).toBe(3)
      },
      report: (problem) => problems.push(problem),
      progress: (count) => {
        progress += count
      },
    },
  )
  return { ...tally, visited, problems, progress }
}

/** The same as the member of an archive. */
async function readPacked(bytes: Buffer) {
  const path = join(folder, 'test.evtx.gz')
  const packed = gzipSync(bytes)
  writeFileSync(path, packed)
  const problems: Problem[] = []
  const place = { base: { path }, start: 0, length: packed.length, skip: 0, size: bytes.length, crc: null }
  const tally = await readEvtx(
    new EvtxDecoder({ interests: 'all' }),
    { path, name: 'test.evtx', source: 3, packed: { ...place, method: 'gzip' } },
    { visit: () => {}, report: (problem) => problems.push(problem) },
  )
  return { ...tally, problems }
}

const file = Buffer.concat([header(), ...Array.from({ length: 20 }, () => chunk(3))])

test('every chunk is read, however few the header counts', () => {
  const { records, visited, problems, progress } = read(file)
  expect({ records, visited, problems, progress }).toEqual({
    records: 60,
    visited: 60,
    problems: [],
    progress: file.length,
  })
})

test('the parts of a file add up to the whole', () => {
  expect(chunkSlots(file.length)).toBe(20)
  const parts = [read(file, { from: 0, to: 7 }), read(file, { from: 7, to: 8 }), read(file, { from: 8, to: 99 })]
  expect(parts.map(({ records }) => records)).toEqual([21, 3, 36])
  expect(parts.reduce((sum, { progress }) => sum + progress, 0)).toBe(file.length)
})

test('a file that is cut anywhere is read as far as it goes, even where its header counts nothing', () => {
  const cuts = [
    0,
    1,
    127,
    4095,
    4096,
    4097,
    4096 + 511,
    4096 + 512,
    4096 + 600,
    4096 + 65_536,
    file.length - 65_000,
    file.length - 1,
  ]
  for (const cut of cuts) {
    const { records } = read(file.subarray(0, cut))
    expect(records).toBeGreaterThanOrEqual(3 * Math.floor((cut - 4096) / 65_536))
  }
  expect(read(file.subarray(0, 100)).problems).toMatchObject([{ code: 'truncated' }])
  expect(read(file.subarray(0, 4096 + 560)).problems).toMatchObject([{ code: 'truncated' }])
})

test('a file whose header is destroyed is still known for what it is, and read', () => {
  const bytes = Buffer.from(file)
  bytes.fill(0, 0, 4096)
  expect(looksLikeEvtx(bytes)).toBe(true)
  const { records, problems } = read(bytes)
  expect(records).toBe(60)
  expect(problems).toMatchObject([{ code: 'bad-file-header', chunk: null }])
})

describe('a chunk that the header of a closed log counts and that is not there is told, with the ids of its records', () => {
  const closed = [header(0, { chunks: 4, nextId: 13 }), chunk(3), chunk(3, 4), chunk(3, 7), chunk(3, 10)]
  const zeros = Buffer.alloc(65_536)
  const without = (...indexes: number[]) => closed.map((bytes, i) => (indexes.includes(i - 1) ? zeros : bytes))
  test.each<[string, readonly Buffer[], number, string]>([
    [
      'in the middle',
      without(1),
      1,
      '4 chunks that the file header counts 1 is missing: 1 holds nothing but zeros; no record has the ids 4 to 6',
    ],
    ['two', without(1, 3), 1, '2 are missing: 2 hold nothing but zeros; no record has the ids 4 to 6, 10 to 12'],
    ['the first', without(0), 0, 'the records in it had ids below 4'],
    [
      'cut off',
      closed.slice(0, 3),
      2,
      '2 are missing: 2 would lie behind the end of the file; no record has the ids 7 to 12',
    ],
    [
      'cut off behind zeros',
      without(1).slice(0, 4),
      1,
      '2 are missing: 1 holds nothing but zeros, 1 would lie behind the end of the file; no record has the ids 4 to 6, 10 to 12',
    ],
    ['all', without(0, 1, 2, 3), 0, '4 are missing: 4 hold nothing but zeros; the records in them had ids below 13'],
  ])('%s', async (_, parts, index, says) => {
    const problems = [
      { code: 'missing-chunks', chunk: index, offset: 4096 + index * 65_536, reason: expect.stringContaining(says) },
    ]
    const bytes = Buffer.concat(parts)
    expect(read(bytes)).toMatchObject({ problems })
    expect(await readPacked(bytes)).toMatchObject({ problems })
    // once, whichever worker reads which part
    expect([...read(bytes, { from: 0, to: 2 }).problems, ...read(bytes, { from: 2, to: 4 }).problems]).toHaveLength(1)
  })

  test('but not of a log that was open, was never written to, or has a header that is wrong', () => {
    const wrong = Buffer.from(closed[0] as Buffer)
    wrong.writeUInt8(1, 127)
    for (const [first, codes] of [
      [header(1, { chunks: 4, nextId: 13 }), []],
      [header(0, { chunks: 4 }), []],
      [wrong, ['bad-checksum']],
    ] as const) {
      expect(read(Buffer.concat([first, chunk(3), zeros])).problems.map(({ code }) => code)).toEqual(codes)
    }
  })
})

test('chunks of zeros behind those that the header counts are passed over in silence', () => {
  const bytes = Buffer.concat([header(), chunk(1), Buffer.alloc(2 * 65_536), chunk(2), Buffer.alloc(65_536)])
  expect(read(bytes)).toMatchObject({ records: 3, problems: [] })
})

test.each<[string, number]>([
  ['a closed log', 0],
  ['a log that was open when it was copied', 1],
])('what is left of other data behind the end of %s is told once', (_, flags) => {
  const remnants = Buffer.alloc(8 * 65_536, 'some other file ')
  expect(read(Buffer.concat([header(flags), chunk(3), remnants]))).toMatchObject({
    records: 3,
    problems: [{ code: 'remnants', chunk: 1 }],
  })
})

test('a checksum that is behind is damage in a closed log, but not in the last chunk of an open one', () => {
  const late = chunk(2)
  late.writeUInt8(0xff, 512 + 16) // the time of the first record, written after the header was
  expect(read(Buffer.concat([header(), late])).problems).toMatchObject([{ code: 'bad-checksum', chunk: 0 }])
  expect(read(Buffer.concat([header(1), late])).problems).toEqual([])
})

test('what is no EVTX file does not look like one', () => {
  expect(looksLikeEvtx(Buffer.from('<Events>'))).toBe(false)
  expect(looksLikeEvtx(Buffer.alloc(8192))).toBe(false)
})
