import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostName, time } from '../../src/cli/options.ts'
import { progressText } from '../../src/cli/progress.ts'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { tasktrail } from '../run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-nothing-'))
const demo = join(root, 'demo')
const [empty, other, packed] = [join(root, 'empty'), join(root, 'other'), join(root, 'evidence.7z')]

beforeAll(() => {
  writeDemo(demo)
  for (const folder of [empty, other]) mkdirSync(folder)
  writeFileSync(join(other, 'photo.jpg'), 'JFIF')
  writeFileSync(packed, 'no archive that is read here')
})
afterAll(() => rmSync(root, { recursive: true }))

describe('where nothing was looked at, no report says that nothing was found', () => {
  const cases: [what: string, args: () => string[], says: RegExp][] = [
    ['an empty folder', () => [empty], /nothing was looked at: there is no file to read/],
    ['a wrong type', () => [other], /nothing was looked at: none of the files is of a kind that is known/],
    ['a path that is not there', () => [join(root, 'none')], /nothing was looked at: nothing of it could be read/],
    ['what is not read here', () => [packed], /nothing was looked at: nothing of it could be read/],
    ['a host that is not there', () => ['--host', 'WS9', demo], /no evidence is of the host ws9;\s+it is of dc01/],
    [
      'a time after all',
      () => ['--since', '2030-01-01', demo],
      /nothing happened in the time that was asked for; the evidence is from\s+2026-03-09/,
    ],
    ['a time before all', () => ['--until', '2020-01-01', demo], /nothing happened in the time/],
  ]

  test.each(cases)('%s, as text', (_, args, says) => {
    const { code, stdout } = tasktrail('scan', ...args())
    expect([code, stdout]).toEqual([4, expect.stringMatching(says)])
    expect(stdout).not.toMatch(/findings: none|everything in the files could be read/)
  })

  test('--fail-on does not call that a pass', () => {
    expect(tasktrail('scan', '--fail-on', 'low', empty).code).toBe(4)
  })

  test('a table of tasks says so once', () => {
    const { code, stdout, stderr } = tasktrail('inventory', empty)
    expect([code, stdout, stderr]).toEqual([4, 'nothing was looked at: there is no file to read\n', ''])
  })

  test.each([
    ['an empty folder', () => [empty], 'nothing was looked at: there is no file to read'],
    ['what is not read here', () => [packed], /7-Zip archive/],
    ['a time after all', () => ['--since', '2030-01-01', demo], /none of \d+ records is of the time/],
  ] as const)('dump: %s', (_, args, says) => {
    const { code, stdout, stderr } = tasktrail('dump', ...args())
    expect([code, stdout, stderr]).toEqual([4, '', expect.stringMatching(says)])
  })

  test('validate calls nothing missed where nothing was read', () => {
    const preset = ['--preset', 'atomic-T1053.005', '--host', 'ws5', '--time', '2026-03-10']
    const { code, stderr } = tasktrail('validate', ...preset, empty)
    expect([code, stderr]).toEqual([4, expect.stringMatching(/^nothing was looked at/)])
  })

  test.each([
    ['scan', '--format', 'jsonl'],
    ['inventory', '--format', 'csv'],
  ])('as lines of %s it is said on stderr', (...command) => {
    const { code, stderr } = tasktrail(...command, '--host', 'ws9', demo)
    expect([code, stderr]).toEqual([4, expect.stringMatching(/^nothing was looked at: no evidence is of the host ws9/)])
  })

  test('as JSON it is in the summary', () => {
    const { stdout } = tasktrail('scan', '--format', 'json', '--since', '2030-01-01', demo)
    expect(JSON.parse(stdout).summary.unmet).toMatchObject({
      kind: 'no-such-time',
      last: expect.stringMatching(/^2026-03-11/),
    })
  })
})

describe('times', () => {
  test.each([
    ['2021-06-10 21:00', '2021-06-10T21:00:00.000Z'],
    ['2021-06-10T21:00', '2021-06-10T21:00:00.000Z'],
    ['2021-06-10 21:00:05.25', '2021-06-10T21:00:05.250Z'],
    ['2021-06-10 21:00+02:00', '2021-06-10T19:00:00.000Z'],
    ['2021-06-10', '2021-06-10T00:00:00.000Z'],
  ])('%s is taken', (text, iso) => {
    expect(new Date(time(text)).toISOString()).toBe(iso)
  })

  test.each(['2021-02-31', '2021-02-29 10:00', '2021-13-01', '2021-06-10 25:00', '21:00', 'yesterday', ''])(
    '%j is refused',
    (text) => {
      expect(() => time(text)).toThrow('a time that the calendar has')
    },
  )

  test('an until before the since is wrong usage', () => {
    const { code, stderr } = tasktrail('scan', '--since', '2026-03-10', '--until', '2026-03-09', demo)
    expect([code, stderr]).toEqual([2, expect.stringContaining('--until is not after --since')])
  })
})

test('a host is named in any case, and by something', () => {
  expect(['WS5', 'ws5.Example.test.'].map(hostName)).toEqual(['ws5', 'ws5.example.test'])
  expect(() => hostName(' ')).toThrow('the name of a host')
})

test.each(['scan', 'dump'])('%s of a path without a name is wrong usage', (command) => {
  const { code, stderr } = tasktrail(command, demo, '')
  expect([code, stderr]).toEqual([2, expect.stringContaining('Give the path of a file or folder')])
})

test('--host tells no blind spots of other hosts', () => {
  expect(tasktrail('scan', demo).stdout).toMatch(/blind spot: .*dc01/)
  expect(tasktrail('scan', '--host', 'ws5', demo).stdout).not.toContain('dc01')
})

test('dump says what it leaves alone in one line', () => {
  const { stderr } = tasktrail('dump', demo, other)
  expect(stderr).toBe('2 files left alone, for only EVTX is dumped: 2 of a kind that is not known\n')
})

test('the demo knows its own truth, and README shows what it prints', () => {
  const { stdout, stderr } = tasktrail('demo', '--out', join(root, 'own'))
  expect(stdout).not.toContain('not known')
  expect(stderr).toMatch(/2 of 2 attacks found/)
  // It ends with the page, which README names where the demo has its folder by itself.
  const page = join(root, 'own', 'findings.html')
  expect(stderr.trimEnd().split('\n').at(-1)).toContain(`Now open ${page} in a browser`)
  expect(readFileSync(page, 'utf8')).toContain('<script type="application/')
  // README shows the table and the first finding of it, with lines left out.
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
  expect(readme).toContain('`findings.html` in `tasktrail-demo`')
  const shown = (/```\n(findings: [\s\S]*?)```/.exec(readme)?.[1] ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '…')
  expect(shown.length).toBeGreaterThan(10)
  for (const line of shown) expect(stdout).toContain(line)
})

test('files that are no JSON are told in a sentence', () => {
  const broken = join(root, 'broken.json')
  writeFileSync(broken, '{"a":\n oh}')
  for (const args of [
    ['diff', broken, broken],
    ['lab', 'score', broken, broken],
  ]) {
    const { code, stderr } = tasktrail(...args)
    expect(code).toBe(2)
    expect(stderr).toMatch(/^tasktrail: .*broken\.json(, line 1)? is not JSON: [^{]*\n$/)
  }
  expect(tasktrail('diff', join(root, 'none'), broken).stderr).toMatch(/none cannot be read: no such file/)
})

test('JSON that Windows PowerShell redirected into a file, in UTF-16, is read', () => {
  const file = join(root, 'utf-16.jsonl')
  const { stdout } = tasktrail('inventory', '--format', 'jsonl', demo)
  writeFileSync(file, Buffer.from(`\ufeff${stdout}`, 'utf16le'))
  expect(tasktrail('diff', file, file)).toEqual({ code: 0, stdout: '0 added, 0 removed, 0 changed\n', stderr: '' })
})

test('links that lead out are followed by every command that says so', () => {
  const linked = join(root, 'linked')
  mkdirSync(linked)
  symlinkSync(join(demo, 'FS01.example.test'), join(linked, 'host'))
  for (const args of [['dump'], ['scan', '--explain-input']]) {
    expect(tasktrail(...args, '--follow-links', linked)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/fs01/i),
    })
  }
})

test('progress has a line for each stage', () => {
  const at = { done: 5_000_000, total: 20_000_000, records: 7, input: 'a.evtx' }
  expect(progressText({ ...at, stage: 'reading' }, 2)).toBe('reading: 25 % · 5 of 20 MB, 7 records · 3 MB/s · a.evtx')
  expect(progressText({ ...at, records: 1, stage: 'reading' }, 2)).toContain(', 1 record ·')
  expect(progressText({ ...at, done: 1, total: 4, stage: 'making' }, 2)).toBe('making: 25 % · 1 of 4 hosts')
  expect(progressText({ ...at, stage: 'correlating' }, 2)).toBe(
    'correlating: 25 % · 5000000 of 20000000 facts · 2500 thousand/s',
  )
})
