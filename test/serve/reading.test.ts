import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { logCountsOf } from '../../src/coverage/index.ts'
import { readDefinition } from '../../src/decode/task-xml/index.ts'
import { extract, newTally } from '../../src/engine/extract.ts'
import { unpackFacts } from '../../src/engine/fact-packing.ts'
import { winlogbeat8Writer } from '../../src/lab/carriers/ecs.ts'
import { carrierFiles, everyWriter } from '../../src/lab/carriers/index.ts'
import { nxlogWriter } from '../../src/lab/carriers/nxlog.ts'
import { tableWriters } from '../../src/lab/carriers/tables.ts'
import { demoIncident } from '../../src/lab/demo-incident.ts'
import { evtxBytes } from '../../src/lab/evtx-writer/evtx-writer.ts'
import { sensorWriters } from '../../src/lab/sensors/index.ts'
import type { Fact } from '../../src/model/fact.ts'
import { hostKey } from '../../src/model/host.ts'
import { interests } from '../../src/normalize/index.ts'
import type { FilePort } from '../../src/serve/files/file-port.ts'
import { nodeFiles } from '../../src/serve/files/node-files.ts'
import type { Post, ReadPost } from '../../src/serve/ports.ts'
import { openClockFile, openReading } from '../../src/serve/reading/index.ts'
import { PostReader } from '../../src/serve/reading/post-reader.ts'
import { ReaderPool } from '../../src/serve/reading/reader-pool.ts'
import { SourceClocks } from '../../src/serve/reading/reading.ts'
import { openReader, stepsOf } from '../../src/sources/index.ts'
import { findInputs } from '../../src/sources/inputs.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-reading-'))
afterAll(() => rmSync(folder, { recursive: true }))

const events = demoIncident().files.flatMap((file) => file.events)

function shared(content: string | Uint8Array): Uint8Array<SharedArrayBuffer> {
  const bytes = Buffer.from(content)
  const own = new Uint8Array(new SharedArrayBuffer(bytes.length))
  own.set(bytes)
  return own
}

const postOf = (content: string | Uint8Array, more: Partial<Post> = {}): Post => ({
  sender: { name: 'collector', hosts: null },
  source: 'test',
  bytes: shared(content),
  kind: null,
  items: null,
  ...more,
})

/** Lines with where each begins. */
function items(lines: readonly string[]): Pick<Post, 'bytes' | 'items' | 'kind'> {
  let at = 0
  const places = lines.map((line) => {
    const from = at
    at += Buffer.byteLength(line) + 1
    return from
  })
  return {
    bytes: shared(lines.map((line) => `${line}\n`).join('')),
    items: Float64Array.from(places),
    kind: 'json-lines',
  }
}

const reader = new PostReader()
const read = async (post: Post): Promise<ReadPost> =>
  (await reader.read({ ...post, hosts: post.sender.hosts, clock: null })).read

const byPlace = (a: Fact, b: Fact) => a.position - b.position
const factsIn = ({ shards }: ReadPost): Fact[] => shards.flatMap(({ facts }) => [...unpackFacts(facts)]).sort(byPlace)

/** What `scan` makes of the same bytes as a file. */
async function scanned(content: string | Uint8Array) {
  const path = join(folder, 'input')
  writeFileSync(path, content)
  const [input] = (await findInputs([path])).inputs
  const facts: Fact[] = []
  const tally = newTally()
  if (!input) throw new Error('no input')
  const unit = { source: 0, path, name: 'input', kind: input.kind, from: 0, to: stepsOf(input), bytes: input.bytes }
  const give = (fact: Fact) => facts.push({ ...fact })
  await extract(unit, { reader: openReader(interests), readDefinition, give }, tally)
  return { facts: facts.sort(byPlace), records: tally.records }
}

describe('a post is read as a file with the same bytes is', () => {
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value))
  for (const writer of everyWriter) {
    test(writer.name, async () => {
      const [file = ''] = carrierFiles(writer, events)
      const post = await read(postOf(file))
      const { facts, records } = await scanned(file)
      expect(facts.length).toBeGreaterThan(20)
      expect(plain(factsIn(post))).toEqual(plain(facts))
      expect(post.records).toBe(records)
    })
  }
  for (const writer of [...tableWriters, ...sensorWriters]) {
    test(writer.name, async () => {
      const files = writer.files(events)
      let met = 0
      for (const file of files) {
        const post = await read(postOf(file))
        const { facts, records } = await scanned(file)
        met += facts.length
        expect(plain(factsIn(post))).toEqual(plain(facts))
        expect(post.records).toBe(records)
      }
      expect(met).toBeGreaterThan(15)
    })
  }
  test('an event log, with what fills each of its chunks', async () => {
    const log = evtxBytes(events)
    const post = await read(postOf(log))
    const { facts, records } = await scanned(log)
    expect(plain(factsIn(post))).toEqual(plain(facts))
    expect(post.records).toBe(records)
  })
  test('UTF-16, gzip, zstd, and a list over many lines', async () => {
    const some = winlogbeat8Writer
    const text = events.map((event) => some.line(event)).join('\n')
    const { facts } = await scanned(text)
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le')
    const list = JSON.stringify(
      text.split('\n').map((line) => JSON.parse(line)),
      null,
      2,
    )
    for (const form of [utf16, gzipSync(text), zstdCompressSync(text), gzipSync(utf16), list]) {
      const post = await read(postOf(form))
      const own = factsIn(post)
      expect(own.filter(({ position }) => position >= post.contentBytes)).toEqual([])
      expect(own.map(({ time, kind }) => [time, kind])).toEqual(facts.map(({ time, kind }) => [time, kind]))
    }
  })
})

/** Documents of three hosts in which something happens, and what nobody reads. */
const documents = events.map((event) => winlogbeat8Writer.line(event))

test('a clock without a zone is that of its source: what an earlier post showed holds for the next', async () => {
  const [file = ''] = carrierFiles(nxlogWriter, events)
  const { facts } = await scanned(file)
  const lines = file.trimEnd().split('\n')
  const withUtc = lines.filter((line) => line.includes('UtcTime'))
  const without = lines.filter((line) => !line.includes('UtcTime'))
  const reading = openReading(0)
  const alone = await reading.read(postOf(without.join('\n'), { source: 'another' }))
  expect(alone.problems).toMatchObject([{ item: null, code: 'damaged' }])
  await reading.read(postOf(withUtc.join('\n')))
  const next = await reading.read(postOf(without.join('\n')))
  expect(next.problems).toEqual([])
  const times = new Set(facts.map(({ time }) => time))
  expect(factsIn(next).filter(({ time }) => !times.has(time))).toEqual([])
  expect(factsIn(next).length).toBeGreaterThan(20)
})

test('what a clock showed holds after a start, too, and is written only where it says something new', async () => {
  const own = join(folder, 'clocks')
  mkdirSync(own)
  const written: string[] = []
  const files: FilePort = {
    ...nodeFiles,
    rename: (from, to) => {
      written.push(to)
      return nodeFiles.rename(from, to)
    },
  }
  const [file = ''] = carrierFiles(nxlogWriter, events)
  const lines = file.trimEnd().split('\n')
  const withUtc = lines.filter((line) => line.includes('UtcTime'))
  const without = lines.filter((line) => !line.includes('UtcTime')).join('\n')
  const before = openReading(0, await openClockFile(files, own))
  for (let times = 0; times < 3; times++) await before.read(postOf(withUtc.join('\n')))
  expect(written).toEqual([join(own, 'clocks.json')])
  const expected = factsIn(await before.read(postOf(without)))
  const after = openReading(0, await openClockFile(nodeFiles, own))
  const next = await after.read(postOf(without))
  expect(next.problems).toEqual([])
  expect(factsIn(next)).toEqual(expected)
  writeFileSync(join(own, 'clocks.json'), '{"test":{"measured":"hello"}}')
  expect((await openClockFile(nodeFiles, own)).all.size).toBe(0)
})

describe('of each item is told what is wrong with it', () => {
  const [first = '', second = ''] = documents.filter((line) => line.includes(`"event_id":"4698"`))
  const noTask = second.replace(/"TaskName":"[^"]*"/, '"TaskName":""')

  test('what no reader knows, and a record whose key field cannot be read', async () => {
    const broken = first.slice(0, 300)
    const unknown = '{"process":"schtasks.exe","CommandLine":"schtasks /create /tn x"}'
    const post = await read(postOf('', items([first, broken, unknown, noTask, second])))
    expect(post.records).toBe(5)
    expect(post.problems.map(({ item, code }) => [item, code])).toEqual([
      [1, 'not-a-record'],
      [2, 'not-a-record'],
      [3, 'damaged'],
    ])
    expect(factsIn(post)).toHaveLength(2)
  })

  test('facts of hosts for which the sender may not speak are not taken, nor counted', async () => {
    const sender = { name: 'ws5', hosts: ['ws5'] }
    const post = await read(postOf('', { ...items(documents), sender }))
    const all = await read(postOf('', items(documents)))
    expect(post.shards.map(({ shard }) => shard)).toEqual(['ws5'])
    expect(all.shards.length).toBeGreaterThan(1)
    const own = factsIn(all).filter(({ host }) => hostKey(host) === 'ws5')
    expect(factsIn(post)).toEqual(own)
    expect(post.problems.length + post.unlisted).toBe(factsIn(all).length - own.length)
    expect(new Set(post.problems.map(({ code }) => code))).toEqual(new Set(['not-yours']))
  })

  test('at most a thousand are listed', async () => {
    const post = await read(postOf('', items(Array.from({ length: 1_500 }, () => '{"broken'))))
    expect([post.problems.length, post.unlisted]).toEqual([1_000, 500])
  })

  test('what is no log at all', async () => {
    expect((await read(postOf('hello'))).problems).toMatchObject([{ item: null, code: 'not-a-record' }])
    expect((await read(postOf(''))).problems).toEqual([])
  })
})

describe('what is kept of a fact', () => {
  const originalsOf = ({ originals, originalEnds }: ReadPost['shards'][number]): Buffer[] => {
    const all = zstdDecompressSync(originals)
    return Array.from(originalEnds, (end, index) => all.subarray(originalEnds[index - 1] ?? 0, end))
  }

  test('its record as it was sent', async () => {
    const { shards } = await read(postOf('', items(documents)))
    const sent = new Set(documents)
    const kept = shards.flatMap(originalsOf).map(String)
    expect(kept.length).toBeGreaterThan(50)
    expect(kept.filter((record) => !sent.has(record))).toEqual([])
  })

  test('of an event log the record, which says its number', async () => {
    const { shards } = await read(postOf(evtxBytes(events)))
    for (const shard of shards) {
      const ids = originalsOf(shard).map((record) => [record.readUInt32LE(0), Number(record.readBigUInt64LE(8))])
      expect(ids.length).toBe(shard.facts.count)
      expect(ids.every(([magic]) => magic === 0x2a2a)).toBe(true)
    }
  })

  test('a hash by which a record without an id is known when it comes again, and only it', async () => {
    const withoutIds = documents.map((line) => line.replace(/"record_id":\d+,?/, ''))
    const once = await read(postOf('', items(withoutIds)))
    const again = await read(postOf('', items(['', ...withoutIds])))
    const hashes = once.shards.flatMap(({ contentHashes }) => [...contentHashes])
    expect(again.shards.flatMap(({ contentHashes }) => [...contentHashes])).toEqual(hashes)
    expect(new Set(hashes).size).toBe(new Set(withoutIds).size === withoutIds.length ? hashes.length : -1)
    const withIds = await read(postOf('', items(documents)))
    expect(new Set(withIds.shards.flatMap(({ contentHashes }) => [...contentHashes]))).toEqual(new Set([0]))
  })

  test('all records that are read, by host and log', async () => {
    const { shards } = await read(postOf('', items(documents)))
    const [shard] = shards
    const counts = logCountsOf(JSON.parse(Buffer.from(shard?.counts ?? []).toString()), 7, 1_000)
    const [series] = counts.series.values()
    expect(series).toMatchObject({ source: 7, isWhole: false })
    expect([...(series?.events.values() ?? [])].every(({ position }) => position >= 1_000)).toBe(true)
    expect(counts.cells).toBe([...counts.series.values()].reduce((sum, { cells }) => sum + cells.size, 0))
  })

  test('of one of many records in one value that record alone', async () => {
    const answer = `{"hits":{"hits":[${documents.map((document) => `{"_source":${document}}`).join(',')}]}}`
    const list = `[${documents.join(',')}]`
    const sent = new Set(documents)
    for (const value of [answer, list]) {
      const { shards } = await read(postOf(value, { kind: 'json-lines' }))
      const kept = shards.flatMap(originalsOf).map(String)
      expect(kept.length).toBeGreaterThan(50)
      expect(kept.filter((record) => !sent.has(record))).toEqual([])
    }
  })
})

test('a thread reads the same; a post on which it breaks is told as unread, and those after it are read', async () => {
  const pool = new ReaderPool(1, new SourceClocks(null), { maxOldGenerationSizeMb: 28 })
  // one value of many objects, which all live at once
  const heavy = `{"a":[${Array.from({ length: 1_200_000 }, () => '{}').join(',')}]}`
  const post = postOf('', items(documents.slice(0, 40)))
  const [before, broken, after] = await Promise.all(
    [post, postOf(heavy, { kind: 'json-lines' }), post].map((one) => pool.read(one)),
  )
  expect(before).toEqual(await read(post))
  expect(broken?.problems).toMatchObject([{ item: null, code: 'damaged' }])
  expect(after).toEqual(before)
  await pool.close()
})
