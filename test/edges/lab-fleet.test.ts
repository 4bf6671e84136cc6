import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tasktrail } from '../run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-lab-fleet-'))
afterAll(() => rmSync(root, { recursive: true }))

function make(name: string, ...args: string[]): string {
  const folder = join(root, name)
  const { code, stderr } = tasktrail('lab', 'make', '--quiet', '--noise', 'quiet', '--out', folder, ...args)
  expect(stderr).toBe('')
  expect(code).toBe(0)
  return folder
}

/** Every file with the digest of its bytes. */
function digests(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map((file) => {
      const path = join(file.parentPath, file.name)
      return [path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex')]
    }),
  )
}

interface Record_ {
  readonly recordId: number
  readonly time: string
  readonly channel: string
  readonly computer: string
  readonly eventId: number
  readonly activityId?: string
  readonly data: Readonly<Record<string, string>>
}

const small = ['--hosts', '3', '--days', '2', '--attack', 'atexec', 'schtasks-create/once', 'log-cleared']

describe('a fleet', () => {
  let folder: string
  let records: Record_[]
  beforeAll(() => {
    folder = make('one', ...small)
    records = tasktrail('dump', '--quiet', folder)
      .stdout.split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record_)
  }, 60_000)

  test('of the same seed has the same bytes, of another seed others', () => {
    const same = digests(folder)
    expect(Object.keys(same).length).toBeGreaterThan(40)
    expect(digests(make('two', ...small))).toEqual(same)
    expect(digests(make('three', ...small, '--seed', '2'))).not.toEqual(same)
  }, 60_000)

  test('is read without a problem, logs, task files and registry', () => {
    const { code, stderr } = tasktrail('scan', '--format', 'json', folder)
    expect(stderr).toBe('')
    expect(code).toBe(0)
  })

  test('numbers its records without a gap, nearly in the order of time', () => {
    const byLog = Map.groupBy(records, ({ channel, computer }) => `${computer} ${channel}`)
    expect(byLog.size).toBeGreaterThan(8)
    let slightlyBack = 0
    for (const [log, own] of byLog) {
      const ids = own.map(({ recordId }) => recordId)
      expect(ids, log).toEqual(ids.map((_, i) => (ids[0] ?? 0) + i))
      const back = own.filter(({ time }, i) => time < (own[i - 1]?.time ?? '')).length
      expect(back, log).toBeLessThan(1.5 + own.length / 50)
      slightlyBack += back
    }
    expect(slightlyBack).toBeGreaterThan(8)
  })

  test('agrees with itself over the logs: pids, instances, logon sessions', () => {
    const cleared = new Set(records.filter(({ eventId }) => eventId === 1102).map(({ computer }) => computer))
    expect(cleared.size).toBe(1)
    const of = (eventId: number) =>
      records.filter((record) => record.eventId === eventId && !cleared.has(record.computer))
    const started = new Set(of(4688).map(({ data }) => Number.parseInt(data.NewProcessId ?? '', 16)))
    const launches = of(129)
    expect(launches.length).toBeGreaterThan(20)
    for (const { data } of launches) expect(started, JSON.stringify(data)).toContain(Number(data.ProcessID))
    const finished = new Set(of(102).map(({ data }) => data.InstanceId))
    for (const { data, activityId } of of(100)) {
      expect(activityId?.toLowerCase()).toBe(data.InstanceId?.toLowerCase())
      expect(finished.has(data.InstanceId) || records.some((one) => one.data.TaskInstanceId === data.InstanceId)).toBe(
        true,
      )
    }
    const sessions = new Set(of(4624).map(({ data }) => data.TargetLogonId))
    for (const { data } of of(4634)) expect(sessions).toContain(data.TargetLogonId)
  })

  test('tells what is true of it: every claimed attack, and benign changes beside it', () => {
    const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))
    const chains = truth.files.flatMap((file: { expected: { chains: unknown[] } }) => file.expected.chains)
    const attacks = chains.filter((chain: { attack?: boolean }) => chain.attack !== false)
    expect(attacks.map((chain: { attack_name: string }) => chain.attack_name).sort()).toEqual([
      'atexec/whoami',
      'log-cleared/wevtutil',
      'schtasks-create/once',
    ])
    expect(chains.length).toBeGreaterThan(attacks.length + 10)
  })

  test('as a shipper’s JSON has the same chains', () => {
    const essence = (path: string) =>
      tasktrail('scan', '--all', '--quiet', '--format', 'jsonl', path)
        .stdout.split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
        .filter(({ kind }) => kind === 'chain')
        .map(({ host, task, change, verdict }) =>
          [host, task.path, change?.kind, change?.route, change?.time.slice(0, 22), verdict].join(' '),
        )
        .sort()
    const only = ['--hosts', '2', '--days', '1', '--attack', 'atexec']
    const [evtx, json] = [make('as-evtx', ...only), make('as-json', ...only, '--format', 'winlogbeat-8')]
    rmSync(join(json, 'truth.json'))
    expect(essence(json)).toEqual(essence(evtx))
  }, 60_000)
})

test('a Security log that has room for a day has lost what is older, and a collector has all hosts in one log', () => {
  const only = ['--hosts', '2', '--days', '3']
  const days = (folder: string, channel: string) =>
    new Set(
      tasktrail('dump', '--quiet', folder)
        .stdout.split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record_)
        .filter((record) => record.channel === channel)
        .map(({ time, computer }) => `${computer} ${time.slice(0, 10)}`),
    )
  expect(days(make('short', ...only, '--security-days', '1'), 'Security')).toEqual(
    new Set(['WS001.example.test 2026-03-11', 'WS002.example.test 2026-03-11']),
  )
  const collected = make('collected', ...only, '--format', 'forwarded')
  expect(readdirSync(collected).sort()).toEqual(['ForwardedEvents.evtx', 'truth.json'])
  expect(days(collected, 'Security').size).toBeGreaterThan(5)
}, 60_000)

test('what the command line cannot mean is told with what it could', () => {
  const said = (...args: string[]) => tasktrail('lab', 'make', '--out', join(root, 'none'), ...args)
  expect(said('--attack', 'nothing')).toMatchObject({ code: 2, stderr: expect.stringContaining('no attack nothing') })
  expect(said('--attack', 'atexec/x')).toMatchObject({ code: 2, stderr: expect.stringContaining('whoami, ipconfig') })
  expect(said('--format', 'x')).toMatchObject({ code: 2, stderr: expect.stringContaining('winlogbeat-8') })
  expect(said('--channels', 'x')).toMatchObject({ code: 2, stderr: expect.stringContaining('no channel x') })
})

describe('the measure', () => {
  let findings: string
  let truth: string
  beforeAll(() => {
    const folder = make('measured', '--hosts', '40', '--days', '3', '--attack', 'all')
    truth = join(folder, 'truth.json')
    findings = join(root, 'findings.jsonl')
    writeFileSync(findings, tasktrail('scan', '--all', '--quiet', '--format', 'jsonl', folder).stdout)
  }, 120_000)

  test('every attack of the lab is found with all logs on, and nobody else is medium or above', () => {
    const { code, stdout } = tasktrail('lab', 'score', findings, truth, '--format', 'json', '--min-precision', '1')
    const score = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(score.origin).toBe('lab')
    expect(score.attackChains.filter((chain: { finding: string | null }) => chain.finding === null)).toEqual([])
    expect(score.falseAlarms.map(({ task }: { task: string }) => task)).toEqual([])
    // what the analytic finds and does not weigh enough: tasks that never ran
    const short = score.attackChains
      .filter(({ severity }: { severity: string }) => ['informational', 'low'].includes(severity))
      .map(({ name }: { name: string }) => name)
    expect(short).toEqual(['console-document/compmgmt', 'console-document/eventvwr'])
    // with all logs on, it is told of every change who made it and how
    for (const { right, of } of [score.route, score.process, score.user]) expect(right / of).toBeGreaterThan(0.99)
    expect(score.processes.missing).toBe(0)
  })

  test('the findings may come as one document', () => {
    const document = join(root, 'findings.json')
    writeFileSync(
      document,
      `{"schema":"tasktrail.scan/1","findings":[\n${readFileSync(findings, 'utf8').trim().split('\n').join(',\n')}\n]}\n`,
    )
    expect(tasktrail('lab', 'score', document, truth).stdout).toBe(tasktrail('lab', 'score', findings, truth).stdout)
  })

  test('a bound that is not reached is exit code 1, and a failure in JUnit', () => {
    const { code, stdout } = tasktrail('lab', 'score', findings, truth, '--format', 'junit', '--min-recall', '1')
    expect(code).toBe(1)
    expect(stdout).toMatch(/<testcase [^>]*name="recall at least 1"><failure message="[^"]*wanted 1"\/>/)
  })

  test('a file that is no truth, and lines that are no findings, are named', () => {
    expect(tasktrail('lab', 'score', findings, findings)).toMatchObject({ code: 2 })
    expect(tasktrail('lab', 'score', truth, truth).stderr).toContain('line 1')
  })
})

test('the documented attacks are those that there are', () => {
  const { stdout } = tasktrail('lab', 'attacks', '--format', 'markdown')
  expect(stdout.split('\n').length).toBeGreaterThan(20)
  expect(readFileSync(new URL('../../docs/lab-attacks.md', import.meta.url), 'utf8')).toContain(stdout)
})
