import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { allChannels } from '../../src/lab/fleet/host-plan.ts'
import { writeFleet } from '../../src/lab/fleet/write-fleet.ts'
import { tasktrail, tasktrailWith } from '../run-cli.ts'
import { type Packing, tarOf, zipOf } from './archive-bytes.ts'

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

  test('an archive within an archive, and logs that are packed by themselves, are read', () => {
    const logs = filesBelow(demo).filter(({ name }) => name.endsWith('.evtx'))
    const findings = (path: string) =>
      JSON.parse(tasktrail(...scan, path).stdout).findings.map((finding: { id: string }) => finding.id)
    const whole = findings(demo)
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
    for (const [name, bytes] of packed) expect(findings(kept(name, bytes)), name).toEqual(whole)
    mkdirSync(join(folder, 'one-by-one'))
    for (const [i, { content }] of logs.entries())
      writeFileSync(join(folder, 'one-by-one', `${i}.gz`), gzipSync(content))
    expect(findings(join(folder, 'one-by-one'))).toEqual(whole)
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
  const problems = (name: string, bytes: Buffer) => {
    const path = kept(name, bytes)
    const { stdout, code } = tasktrail(...scan, path)
    const document = JSON.parse(stdout)
    return {
      code,
      records: document.summary.records as number,
      told: document.summary.problems.map(
        (problem: { file: string; code: string; reason: string }) =>
          `${problem.file.replace(path, 'X')} ${problem.code}: ${problem.reason}`,
      ) as string[],
    }
  }

  test('a zip without its directory is named; nothing could be read', () => {
    const bytes = zipOf([{ name: 'a.evtx', content: log() }])
    const { code, told } = problems('cut.zip', bytes.subarray(0, bytes.length / 2))
    expect([code, told.length]).toEqual([4, 1])
    expect(told[0]).toMatch(/^X bad-archive: End of central directory record signature not found/)
  })

  test('members that are encrypted, packed in a way that is not known or with a wrong checksum are named, the rest is used', () => {
    const content = log()
    const { code, told, records } = problems(
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

  test('a tar that is cut in a member is read up to there', () => {
    const bytes = tarOf([
      { name: 'a.evtx', content: log() },
      { name: 'b.evtx', content: log() },
    ])
    const { code, told, records } = problems('cut.tar', bytes.subarray(0, bytes.length - 100_000))
    expect([code, records > 0]).toEqual([3, true])
    expect(told[0]).toMatch(/^X bad-archive: the tar ends inside a member, at byte \d+$/)
  })

  test('packed content that is cut or damaged is read up to there', () => {
    const tar = tarOf([{ name: 'a.evtx', content: log() }])
    for (const [name, whole] of [
      ['cut.tgz', gzipSync(tar)],
      ['cut.tar.zst', zstdCompressSync(tar)],
    ] as const) {
      const cut = problems(name, whole.subarray(0, whole.length - 2000))
      expect(cut.told.length, name).toBeGreaterThan(0)
      expect(cut.code, name).toBeGreaterThan(2)
      const bytes = Buffer.from(whole)
      bytes.fill(0x55, bytes.length >> 1, (bytes.length >> 1) + 500)
      expect(problems(`bad-${name}`, bytes).told.length, name).toBeGreaterThan(0)
    }
  })

  test('a bomb is refused with a reason', () => {
    // 1 GB of one event’s beginning
    const bomb = gzipSync(Buffer.concat([log().subarray(0, 4096), Buffer.alloc(400 << 20)]), { level: 9 })
    const { code, told } = problems('bomb.zip', zipOf([{ name: 'a.evtx.gz', content: bomb, method: 0 }]))
    expect(code).toBeGreaterThan(2)
    expect(told.join('\n')).toMatch(/packed-too-well: \d+ bytes unpack to more than \d+: not read any further/)
  })

  test('archives within archives within archives are refused', () => {
    let bytes = zipOf([{ name: 'a.evtx', content: log() }])
    for (let i = 0; i < 4; i++) bytes = zipOf([{ name: 'x.zip', content: bytes }])
    const { told } = problems('deep.zip', bytes)
    expect(told).toEqual([expect.stringMatching(/nested-too-deep: archives are nested more than 2 deep$/)])
  })

  test('names that lead elsewhere are names and nothing else', () => {
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
      const { code, told, records } = problems(archive, bytes)
      expect([code, told, records > 0]).toEqual([0, [], true])
      expect(readdirSync(folder).filter((name) => !before.includes(name))).toEqual([archive])
    }
  })

  test('an empty archive and one of other things are passed over', () => {
    expect(problems('empty.zip', zipOf([])).code).toBe(4)
    expect(problems('other.zip', zipOf([{ name: 'a.txt', content: Buffer.from('hello') }])).code).toBe(4)
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
