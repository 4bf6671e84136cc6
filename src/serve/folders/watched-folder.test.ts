import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { winlogbeat8Writer } from '../../lab/carriers/ecs.ts'
import { eventXmlWriter } from '../../lab/carriers/event-xml.ts'
import { evtxECmdCsvWriter } from '../../lab/carriers/tables.ts'
import { taskRegistered } from '../../lab/event-catalogue/task-scheduler.ts'
import { evtxBytes } from '../../lab/evtx-writer/evtx-writer.ts'
import type { LabEvent } from '../../lab/evtx-writer/lab-event.ts'
import type { Intake, Post, Taken } from '../ports.ts'
import { PostReader } from '../reading/post-reader.ts'
import { Store } from '../store/store.ts'
import { OpenFile } from './open-file.ts'
import { type FolderSettings, folderSettings } from './settings.ts'
import { WatchedFolder } from './watched-folder.ts'
import { wholeItems } from './whole-items.ts'

const base = mkdtempSync(join(tmpdir(), 'tasktrail-watched-'))
afterAll(() => rmSync(base, { recursive: true }))

/** Registrations of tasks, numbered from 1 on: some 150 fill a chunk of an event log. */
const events: LabEvent[] = Array.from({ length: 500 }, (_, place) => ({
  ...taskRegistered(
    { time: { time: 1_700_000_000_000 + place * 1_000, ticks: 0 }, processId: 1, threadId: 1 },
    `\\T${place}`,
    'S\\a',
  ),
  recordId: place + 1,
  computer: 'ws1.example.test',
}))
const line = (place: number): string => `${winlogbeat8Writer.line(events[place] as LabEvent)}\n`
const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => line(from + i)).join('')

let made = 0
let root: string
let time: { now: number }
let posts: Post[]
let told: string[]
let answer: (post: Post) => Taken
let store: Store
let folder: WatchedFolder
let settings: FolderSettings

const kept: Taken = { kind: 'kept', records: 0, problems: [], unlisted: 0 }
const intake: Intake = {
  hasRoomFor: () => true,
  async take(post) {
    const taken = answer(post)
    if (taken.kind === 'kept') posts.push(post)
    return taken
  },
}

/** The same folder seen by a service that was started anew. */
const watch = () =>
  new WatchedFolder(root, {
    ...{ intake, files: store.watchedFiles, clock: { now: () => time.now }, settings },
    tell: ({ path, code }) => told.push(`${path.slice(root.length + 1)} ${code}`),
  })

beforeEach(() => {
  store?.close()
  root = join(base, `f${made}`)
  mkdirSync(root)
  store = Store.open(join(base, `${made++}.db`))
  time = { now: 1_000_000 }
  posts = []
  told = []
  answer = () => kept
  settings = folderSettings
  folder = watch()
})
afterAll(() => store.close())

const at = (name: string) => join(root, name)
const textOf = ({ bytes }: Post) => Buffer.from(bytes).toString()
/** What was posted since it was asked last, by file. */
async function news(): Promise<string[]> {
  posts.length = 0
  for (let wait = 0; wait === 0; ) wait = (await folder.round()).wait
  return posts.map((post) => `${post.source.slice(root.length + 1)}: ${textOf(post)}`)
}
const rest = () => {
  time.now += settings.settled
}

describe('lines', () => {
  test('are taken as they come, each once, the last when it has its end', async () => {
    writeFileSync(at('a.jsonl'), line(0) + line(1).slice(0, 50))
    expect(await news()).toEqual([`a.jsonl: ${line(0)}`])
    expect(await news()).toEqual([])
    appendFileSync(at('a.jsonl'), line(1).slice(50) + line(2))
    expect(await news()).toEqual([`a.jsonl: ${lines(1, 3)}`])
    expect(posts[0]).toMatchObject({ kind: 'json-lines', sender: { name: 'watched folder', hosts: null } })
    folder = watch()
    expect(await news()).toEqual([])
    expect(readdirSync(root)).toEqual(['a.jsonl'])
  })

  test('whose last has no end are taken when the file rests, and once more when it goes on', async () => {
    writeFileSync(at('a.jsonl'), line(0) + line(1).trimEnd())
    expect(await news()).toEqual([`a.jsonl: ${line(0)}`])
    rest()
    expect(await news()).toEqual([`a.jsonl: ${line(1).trimEnd()}`])
    rest()
    expect(await news()).toEqual([])
    appendFileSync(at('a.jsonl'), `\n${line(2)}`)
    expect(await news()).toEqual([`a.jsonl: ${lines(1, 3)}`])
  })

  test('go on under another name, and those of the new file begin anew', async () => {
    writeFileSync(at('app.log'), lines(0, 3))
    await news()
    appendFileSync(at('app.log'), line(3))
    renameSync(at('app.log'), at('app.log.1'))
    writeFileSync(at('app.log'), line(4))
    expect((await news()).sort()).toEqual([`app.log.1: ${line(3)}`, `app.log: ${line(4)}`])
    renameSync(at('app.log.1'), at('app.log.2'))
    renameSync(at('app.log'), at('app.log.1'))
    folder = watch()
    expect(await news()).toEqual([])
  })

  test('of a file that is copied and cut are taken once, with what came between', async () => {
    writeFileSync(at('app.log'), lines(0, 3))
    await news()
    appendFileSync(at('app.log'), line(3))
    copyFileSync(at('app.log'), at('app.log.1'))
    truncateSync(at('app.log'))
    appendFileSync(at('app.log'), line(4))
    expect((await news()).sort()).toEqual([`app.log.1: ${line(3)}`, `app.log: ${line(4)}`])
  })

  test('of a file that was cut and has as much as before again are taken from its beginning', async () => {
    writeFileSync(at('a.jsonl'), line(0))
    await news()
    writeFileSync(at('a.jsonl'), lines(1, 4))
    expect(await news()).toEqual([`a.jsonl: ${lines(1, 4)}`])
  })

  test('of a file that is written anew with more, as rsync does, are taken where they go on', async () => {
    writeFileSync(at('a.jsonl'), lines(0, 3))
    await news()
    writeFileSync(join(base, 'new'), lines(0, 4))
    renameSync(join(base, 'new'), at('a.jsonl'))
    expect(await news()).toEqual([`a.jsonl: ${line(3)}`])
  })

  test('are many posts where they are many bytes, and every file has its turn', async () => {
    settings = { ...folderSettings, piece: 2_000, bytesOfFile: 4_000, bytesOfRound: 6_000 }
    folder = watch()
    writeFileSync(at('a.jsonl'), lines(0, 40))
    writeFileSync(at('b.jsonl'), lines(40, 44))
    await folder.round()
    const sources = new Set(posts.map(({ source }) => source))
    expect(sources).toEqual(new Set([at('a.jsonl'), at('b.jsonl')]))
    const before = [...posts]
    await news()
    const all = [...before, ...posts].filter(({ source }) => source === at('a.jsonl'))
    expect(all.length).toBeGreaterThan(5)
    expect(all.map(textOf).join('')).toBe(lines(0, 40))
  })
})

describe('what was not taken', () => {
  test('is offered again when the intake has room', async () => {
    answer = () => ({ kind: 'full', retryAfter: 7 })
    writeFileSync(at('a.jsonl'), line(0))
    expect(await folder.round()).toEqual({ bytes: 0, wait: 7_000 })
    answer = () => kept
    expect(await news()).toEqual([`a.jsonl: ${line(0)}`])
  })

  test('before a kill is offered again, and nothing is left out', async () => {
    settings = { ...folderSettings, piece: 3_000 }
    writeFileSync(at('a.jsonl'), lines(0, 20))
    let [left, all] = [2, '']
    answer = (post) => {
      if (left-- === 0) return { kind: 'unavailable', reason: 'killed' }
      all += textOf(post)
      return kept
    }
    for (let round = 0; round < 20; round++) {
      folder = watch()
      left = 2
      await folder.round()
    }
    expect(all).toBe(lines(0, 20))
  })

  test('is told: what cannot be opened, leads out, is no file or no log, or went away too soon', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'tasktrail-outside-'))
    writeFileSync(join(outside, 'x.jsonl'), line(0))
    symlinkSync(join(outside, 'x.jsonl'), at('out.jsonl'))
    symlinkSync(outside, at('out'))
    mkdirSync(at('sub'))
    writeFileSync(at('sub/in.jsonl'), line(1))
    symlinkSync(at('sub'), at('again'))
    // a link that took the place of a file, or of its folder, since it was listed
    for (const name of ['out.jsonl', 'out/x.jsonl']) await expect(OpenFile.open(at(name), root)).rejects.toThrow()
    writeFileSync(at('c.evtx'), 'no event log, but words')
    writeFileSync(at('c.zip'), 'PK\x03\x04'.padEnd(100))
    writeFileSync(at('photo.jpg'), '\xff\xd8\xff')
    writeFileSync(at('notes.log'), 'hello\nworld\n')
    expect(await news()).toEqual([`sub/in.jsonl: ${line(1)}`])
    rest()
    expect(await news()).toEqual([])
    expect(told.sort()).toEqual([
      'c.evtx not-what-it-says',
      'c.zip archive',
      'notes.log unknown-kind',
      'out link-not-followed',
      'out.jsonl link-not-followed',
    ])
    told.length = 0
    await news()
    expect(told).toEqual([])
    answer = () => ({ kind: 'full', retryAfter: 1 })
    settings = { ...folderSettings, piece: 1_000 }
    folder = watch()
    writeFileSync(at('sub/in.jsonl'), lines(1, 9))
    let allowed = 1
    answer = () => (allowed-- > 0 ? kept : { kind: 'full', retryAfter: 1 })
    await folder.round()
    rmSync(at('sub'), { recursive: true })
    await folder.round()
    expect(told).toContain('sub/in.jsonl gone')
    rmSync(outside, { recursive: true })
  })

  test.skipIf(process.getuid?.() === 0)('is told when it is not ours to read', async () => {
    writeFileSync(at('a.jsonl'), line(0))
    chmodSync(at('a.jsonl'), 0)
    await news()
    expect(told).toEqual(['a.jsonl cannot-open'])
  })

  test('of too many files is told, and the others are read', async () => {
    settings = { ...folderSettings, files: 2 }
    folder = watch()
    for (const name of ['a', 'b', 'c']) writeFileSync(at(name), line(0))
    expect(await news()).toHaveLength(2)
    expect(told).toEqual([' too-many-files'])
  })
})

describe('other forms', () => {
  test('a table has its columns before every part', async () => {
    const [columns = '', first = '', second = ''] = (evtxECmdCsvWriter.files(events.slice(0, 2))[0] ?? '').split(
      /(?<=\n)/,
    )
    writeFileSync(at('t.csv'), columns)
    expect(await news()).toEqual([])
    appendFileSync(at('t.csv'), first + second.slice(0, 70))
    expect(await news()).toEqual([`t.csv: ${columns}${first}`])
    appendFileSync(at('t.csv'), `${second.slice(70).trimEnd()}\n`)
    expect(await news()).toEqual([`t.csv: ${columns}${second.trimEnd()}\n`])
    expect(wholeItems('csv', Buffer.from('a,"b\nc",d\ne,"f\n'))).toBe(10)
  })

  test('elements are taken whole, and the end of the document is nothing', async () => {
    const xml = (place: number) => `${eventXmlWriter.line(events[place] as LabEvent).trim()}\n`
    writeFileSync(at('e.xml'), `<Events>\n${xml(0)}${xml(1).slice(0, 60)}`)
    expect(await news()).toEqual([`e.xml: <Events>\n${xml(0).trim()}`])
    appendFileSync(at('e.xml'), `${xml(1).slice(60)}</Events>\n`)
    expect(await news()).toEqual([`e.xml: \n${xml(1).trim()}`])
    rest()
    expect(await news()).toEqual([])
  })

  test('what can only be read as a whole is taken when it rests, and again when it has changed', async () => {
    const list = (to: number) => `[${Array.from({ length: to }, (_, i) => line(i).trim()).join(',\n')}]`
    writeFileSync(at('l.json'), list(3).slice(0, -20))
    writeFileSync(at('p.jsonl.gz'), gzipSync(lines(0, 2)))
    expect(await news()).toEqual([])
    writeFileSync(at('l.json'), list(3))
    rest()
    const packed = gzipSync(lines(0, 2))
    const byName = async () => {
      await news()
      return posts.map(({ source, bytes }) => [source.slice(root.length + 1), bytes.length])
    }
    expect(await byName()).toEqual([['p.jsonl.gz', packed.length]])
    rest()
    expect(await byName()).toEqual([['l.json', list(3).length]])
    utimesSync(at('l.json'), 1, 1)
    await news()
    rest()
    expect(await byName()).toEqual([])
    writeFileSync(at('l.json'), list(5))
    await news()
    rest()
    expect(await byName()).toEqual([['l.json', list(5).length]])
  })
})

describe('an event log', () => {
  const reader = new PostReader()
  const whole = evtxBytes(events)
  const chunk = 65_536
  /** What was posted since: records of each post. */
  async function records(): Promise<number[]> {
    await news()
    const counts: number[] = []
    for (const { bytes, kind, takenTo = 0 } of posts) {
      const { read } = await reader.read({ bytes, kind, items: null, takenTo, hosts: null, clock: null })
      expect(read.problems).toEqual([])
      counts.push(read.records)
    }
    return counts
  }
  /** A log that is in use: Windows marks its header. */
  const inUse = (bytes: Buffer) => {
    const copy = Buffer.from(bytes)
    copy.writeUInt32LE(1, 120)
    return copy
  }

  test('is taken chunk by chunk while it grows; of what was copied half, what is whole', async () => {
    const chunks = (whole.length - 4_096) / chunk
    expect(chunks).toBeGreaterThan(2)
    writeFileSync(at('s.evtx'), whole.subarray(0, 4_096 + chunk + 1_000))
    const [first = 0] = await records()
    expect(first).toBeGreaterThan(50)
    expect(await records()).toEqual([])
    writeFileSync(at('s.evtx'), whole)
    // of the chunk that was the last nothing is taken twice
    expect((await records()).reduce((sum, count) => sum + count, first)).toBe(events.length)
    rest()
    expect(await records()).toEqual([])
    folder = watch()
    renameSync(at('s.evtx'), at('archive.evtx'))
    expect(await records()).toEqual([])
  })

  test('that is in use is looked into though neither size nor time change, and its ring is followed', async () => {
    const size = evtxBytes(events.slice(0, 450)).length
    const write = (from: number, to: number) => {
      const bytes = inUse(evtxBytes(events.slice(from, to)))
      writeFileSync(at('s.evtx'), Buffer.concat([bytes, Buffer.alloc(Math.max(0, size - bytes.length))]))
      utimesSync(at('s.evtx'), 5, 5)
    }
    write(0, 10)
    expect(await records()).toEqual([10])
    write(0, 12)
    expect(await records()).toEqual([])
    time.now += settings.live
    expect(await records()).toEqual([2])
    time.now += settings.live
    expect(await records()).toEqual([])
    // the ring begins anew where the oldest records were
    write(400, 410)
    time.now += settings.live
    expect(await records()).toEqual([10])
  })

  test('with a chunk that stays torn is taken as it is when it rests', async () => {
    const torn = Buffer.from(whole.subarray(0, 4_096 + 2 * chunk))
    torn.fill(0, 4_096 + chunk + 40_000)
    writeFileSync(at('s.evtx'), torn)
    const [first = 0] = await records()
    rest()
    await news()
    const [post] = posts as [Post]
    const { read } = await reader.read({ bytes: post.bytes, kind: post.kind, items: null, hosts: null, clock: null })
    expect(read.records).toBeGreaterThan(50)
    expect(first).toBeGreaterThan(50)
    rest()
    expect(await news()).toEqual([])
  })
})
