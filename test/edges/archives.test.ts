import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { allChannels } from '../../src/lab/fleet/host-plan.ts'
import { writeFleet } from '../../src/lab/fleet/write-fleet.ts'
import { findInputs } from '../../src/sources/inputs.ts'
import { tasktrail, tasktrailWith } from '../run-cli.ts'
import { chainsIn, scanned } from '../scan-in-process.ts'
import { type Packing, streamedZipOf, tarOf, zipOf } from './archive-bytes.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A host's collection as a folder: logs, task files and hives. */
const collection = join(folder, 'collection')
const demo = join(folder, 'demo')
beforeAll(() => {
  const fleet = { hosts: 2, days: 1, seed: 4, profile: 'workstation', noise: 'quiet', channels: allChannels } as const
  writeFleet({ ...fleet, recordsCommandLines: true, securityDays: 1, attacks: [], format: 'evtx' }, collection)
  rmSync(join(collection, 'truth.json'))
  writeDemo(demo)
})

const filesBelow = (path: string): Packing[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((each) => statSync(each).isFile())
    .sort()
    .map((each) => ({ name: relative(path, each), content: readFileSync(each) }))

function kept(name: string, content: Buffer): string {
  const path = join(folder, name)
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, content)
  return path
}

/** What is told of a path, as if it were the folder `X`. */
function told(path: string, command: readonly string[], ...more: string[]): string {
  const { stdout, code } = tasktrail(...command, path, ...more)
  expect(code, path).toBeLessThan(2)
  return stdout.replaceAll(`${path}!`, 'X/').replaceAll(`${path}/`, 'X/')
}

const scan = ['scan', '--all', '--format', 'json', '--quiet'] as const
const inventory = ['inventory', '--format', 'json', '--quiet'] as const

describe('a collection in an archive', () => {
  const packings: [string, (files: readonly Packing[]) => Buffer][] = [
    ['deflated.zip', zipOf],
    ['stored.zip', (files) => zipOf(files.map((file) => ({ ...file, method: 0 })))],
    ['plain.tar', tarOf],
    ['packed.tgz', (files) => gzipSync(tarOf(files))],
    ['packed.tar.zst', (files) => zstdCompressSync(tarOf(files))],
  ]

  let [whole, tasks] = ['', '']
  beforeAll(() => {
    whole = told(collection, scan)
    tasks = told(collection, inventory)
    expect(whole.length).toBeGreaterThan(10_000)
  })

  test.each(packings)('%s tells the same as the folder', (name, pack) => {
    const path = kept(name, pack(filesBelow(collection)))
    expect(told(path, scan, '--jobs', '2') === whole).toBe(true)
    expect(told(path, inventory, '--jobs', '1') === tasks).toBe(true)
  })

  test('an archive within an archive, and logs that are packed by themselves, are read', async () => {
    const logs = filesBelow(demo).filter(({ name }) => name.endsWith('.evtx'))
    const findings = async (path: string) => (await chainsIn(path)).map(({ id }) => id)
    const whole = await findings(demo)
    expect(whole.length).toBeGreaterThan(3)
    const inner = zipOf(logs)
    const packed: [string, Buffer][] = [
      ['zip-in-zip.zip', zipOf([{ name: 'host/logs.zip', content: inner }])],
      ['zip-in-tgz.tgz', gzipSync(tarOf([{ name: 'host/logs.zip', content: inner }]))],
      ['tar-in-zip.zip', zipOf([{ name: 'host/logs.tar', content: tarOf(logs) }])],
      ['tgz-in-zip.zip', zipOf([{ name: 'host/logs.tgz', content: gzipSync(tarOf(logs)) }])],
      ['gz-in-zip.zip', zipOf(logs.map(({ name, content }) => ({ name: `${name}.gz`, content: gzipSync(content) })))],
      [
        'zst-in-tar.tar',
        tarOf(logs.map(({ name, content }) => ({ name: `${name}.zst`, content: zstdCompressSync(content) }))),
      ],
    ]
    for (const [name, bytes] of packed) expect(await findings(kept(name, bytes)), name).toEqual(whole)
    mkdirSync(join(folder, 'one-by-one'))
    for (const [i, { content }] of logs.entries())
      writeFileSync(join(folder, 'one-by-one', `${i}.gz`), gzipSync(content))
    expect(await findings(join(folder, 'one-by-one'))).toEqual(whole)
  })

  test('JSON, XML and tables in it are read, packed once more or not', () => {
    const jsonl = tasktrail('dump', '--quiet', join(demo, firstOf(demo))).stdout
    const path = kept(
      'text.zip',
      zipOf([
        { name: 'a.jsonl', content: Buffer.from(jsonl) },
        { name: 'b.jsonl.gz', content: gzipSync(jsonl) },
        { name: 'c.jsonl.zst', content: zstdCompressSync(Buffer.from(jsonl)) },
      ]),
    )
    const { summary } = JSON.parse(tasktrail(...scan, path).stdout)
    expect(summary.records).toBe(3 * jsonl.trim().split('\n').length)
  })
})

const firstOf = (path: string): string =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.evtx'))
    .sort()[0] as string

describe('a damaged or hostile archive', () => {
  const log = () => readFileSync(join(demo, firstOf(demo)))
  /** What could not be read, and the exit code. */
  const problems = async (name: string, bytes: Buffer) => {
    const path = kept(name, bytes)
    const { result, code } = await scanned(path)
    return {
      code,
      records: result.tally.records,
      told: result.problems.map(({ file, code, reason }) => `${file.replace(path, 'X')} ${code}: ${reason}`),
    }
  }

  test('a zip without its directory is read by the headers of its members, as far as they go', async () => {
    const inCut = { name: 'b.evtx', content: log(), method: 0 }
    const bytes = zipOf([
      { name: 'a.evtx', content: log() },
      { name: 'a.txt', content: Buffer.from('PK\x03\x04') },
      inCut,
    ])
    const whole = await problems('whole.zip', zipOf([{ name: 'a.evtx', content: log() }]))
    for (const [name, zip] of [
      ['cut.zip', bytes],
      ['streamed.zip', streamedZipOf([{ name: 'a.evtx', content: log() }, inCut])],
    ] as const) {
      const { code, told, records } = await problems(name, zip.subarray(0, zip.length - 3000))
      expect([code, records >= whole.records, whole.records > 0], name).toEqual([3, true, true])
      expect(told.join('\n'), name).toMatch(
        /^X bad-archive: the directory at the end of the zip is missing, as in one that was cut: its members are found by the headers/,
      )
      expect(told.join('\n'), name).toMatch(/X!b\.evtx \S+: .*ends too soon/)
    }
    const damaged = Buffer.from(zipOf([{ name: 'a.evtx', content: log() }]))
    damaged.fill(0x20, damaged.length - 22 - 46 - 6, damaged.length - 22 - 40)
    const { code, told, records } = await problems('bad-directory.zip', damaged)
    expect([code, records, told[0]]).toEqual([
      3,
      whole.records,
      expect.stringMatching(
        /^X bad-archive: the zip's directory is damaged after 0 of its entries: its members are found/,
      ),
    ])
  })

  test('members that share their bytes are one problem with a count', async () => {
    const [one, more] = [zipOf([{ name: 'a.evtx', content: log() }]), 600]
    const [entry, end] = [
      one.subarray(one.length - 22 - 52, one.length - 22),
      Buffer.from(one.subarray(one.length - 22)),
    ]
    end.writeUInt16LE(more, 8)
    end.writeUInt16LE(more, 10)
    end.writeUInt32LE(entry.length * more, 12)
    const directory = Array.from({ length: more }, () => entry)
    const { told } = await problems(
      'shared.zip',
      Buffer.concat([one.subarray(0, one.length - 22 - 52), ...directory, end]),
    )
    expect(told).toEqual([
      'X unreadable-member: 599 members not read (a.evtx, a.evtx, a.evtx, a.evtx, a.evtx and 594 more): its bytes lie within those of another member',
    ])
  })

  test('links and devices are named; what a link leads to in the archive is read where it lies', async () => {
    const content = log()
    const members: Packing[] = [
      { name: 'real/Security.evtx', content },
      { name: 'winevt/Logs/Security.evtx', content, link: '/mnt/gone/Security.evtx' },
      { name: 'winevt/Logs/System.evtx', content, link: 'System.evtx' },
      { name: 'winevt/Logs/Same.evtx', content, link: '../../real/Security.evtx' },
      { name: 'there', content, link: 'real' },
    ]
    const links = [
      'X!winevt/Logs/Security.evtx link-not-followed: a symbolic link to /mnt/gone/Security.evtx, which is no file of the archive: not followed',
      'X!winevt/Logs/System.evtx link-not-followed: a symbolic link to System.evtx, which is no file of the archive: not followed',
    ]
    const zip = await problems('links.zip', zipOf(members))
    expect([zip.code, zip.told, zip.records > 0]).toEqual([3, links, true])
    const special: Packing[] = [
      { name: 'winevt/Logs/Setup.evtx', content, type: '3' },
      { name: 'winevt/Logs/Sparse.evtx', content, type: 'S' },
      { name: 'winevt/Logs/Hard.evtx', content, link: 'other.evtx', type: '1' },
      { name: 'dev/null', content, type: '3' },
    ]
    const tar = await problems('links.tar', tarOf([...members, ...special]))
    expect([tar.code, tar.records]).toEqual([3, zip.records])
    expect(tar.told.toSorted()).toEqual(
      [
        ...links,
        'X!winevt/Logs/Hard.evtx link-not-followed: a hard link to other.evtx, which is no file of the archive: not followed',
        'X!winevt/Logs/Setup.evtx not-a-file: it is no file but a device or pipe',
        'X!winevt/Logs/Sparse.evtx unreadable-member: a file of tar\'s type "S" (sparse, or a part), which is not read',
      ].sort(),
    )
    const many = Array.from({ length: 60 }, (_, i) => ({ name: `${i}.evtx`, content, link: `/gone/${i}` }))
    const { told } = await problems('many-links.tar', tarOf(many))
    expect(told).toHaveLength(21)
    expect(told).toContain('X link-not-followed: 40 more members not read for reasons alike')
  })

  test('members that are encrypted, packed in a way that is not known or with a wrong checksum are named, the rest is used', async () => {
    const content = log()
    const { code, told, records } = await problems(
      'members.zip',
      zipOf([
        { name: 'good.evtx', content },
        { name: 'locked.evtx', content, flags: 1 },
        { name: 'strange.evtx', content, method: 14 },
        { name: 'wrong.evtx', content: Buffer.concat([content, Buffer.alloc(65_536)]), crc: 7 },
      ]),
    )
    expect(code).toBe(3)
    expect(told).toEqual([
      'X!locked.evtx unreadable-member: encrypted: no key is asked for',
      'X!strange.evtx unreadable-member: packed by method 14, which is not known here',
      'X!wrong.evtx bad-archive: the checksum of the packed content is wrong',
    ])
    expect(records).toBeGreaterThan(0)
  })

  test('a tar that is cut in a member is read up to there', async () => {
    const bytes = tarOf([
      { name: 'a.evtx', content: log() },
      { name: 'b.evtx', content: log() },
    ])
    const { code, told, records } = await problems('cut.tar', bytes.subarray(0, bytes.length - 100_000))
    expect([code, records > 0]).toEqual([3, true])
    expect(told[0]).toMatch(/^X bad-archive: the tar ends inside a member, at byte \d+$/)
  })

  test('packed content that is cut or damaged is read up to there', async () => {
    const tar = tarOf([{ name: 'a.evtx', content: log() }])
    for (const [name, whole] of [
      ['cut.tgz', gzipSync(tar)],
      ['cut.tar.zst', zstdCompressSync(tar)],
    ] as const) {
      const cut = await problems(name, whole.subarray(0, whole.length - 2000))
      expect(cut.told.length, name).toBeGreaterThan(0)
      expect(cut.code, name).toBeGreaterThan(2)
      const bytes = Buffer.from(whole)
      bytes.fill(0x55, bytes.length >> 1, (bytes.length >> 1) + 500)
      expect((await problems(`bad-${name}`, bytes)).told.length, name).toBeGreaterThan(0)
    }
  })

  test('a bomb is refused with a reason', async () => {
    // the beginning of a log and 400 MB of nothing
    const nothing = gzipSync(Buffer.alloc(20 << 20), { level: 9 })
    const bomb = Buffer.concat([gzipSync(log().subarray(0, 4096)), ...Array.from({ length: 20 }, () => nothing)])
    const { code, told } = await problems('bomb.zip', zipOf([{ name: 'a.evtx.gz', content: bomb, method: 0 }]))
    expect(code).toBeGreaterThan(2)
    expect(told.join('\n')).toMatch(/packed-too-well: \d+ bytes unpack to more than \d+: not read any further/)
  })

  test('an archive whose members unpack to much too much is read up to a bound that is named', async () => {
    const event = {
      Event: { System: { EventID: 4698, Channel: 'Security', Computer: 'h', TimeCreated: '2026-03-10T13:00:00Z' } },
    }
    const content = Buffer.alloc(20 << 20, `${JSON.stringify(event)}\n`)
    const one = zipOf([{ name: 'a.jsonl', content }])
    const member = one.subarray(0, 30 + one.readUInt16LE(26) + one.readUInt32LE(18))
    const path = kept('too-much.zip', Buffer.concat(Array.from({ length: 40 }, () => member)))
    const { inputs, problems } = await findInputs([path])
    expect(inputs.length).toBeLessThan(30)
    expect(problems.map(({ code, reason }) => `${code}: ${reason}`)).toEqual([
      expect.stringMatching(/^bad-archive: the directory at the end of the zip is missing/),
      expect.stringMatching(/^packed-too-well: what is in it unpacks to more than \d+ bytes, which is more than/),
    ])
  })

  test('archives within archives within archives are refused', async () => {
    let bytes = zipOf([{ name: 'a.evtx', content: log() }])
    for (let i = 0; i < 4; i++) bytes = zipOf([{ name: 'x.zip', content: bytes }])
    const { told } = await problems('deep.zip', bytes)
    expect(told).toEqual([expect.stringMatching(/nested-too-deep: archives are nested more than 2 deep$/)])
  })

  test('names that lead elsewhere are names and nothing else', async () => {
    const names = [
      '../../up.evtx',
      '/etc/root.evtx',
      'C:\\windows\\x.evtx',
      `long/${'n'.repeat(300)}.evtx`,
      'new\nline.evtx',
    ]
    for (const [archive, bytes] of [
      ['names.zip', zipOf(names.map((name) => ({ name, content: log() })))],
      ['names.tar', tarOf(names.map((name) => ({ name, content: log() })))],
    ] as const) {
      const before = readdirSync(folder).sort()
      const { code, told, records } = await problems(archive, bytes)
      expect([code, told, records > 0]).toEqual([0, [], true])
      expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual([archive])
    }
  })

  test('an empty archive and one of other things are passed over', async () => {
    expect((await problems('empty.zip', zipOf([]))).code).toBe(4)
    expect((await problems('other.zip', zipOf([{ name: 'a.txt', content: Buffer.from('hello') }]))).code).toBe(4)
  })
})

describe('standard input', () => {
  test('is read like a file, whatever is in it', () => {
    const path = join(demo, firstOf(demo))
    const content = readFileSync(path)
    const whole = told(path, scan).replaceAll(path, '-')
    for (const input of [content, gzipSync(content), zstdCompressSync(content)]) {
      expect(tasktrailWith(input, ...scan, '-').stdout === whole).toBe(true)
    }
    expect(tasktrailWith(content, 'dump', '--quiet', '-').stdout).toBe(tasktrail('dump', '--quiet', path).stdout)
  })

  test('of which nothing comes, or that is no evidence, is named', () => {
    const empty = tasktrailWith(Buffer.alloc(0), 'scan', '-')
    expect([empty.code, empty.stdout.includes('-: nothing came')]).toEqual([4, true])
    expect(tasktrailWith(Buffer.from('hello'), 'scan', '-').code).toBe(4)
  })
})
