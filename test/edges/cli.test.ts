import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { program, scanAll, tasktrail, tasktrailIn } from '../run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-'))
const demo = join(root, 'demo')
const security = join(demo, 'FS01.example.test/Windows/System32/winevt/Logs/Security.evtx')

beforeAll(() => writeDemo(demo))
afterAll(() => rmSync(root, { recursive: true }))

describe('exit codes', () => {
  test('0 when all could be read, findings or not', () => {
    expect(tasktrail('scan', demo).code).toBe(0)
  })

  test('1 when something is at or above --fail-on, 0 when nothing is', () => {
    expect(tasktrail('scan', '--fail-on', 'critical', demo).code).toBe(1)
    expect(tasktrail('scan', '--fail-on', 'critical', join(demo, 'DC01.example.test')).code).toBe(0)
  })

  test('2 for an unknown option, a bad time, no path', () => {
    expect(tasktrail('scan', '--nonsense', demo).code).toBe(2)
    expect(tasktrail('scan', '--since', 'yesterday', demo).code).toBe(2)
    expect(tasktrail('scan').code).toBe(2)
  })

  test('3 when a file is cut, with file and reason, and all before the cut is still used', () => {
    const cut = join(root, 'cut.evtx')
    copyFileSync(security, cut)
    truncateSync(cut, 4096 + 20_000)
    const { code, stdout, stderr } = tasktrail('scan', '--all', '--format', 'json', cut)
    expect(code).toBe(3)
    const result = JSON.parse(stdout) as { summary: { records: number; problems: { file: string; reason: string }[] } }
    expect(result.summary.records).toBeGreaterThan(5)
    expect(result.summary.problems[0]).toMatchObject({ file: cut })
    expect(stderr).toBe('')
  })

  test('4 when nothing could be read: no such path, an empty folder, nothing that is known', () => {
    const empty = join(root, 'empty')
    mkdirSync(empty)
    expect(tasktrail('scan', join(root, 'missing')).code).toBe(4)
    expect(tasktrail('scan', empty).code).toBe(4)
    writeFileSync(join(empty, 'notes.evtx'), 'not an event log')
    expect(tasktrail('scan', empty).code).toBe(4)
    expect(tasktrail('dump', empty).code).toBe(4)
  })
})

describe('input', () => {
  test('a file is recognised by its content, not by its name', () => {
    const odd = join(root, 'odd')
    mkdirSync(odd)
    copyFileSync(security, join(odd, 'evidence.bin'))
    writeFileSync(join(odd, 'photo.evtx'), 'JFIF')
    expect(scanAll(odd).some((f) => f.task.path === '\\kQzWvTyb')).toBe(true)
  })

  test('links in a circle end, and a file that is named twice counts once', () => {
    const circle = join(root, 'circle')
    mkdirSync(circle)
    copyFileSync(security, join(circle, 'Security.evtx'))
    symlinkSync(circle, join(circle, 'again'))
    const found = scanAll(circle, join(circle, 'Security.evtx'))
    expect(found.flatMap((f) => f.evidence).every((e) => e.alsoIn === undefined)).toBe(true)
  })

  test('the same record in two copies is one fact, and the evidence names both files', () => {
    const copies = join(root, 'copies')
    mkdirSync(copies)
    for (const name of ['a.evtx', 'b.evtx']) copyFileSync(security, join(copies, name))
    const once = scanAll(security)
    const twice = scanAll(copies)
    expect(twice.map((f) => [f.id, f.runs.length, f.score.bits])).toEqual(
      once.map((f) => [f.id, f.runs.length, f.score.bits]),
    )
    expect(twice[0]?.evidence[0]).toMatchObject({ source: join(copies, 'a.evtx'), alsoIn: [join(copies, 'b.evtx')] })
  })
})

describe('output', () => {
  test('--out writes the very bytes that stdout would get', () => {
    const file = join(root, 'report.txt')
    tasktrail('scan', '--out', file, demo)
    expect(readFileSync(file, 'utf8')).toBe(tasktrail('scan', demo).stdout)
  })

  test('--table, --min-severity and --limit leave what is asked for; explain takes the id that the table shows', () => {
    const { stdout } = tasktrail('scan', '--table', '--min-severity', 'high', '--limit', '1', demo)
    const [, id = ''] = /^CRITICAL.*\n([\da-f]{8}) /m.exec(stdout) ?? []
    expect(stdout).not.toMatch(/^(?:HIGH| {2}why)/m)
    const explained = tasktrail('explain', id, demo)
    expect(explained.code).toBe(0)
    expect(explained.stdout).toMatch(/kQzWvTyb[\s\S]*why, and what each weight rests on[\s\S]*short-lived: set by hand/)
    expect(tasktrail('explain', 'ffffffff', demo)).toMatchObject({ code: 4, stdout: '' })
  })

  test('--since and --until choose what is printed; what came before is still used', () => {
    const later = scanAll('--since', '2026-03-11', demo)
    const chain = later.find((f) => f.task.path === '\\Microsoft\\Windows\\Printing\\SpoolerSync')
    expect(chain?.change?.route).toBe('schtasks')
    expect(scanAll('--until', '2026-03-09', demo)).toEqual([])
  })

  test('--host chooses one host, by its short name too', () => {
    expect(new Set(scanAll('--host', 'FS01', demo).map((f) => f.host))).toEqual(new Set(['fs01.example.test']))
  })

  test('a reader that goes away ends the program quietly', () => {
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${program}" dump "${demo}" | head -n 1`],
      {
        encoding: 'utf8',
      },
    )
    expect(stdout.split('\n').filter(Boolean)).toHaveLength(1)
    expect(stderr).toBe('')
  })

  test('text has at most 100 columns and no colour in a pipe', () => {
    const { stdout } = tasktrail('scan', '--all', demo)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
    expect(stdout).not.toContain('\u001b')
  })

  test('nothing is left in the temporary folder', () => {
    const temporary = mkdtempSync(join(root, 'temporary-'))
    expect(tasktrailIn(temporary, 'scan', '--jobs', '2', demo).code).toBe(0)
    expect(readdirSync(temporary)).toEqual([])
  })
})
