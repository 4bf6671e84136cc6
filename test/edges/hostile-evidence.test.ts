import { randomBytes } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { hiveBytes } from '../../src/lab/hive-writer/hive-writer.ts'
import { regText } from '../../src/lab/hive-writer/lab-key.ts'
import { ORDINARY_FLAGS } from '../../src/lab/hive-writer/task-blobs.ts'
import { cachedTask, softwareRoot } from '../../src/lab/hive-writer/task-cache.ts'
import { tasktrail } from '../run-cli.ts'
import { laid, scanned } from '../scan-in-process.ts'
import { tarOf, zipOf } from './archive-bytes.ts'

// Whatever could not be read is named, and the exit code says so: silence never means clean.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-hostile-'))
afterAll(() => rmSync(folder, { recursive: true }))
let folders = 0
const place = (files: Readonly<Record<string, string | Buffer>>) => laid(join(folder, `${folders++}`), files)

const logs = 'Windows/System32/winevt/Logs'
const tasks = 'Windows/System32/Tasks'
const config = 'Windows/System32/config'

const taskXml = (command: string) =>
  `<?xml version="1.0" encoding="UTF-16"?><Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Actions><Exec><Command>${command}</Command></Exec></Actions></Task>`
const sound = taskXml('a.exe')

const time = { time: Date.UTC(2026, 2, 9, 6), ticks: 0 }
const account = { sid: 'S-1-5-21-1-2-3-1001', name: 'OFFICE\\ann' }
const inCache = Array.from({ length: 8 }, (_, index) =>
  cachedTask({
    path: `\\Task ${index}`,
    id: `{0000000${index}-1111-4111-8111-111111111111}`,
    ...{ registered: time, account, triggers: [{ kind: 'boot' }], flags: ORDINARY_FLAGS },
    actions: [
      { kind: 'exec', id: null, command: 'a.exe', arguments: null, workingDirectory: null, hideAppWindow: false },
    ],
  }),
)
const software = hiveBytes(softwareRoot(inCache, time))

describe('a file that is not what its place says is named, with exit code 3', () => {
  const places: [string, string, string | Buffer, string][] = [
    ['an event log that is text', `${logs}/Security.evtx`, 'not a log', 'not-what-it-says'],
    ['anything among the event logs', `${logs}/notes.txt`, 'not a log', 'not-what-it-says'],
    ['an .evtx anywhere', 'x.evtx', Buffer.alloc(200, 7), 'not-what-it-says'],
    ['an empty log', `${logs}/Security.evtx`, '', 'wiped-log'],
    ['a log of zeros', `${logs}/Security.evtx`, Buffer.alloc(200_000), 'wiped-log'],
    ['a hive that is none', `${config}/SOFTWARE`, Buffer.alloc(9000, 7), 'not-what-it-says'],
    ['a copy of a hive that is none', `${config}/RegBack/SOFTWARE`, Buffer.alloc(9000, 7), 'not-what-it-says'],
    ['a hive’s log that is none', `${config}/SOFTWARE.LOG1`, Buffer.alloc(9000, 7), 'not-what-it-says'],
    ['its other log', `${config}/software.log2`, Buffer.alloc(9000, 7), 'not-what-it-says'],
    ['a hive by its name alone', 'SOFTWARE', Buffer.alloc(9000, 7), 'not-what-it-says'],
    ['the tasks of a policy, cut', 'Machine/Preferences/ScheduledTasks/ScheduledTasks.xml', '<Sched', 'unsupported'],
    ['an empty hive', `${config}/SOFTWARE`, '', 'empty'],
    ['a hive cut in its base block', `${config}/SOFTWARE`, software.subarray(0, 300), 'not-a-hive'],
    [
      'a hive without tasks',
      `${config}/SOFTWARE`,
      hiveBytes({ name: 'ROOT', lastWritten: time, values: [regText('a', 'b')] }),
      'no-task-cache',
    ],
    ['an empty task file', `${tasks}/A`, '', 'empty'],
    ['a task file of zeros', `${tasks}/A`, Buffer.alloc(3000), 'not-what-it-says'],
    ['a task file that is cut', `${tasks}/A`, sound.slice(0, 160), 'bad-task-file'],
    ['a task file that is too long', `${tasks}/A`, `${sound}${' '.repeat(5 << 20)}`, 'bad-task-file'],
    ['a task file that nests too deep', `${tasks}/A`, sound.replace('<Actions>', '<a>'.repeat(1000)), 'bad-task-file'],
    ['a task file with a document type', `${tasks}/A`, sound.replace('<Task', '<!DOCTYPE a><Task'), 'bad-task-file'],
    ['a task file with an entity of nobody', `${tasks}/A`, sound.replace('a.exe', '&evil;a.exe'), 'bad-task-file'],
    [
      'a task file with two lists of actions',
      `${tasks}/A`,
      sound.replace('</Actions>', '</Actions><Actions/>'),
      'bad-task-file',
    ],
    ['a task file with text behind a zero', `${tasks}/A`, `${sound}\0${sound}`, 'bad-task-file'],
    [
      'a task file whose root comes late and is cut',
      `${tasks}/A`,
      `<!--${'x'.repeat(5000)}-->${sound.slice(38, 160)}`,
      'bad-task-file',
    ],
    ['a .job file that is none', 'Windows/Tasks/a.job', Buffer.alloc(90, 7), 'not-what-it-says'],
    ['a 7-Zip archive', 'a.7z', '7z\xbc\xaf\x27\x1c', 'unsupported'],
    ['a disk image', 'disk.E01', 'EVF\t\r\n', 'unsupported'],
    ...['iso', 'img', 'raw', 'ad1', 'mem', 'dmp', 'arn'].map((ending): [string, string, string, string] => [
      `.${ending}`,
      `evidence.${ending}`,
      'whatever',
      'unsupported',
    ]),
    ['an ISO by any name', 'disc', Buffer.concat([Buffer.alloc(0x8001), Buffer.from('CD001')]), 'unsupported'],
    ['an old event log', 'SecEvent.Evt', '0\0\0\0LfLe', 'unsupported'],
  ]
  test.each(places)('%s', async (_, name, content, code) => {
    const { problems, code: exit, result } = await scanned(place({ [name]: content, [`${tasks}/Sound`]: sound }))
    expect(problems).toEqual([`${code} ${name}`])
    expect(exit).toBe(3)
    expect(result.problems[0]?.reason).not.toBe('')
  })

  test('the same in an archive', async () => {
    const files = places
      .filter(([, name]) => name !== 'a.7z')
      .map(([, name, content], index) => ({ name: `${index}/${name}`, content: Buffer.from(content) }))
    const expected = places
      .filter(([, name]) => name !== 'a.7z')
      .map(([, name, , code], index) => `${code} ${index}/${name}`)
      .sort()
    for (const [name, bytes] of [
      ['a.zip', zipOf(files)],
      ['a.tar', tarOf(files)],
    ] as const) {
      const { problems, code } = await scanned(join(place({ [name]: bytes }), name))
      expect([...problems].sort(), name).toEqual(expected)
      expect(code).toBe(3)
    }
  })

  test('an empty log of a hive, a copy of a hive that Windows keeps empty, and sound files are no problem', async () => {
    const { problems, code } = await scanned(
      place({
        [`${config}/SOFTWARE`]: software,
        [`${config}/SOFTWARE.LOG1`]: '',
        [`${config}/RegBack/SOFTWARE`]: '',
        [`${tasks}/A`]: sound,
      }),
    )
    expect(problems).toEqual([])
    expect(code).toBe(0)
  })
})

describe('a wiped log', () => {
  const demo = join(folder, 'wiped-demo')
  writeDemo(demo)
  const whole = readFileSync(
    join(
      demo,
      readdirSync(demo, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('Security.evtx')) as string,
    ),
  )
  const zerosFrom = (from: number) => Buffer.concat([whole.subarray(0, from), Buffer.alloc(whole.length - from)])
  const opened = zerosFrom(4096)
  opened.writeUInt32LE(1, 120)
  test.each([
    ['chunks of zeros', zerosFrom(4096)],
    ['zeros behind the header of its first chunk', zerosFrom(4096 + 512)],
    ['a header and nothing else', whole.subarray(0, 4096)],
    ['a header that is cut', whole.subarray(0, 128)],
    ['a header as of an open log, and zeros', opened],
  ])('has %s, though its header counts records', async (_, content) => {
    const name = `WS5/${logs}/Security.evtx`
    for (const more of [{}, { [`WS5/${tasks}/A`]: sound }]) {
      const { problems, code, result } = await scanned(place({ [name]: content, ...more }))
      expect([problems, code]).toEqual([[`wiped-log ${name}`], 3])
      expect(result.problems[0]?.reason).toMatch(/counts records up to id \d+, and none is there/)
      const found = result.chains.filter(({ chain }) => chain.kind === 'log-cleared')
      expect(found.map(({ chain, score }) => [chain.host, score.factors[0]?.id])).toEqual([['ws5', 'log-wiped']])
    }
    const zip = join(place({ 'a.zip': zipOf([{ name, content }]) }), 'a.zip')
    expect((await scanned(zip)).problems).toEqual([`wiped-log ${name}`])
  })

  test.each(['scan', 'dump', 'inventory'])('is told by %s', (command) => {
    const { code, stdout, stderr } = tasktrail(command, place({ 'Security.evtx': zerosFrom(4096) }))
    expect(stdout + stderr).toMatch(/counts\s+records\s+up\s+to\s+id\s+\d+/)
    expect(code).toBe(command === 'dump' ? 4 : 3)
  })

  test('is no log that never had a record', async () => {
    const fresh = Buffer.from(whole.subarray(0, 4096 + 65536)).fill(0, 4096)
    fresh.writeBigUInt64LE(1n, 24)
    fresh.writeUInt16LE(1, 42)
    fresh.writeUInt32LE(crc32(fresh.subarray(0, 120)), 124)
    const { problems, code } = await scanned(place({ 'Security.evtx': fresh }))
    expect([problems, code]).toEqual([[], 0])
  })

  test('is a finding by itself, of its host, with its file as evidence and without a time', async () => {
    const root = place({ [`WS5/${logs}/Security.evtx`]: '', [`WS5/${logs}/System.evtx`]: Buffer.alloc(70_000) })
    const { result } = await scanned(root)
    expect(result.chains.map(({ chain, score }) => [chain.kind, chain.host, score.severity, score.factors])).toEqual([
      [
        'log-cleared',
        'ws5',
        'low',
        [{ id: 'log-wiped', bits: 3, says: 'The file of the log Security is empty: it was wiped, or never copied.' }],
      ],
      [
        'log-cleared',
        'ws5',
        'low',
        [
          {
            id: 'log-wiped',
            bits: 3,
            says: 'The file of the log System holds nothing but zeros: it was wiped, or never copied.',
          },
        ],
      ],
    ])
    expect(result.chains.map(({ chain }) => chain.evidence[0]?.artifact)).toEqual(['event-log', 'event-log'])
  })
})

test('a hive that is cut anywhere gives all its tasks or a problem', async () => {
  const root = place({})
  for (let length = 0; length < software.length; length += 977) {
    const path = join(root, `${length}`, config)
    laid(path, { SOFTWARE: software.subarray(0, length) })
    const { result, code } = await scanned(join(root, `${length}`))
    const found = result.inventory.length
    expect(found === inCache.length || code !== 0, `${length} bytes, ${found} tasks`).toBe(true)
    expect(code).not.toBe(0)
  }
})

test('a hive that is cut is told as cut before what it lacks', async () => {
  for (let length = 4096 + 512; length < software.length; length += 3237) {
    const { result } = await scanned(place({ [`${config}/SOFTWARE`]: software.subarray(0, length) }))
    const [first] = result.problems
    expect(first?.code === 'truncated' || first?.reason.startsWith('it is cut, and'), `${length}`).toBe(true)
  }
})

describe('files of no known kind', () => {
  test('are counted by their ending, and those that look like events are named as unread', async () => {
    const { result, code, problems } = await scanned(
      place({
        'a.dll': 'MZ',
        'b.dll': 'MZ',
        README: 'read me',
        'export.log': 'a line of Microsoft-Windows-Security-Auditing, EventID 4698',
        [`${tasks}/A`]: sound,
      }),
    )
    expect([problems, code]).toEqual([['unknown-kind export.log'], 3])
    expect(result.tally.skippedFiles).toBe(4)
    expect(result.tally.skipped).toEqual([
      { ending: 'dll', count: 2 },
      { ending: '', count: 1 },
      { ending: 'log', count: 1 },
    ])
  })
})

describe('symbolic links', () => {
  test('that lead out of what was given are named and not followed, unless it is asked for', async () => {
    const outside = place({ secret: sound })
    const root = place({ 'inside/Tasks/A': sound })
    mkdirSync(join(root, tasks), { recursive: true })
    symlinkSync(join(outside, 'secret'), join(root, tasks, 'Out'))
    symlinkSync(outside, join(root, 'folder'))
    symlinkSync('inside/Tasks', join(root, 'within'))
    const { problems, code, result } = await scanned(root)
    expect(problems).toEqual([`link-not-followed ${tasks}/Out`, 'link-not-followed folder'])
    expect([code, result.tally.files]).toEqual([3, 1])
    const followed = await scanned(root, { followLinks: true })
    expect([followed.problems, followed.result.tally.files]).toEqual([[], 2])
  })

  test('that are given by name are followed', async () => {
    const root = place({ A: sound })
    symlinkSync(root, join(folder, 'link'))
    expect((await scanned(join(folder, 'link'))).result.tally.files).toBe(1)
  })
})

test.skipIf(process.platform !== 'linux')(
  'names that are no UTF-8 are read, each under a name of its own',
  async () => {
    const root = place({})
    mkdirSync(join(root, tasks), { recursive: true })
    for (const byte of [0xe4, 0xf6]) {
      const path = Buffer.concat([Buffer.from(`${join(root, tasks)}/A`), Buffer.from([byte])])
      writeFileSync(openSync(path, 'w'), sound)
    }
    const deep = Buffer.concat([Buffer.from(`${join(root, tasks)}/`), Buffer.from([0xfc])])
    mkdirSync(deep)
    writeFileSync(openSync(Buffer.concat([deep, Buffer.from('/B')]), 'w'), sound)
    const { result, problems } = await scanned(root)
    expect(problems).toEqual([])
    expect(result.inputs.map((name) => name.slice(root.length + tasks.length + 2))).toEqual([
      'A\\xE4',
      'A\\xF6',
      '\\xFC/B',
    ])
  },
)

const soundEvent = (recordId: number, more = '') =>
  JSON.stringify({
    ...{
      recordId,
      time: '2026-03-04T05:06:07Z',
      provider: 'Microsoft-Windows-Security-Auditing',
      channel: 'Security',
    },
    ...{
      eventId: 4698,
      computer: 'ws5.example.test',
      data: { TaskName: `\\Task ${recordId}`, SubjectUserName: more },
    },
  })

describe('archives that are made to cost more than they hold', () => {
  /** A zip whose members all are the same bytes. */
  function overlapping(members: number, content: Buffer): Buffer {
    const one = zipOf([{ name: 'a.json', content }])
    const directory = one.indexOf('PK\x01\x02', 0, 'latin1')
    const entry = one.subarray(directory, one.length - 22)
    const end = Buffer.from(one.subarray(one.length - 22))
    end.writeUInt16LE(members, 8)
    end.writeUInt16LE(members, 10)
    end.writeUInt32LE(entry.length * members, 12)
    return Buffer.concat([one.subarray(0, directory), ...Array.from({ length: members }, () => entry), end])
  }

  test('members of a zip that share bytes are refused but for the first', async () => {
    const line = `${soundEvent(1)}\n`
    const content = Buffer.from(line.repeat(10_000))
    const { code, result } = await scanned(join(place({ 'a.zip': overlapping(500, content) }), 'a.zip'))
    expect(result.tally.files).toBe(1)
    expect(result.problems.map(({ code, reason }) => `${code}: ${reason}`)).toEqual([
      expect.stringMatching(
        /^unreadable-member: 499 members not read .*: its bytes lie within those of another member$/,
      ),
    ])
    expect(code).toBe(3)
  })

  test('what all members unpack to is bounded, and the bound is named', async () => {
    // each by itself is no bomb
    const tar = gzipSync(tarOf([{ name: 'a.bin', content: Buffer.alloc(80 << 20) }]))
    const files = Array.from({ length: 6 }, (_, i) => ({ name: `${i}.tgz`, content: tar, method: 0 }))
    const path = join(place({ 'a.zip': zipOf(files) }), 'a.zip')
    const { problems, code, result } = await scanned(path)
    expect(problems.filter((problem) => problem.startsWith('packed-too-well'))).toEqual([`packed-too-well ${path}`])
    expect(result.problems.find((problem) => problem.code === 'packed-too-well')?.reason).toMatch(
      /^what is in it unpacks to more than \d+ bytes/,
    )
    expect(code).toBe(4)
  })

  test('a packed tar that is cut is read up to there', async () => {
    const members = Array.from({ length: 30 }, (_, i) => ({
      name: `${tasks}/Task ${i}`,
      content: Buffer.from(taskXml(`${randomBytes(300).toString('hex')}.exe`)),
    }))
    const packed = gzipSync(tarOf(members))
    for (const share of [0.3, 0.7, 0.95]) {
      const path = join(place({ 'a.tgz': packed.subarray(0, packed.length * share) }), 'a.tgz')
      const { problems, code, result } = await scanned(path)
      const whole = result.inventory.length
      // the last one is there as far as it goes
      expect(Math.abs(whole - 30 * share), `${share}: ${whole}`).toBeLessThan(2)
      expect(problems).toContain(`bad-archive ${path}`)
      expect(code).toBe(3)
    }
  })
})

test('a log whose header and first chunks are destroyed is read from where it is sound', async () => {
  const demo = join(folder, 'demo')
  writeDemo(demo)
  const path = readdirSync(demo, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('Security.evtx'))
  const bytes = readFileSync(join(demo, path as string))
  const chunks = Buffer.concat([Buffer.alloc(4096 + 3 * 65536, 0x41), bytes.subarray(4096)])
  const { result, code, problems } = await scanned(place({ 'Security.evtx': chunks }))
  const sound = await scanned(join(demo, path as string))
  expect(result.tally.records).toBe(sound.result.tally.records)
  expect(problems.map((problem) => problem.split(' ')[0])).toContain('bad-file-header')
  expect(code).toBe(3)
})

describe('JSON that does not begin with a whole event', () => {
  const long = 'x'.repeat(400_000)
  test.each([
    ['lines', [soundEvent(1, long), soundEvent(2), soundEvent(3)].join('\n'), 3],
    ['a list in one line', `[${[soundEvent(1, long), soundEvent(2), soundEvent(3)].join(',')}]`, 3],
    [
      'a list over several lines',
      JSON.stringify(JSON.parse(`[${[soundEvent(1, long), soundEvent(2), soundEvent(3)].join(',')}]`), null, 1),
      3,
    ],
    ['a line that was cut', `${long}"}}\n${soundEvent(2)}\n${soundEvent(3)}`, 2],
    [
      'an event that is longer than any',
      [soundEvent(1, 'x'.repeat(9 << 20)), soundEvent(2), soundEvent(3)].join('\n'),
      2,
    ],
    [
      'a first line that is longer than what is looked at',
      [soundEvent(1, 'x'.repeat(30 << 20)), soundEvent(2)].join('\n'),
      1,
    ],
    [
      'a list with an event that is longer than any',
      `[${[soundEvent(1, 'x'.repeat(9 << 20)), soundEvent(2), soundEvent(3)].join(',')}]`,
      2,
    ],
  ])('%s', async (_, text, facts) => {
    for (const [name, content] of [
      ['a.json', text],
      ['a.json.gz', gzipSync(text)],
    ] as const) {
      const { result } = await scanned(join(place({ [name]: content }), name))
      expect(result.tally.facts, name).toBe(facts)
      expect(result.problems.length, name).toBe(facts === 3 ? 0 : 1)
    }
  })
})
