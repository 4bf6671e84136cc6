import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { duration, readCases } from '../../src/cli/works/cases-file.ts'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { tasktrail } from '../run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-validate-'))
afterAll(() => rmSync(root, { recursive: true }))
const demo = join(root, 'demo')
writeDemo(demo)

const cases = `cases:
  - name: implant
    host: ws5
    time: 2026-03-10T09:12:30Z
    task: \\Microsoft\\Windows\\Printing\\SpoolerSync
    route: schtasks
    ran: true
  - name: atexec
    host: FS01.example.test
    time: 2026-03-10T13:21:27Z
    within: 60s
    command: whoami
    route: remote-rpc
    ran: true
`

function validate(text: string, ...args: string[]) {
  const file = join(root, 'cases.yaml')
  writeFileSync(file, text)
  return tasktrail('validate', '--quiet', '--expect', file, ...args, demo)
}

test('what was done on purpose is found, with its run and its route', () => {
  const { code, stdout } = validate(cases)
  expect(stdout).toContain('2 cases: 2 found with their run, 0 found without, 0 not found')
  expect(stdout).toMatch(
    /^ok {4}implant on ws5: found with its run: \\Microsoft\\Windows\\Printing\\SpoolerSync, high/m,
  )
  expect(code).toBe(0)
})

test('what is missed is exit code 1, and says which log was not there', () => {
  const { code, stdout } = validate(`${cases}  - {host: dc01, time: 2026-03-10T10:00:00Z, task: spawn}\n`)
  expect(code).toBe(1)
  expect(stdout).toContain('SHORT spawn on dc01: NOT FOUND')
  expect(
    validate(`${cases}  - {host: dc01, time: 2026-03-10T10:00:00Z, task: spawn}\n`, '--fail-on', 'none').code,
  ).toBe(0)
})

test('the presets ask for every test of Atomic Red Team on one host', () => {
  const args = ['--quiet', '--preset', 'atomic-T1053.005', '--format', 'json', '--fail-on', 'none']
  const { stdout } = tasktrail('validate', ...args, '--host', 'ws5', '--time', '2026-03-10T09:00:00Z', demo)
  expect(JSON.parse(stdout).cases).toHaveLength(13)
  expect(tasktrail('validate', ...args, demo)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--host and --time'),
  })
})

const refersTo = (name: string) => `[${Array.from({ length: 99 }, () => `*${name}`).join(',')}]`
const bomb = `  - &b ${refersTo('a')}\n  - &c ${refersTo('b')}\n  - ${refersTo('c')}\n`

test.each([
  ['no list', 'x: 1', 'expected a list of cases'],
  ['a case that is no map', 'cases: [1]', 'case 1 is no map of keys'],
  ['no host', 'cases:\n  - {time: 2026-03-10T10:00:00Z, task: a}', 'line 2: case 1 has no host'],
  ['an unknown key', 'cases:\n  - host: a\n    taks: b', 'line 3: case 1: no key taks'],
  ['a wrong time', 'cases:\n  - {host: a, task: b, time: tomorrow}', 'time is no ISO 8601 time'],
  [
    'a wrong route',
    'cases:\n  - {host: a, task: b, time: 2026-03-10T10:00:00Z, route: magic}',
    'line 2: case 1: route is none of schtasks, at',
  ],
  ['neither task nor command', 'cases:\n  - {host: a, time: 2026-03-10T10:00:00Z}', 'needs a task or a command'],
  ['broken YAML', 'cases: [', 'cases.yaml'],
  ['an alias', 'cases:\n  - &a {host: x}\n  - {host: *a, time: 2026-03-10T10:00:00Z, task: b}', 'has no time'],
  [
    'a list for a text',
    'cases:\n  - host: a\n    task: [b]\n    time: 2026-03-10T10:00:00Z',
    'line 3: case 1: task is no text',
  ],
  ['no end of references', `cases:\n  - &a [${'x,'.repeat(99)}]\n${bomb}`, 'cases.yaml: '],
])('cases with %s are refused with the place', (_, text, reason) => {
  expect(() => readCases(text, 'cases.yaml')).toThrow(reason)
})

test('what is written once may be referred to, and a name may be a number', () => {
  const file =
    'cases:\n  - {host: &h 17, time: 2026-03-10T10:00:00Z, task: b}\n  - {host: *h, time: 2026-03-10T10:00:00Z, command: 5}'
  expect(readCases(file, 'cases.yaml')).toMatchObject([
    { name: 'b', host: '17', within: 600_000, command: null, ran: null },
    { name: '5', host: '17', time: Date.UTC(2026, 2, 10, 10), task: null },
  ])
})

test('a span of time is a number with its unit', () => {
  expect(['90s', '30m', '2h', '5', 'x', '-1m'].map(duration)).toEqual([
    90_000,
    1_800_000,
    7_200_000,
    undefined,
    undefined,
    undefined,
  ])
})

test('without telemetry of one’s own, the lab’s attacks show what each set-up would have caught', () => {
  const { code, stdout } = tasktrail('validate', '--quiet', '--format', 'json')
  const { setUps, attacks } = JSON.parse(stdout)
  expect(code).toBe(0)
  const missed = (name: string) =>
    attacks
      .filter(({ caught }: { caught: string[] }) => caught[setUps.indexOf(name)] === 'none')
      .map(({ attack }: { attack: string }) => attack)
      .sort()
  expect(missed('all logs')).toEqual([])
  expect(missed('Security')).toEqual(['com-hijack/cache-task', 'log-cleared/wevtutil', 'registry-only/ghost-task'])
  expect(missed('TaskScheduler')).toEqual(['at/interactive', 'registry-only/ghost-task'])
  expect(missed('process events only').length).toBeLessThan(attacks.length / 2)
})
