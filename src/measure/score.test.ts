import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdAgainst } from './bounds.ts'
import type { Reading } from './form.ts'
import { score } from './score.ts'
import { readTold, type Told } from './told.ts'
import { readTruth, type Truth } from './truth.ts'

const at = '2026-03-10T10:00:00Z'

function told(more: Partial<Record<string, unknown>> & { bits?: number; severity?: string; time?: string } = {}): Told {
  const finding = {
    schema: 'tasktrail.finding/1',
    kind: 'chain',
    id: 'a',
    host: 'ws1.example.test',
    task: { path: '\\Job' },
    change: {
      time: more.time ?? at,
      kind: 'created',
      outcome: 'confirmed',
      route: 'schtasks',
      actor: { user: 'EX\\ann', process: { image: 'C:\\Windows\\System32\\schtasks.exe' } },
    },
    runs: [{ time: at, processes: [{ image: 'C:\\a.exe', pid: 8 }] }],
    runSummary: { count: 1 },
    verdict: 'outlier',
    score: { bits: more.bits ?? 10, severity: more.severity ?? 'medium', factors: [] },
    blindSpots: [],
    ...more,
  }
  return trusted(readTold(finding))
}

function trusted<T>(reading: Reading<T>): T {
  if ('wrong' in reading) throw new Error(reading.wrong)
  return reading.value
}

/** A truth of one chain, of which nothing else is wrong. */
const truthOf = (more: object) => ({
  files: [{ file: 'f', expected: { chains: [{ host: 'a', change: 'created', created_at: at, ...more }] } }],
})

function truth(...chains: Record<string, unknown>[]): Truth {
  const whole = chains.map((chain) => ({
    task: '\\Job',
    host: 'WS1',
    change: 'created',
    created_at: at,
    channel: 'schtasks',
    actor_user: 'EX\\ann',
    actor_process: 'C:\\Windows\\System32\\schtasks.exe',
    processes: [{ image: 'c:\\a.exe', pid: 8 }],
    ...chain,
  }))
  return trusted(
    readTruth({
      set: 'x',
      days: 2,
      files: [{ file: 'f', format: 'evtx', hosts: { WS1: 5 }, expected: { chains: whole } }],
    }),
  )
}

describe('a chain of the truth', () => {
  test('is found by host, task, kind and time, and its route, user, process and processes are judged', () => {
    const result = score([told()], truth({}))
    expect(result.attacks).toEqual({ right: 1, of: 1 })
    expect(result.recall).toEqual({ right: 1, of: 1 })
    expect(result.precision).toEqual({ right: 1, of: 1 })
    expect(result.chains[0]).toMatchObject({ route: true, user: true, process: true })
    expect(result.processes).toEqual({ named: 1, counted: 0, missing: 0 })
  })

  test.each([
    ['another host', { host: 'WS2' }],
    ['another task', { task: '\\Other' }],
    ['another moment', { created_at: '2026-03-10T10:00:06Z' }],
    ['a deletion', { change: 'deleted' }],
  ])('is not found as %s', (_, chain) => {
    expect(score([told()], truth(chain)).attacks).toEqual({ right: 0, of: 1 })
  })

  test('with a wrong route, user, process or pid is found and short of the truth', () => {
    const wrong = truth({
      channel: 'com',
      actor_user: 'EX\\bob',
      actor_process: 'b.exe',
      processes: [{ image: 'a.exe', pid: 9 }],
    })
    const result = score([told()], wrong)
    expect(result.attacks.right).toBe(1)
    expect(result.chains[0]).toMatchObject({ route: false, user: false, process: false })
    expect(result.processes).toEqual({ named: 0, counted: 0, missing: 1 })
  })

  test('of a task with more runs than are listed counts the others’ processes apart', () => {
    const many = {
      processes: [
        { image: 'a.exe', pid: 8 },
        { image: 'a.exe', pid: 12 },
      ],
    }
    expect(score([told({ runSummary: { count: 40 } })], truth(many)).processes).toEqual({
      named: 1,
      counted: 1,
      missing: 0,
    })
  })

  test('what SYSTEM did may be told as the computer’s own account', () => {
    const machine = told()
    const asSystem = { ...machine, change: machine.change && { ...machine.change, user: 'NT AUTHORITY\\SYSTEM' } }
    expect(score([asSystem], truth({ actor_user: 'EX\\WS1$' })).user).toEqual({ right: 1, of: 1 })
  })
})

describe('a finding', () => {
  test('at medium or above that belongs to no attack is a false alarm, a low one is not', () => {
    const other = (severity: string) => told({ task: { path: '\\Other' }, severity })
    const result = score([told(), other('high'), other('low')], truth({}))
    expect(result.precision).toEqual({ right: 1, of: 2 })
    expect(result.perThousandHostDays).toEqual({ findings: 1000, falseAlarms: 500 })
  })

  test('of a benign change is one, too', () => {
    expect(score([told()], truth({ attack: false })).precision).toEqual({ right: 0, of: 1 })
  })

  test('belongs to an attack as its deletion, as its cleared log, and as its command seen on the host it came from', () => {
    const deletion = told({ change: { ...change('deleted'), time: '2026-03-10T11:00:00Z' } })
    const cleared = told({ kind: 'log-cleared', task: { path: null } })
    const commanded = told({ host: 'ws9.example.test', change: { ...change('created'), outcome: 'attempted' } })
    expect(score([told(), deletion, cleared, commanded], truth({})).precision).toEqual({ right: 4, of: 4 })
  })
})

const change = (kind: string) => ({ time: at, kind, outcome: 'confirmed', route: 'schtasks', actor: {} })

describe('figures', () => {
  const findings = fc.array(
    fc.record({ bits: fc.integer({ min: 0, max: 30 }), path: fc.constantFrom('\\Job', '\\Other', '\\Third') }),
    { maxLength: 12 },
  )
  const toldOf = (all: readonly { bits: number; path: string }[]) =>
    all.map(({ bits, path }, i) =>
      told({ id: String(i), bits, severity: bits >= 8 ? 'medium' : 'low', task: { path } }),
    )

  test('do not depend on the order of the findings', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const figures = ({ curve, recall, precision, severities }: ReturnType<typeof score>) => ({
          curve,
          recall,
          precision,
          severities,
        })
        expect(figures(score(toldOf(all).reverse(), truth({})))).toEqual(figures(score(toldOf(all), truth({}))))
      }),
    )
  })

  test('a higher threshold never finds more, and never raises more false alarms', () => {
    fc.assert(
      fc.property(findings, (all) => {
        const { curve } = score(toldOf(all), truth({}))
        curve.slice(1).forEach((point, i) => {
          expect(point.recall).toBeLessThanOrEqual(curve[i]?.recall ?? 1)
          expect(point.falsePerThousandHostDays).toBeLessThanOrEqual(curve[i]?.falsePerThousandHostDays ?? 0)
        })
      }),
    )
  })

  test('are held against bounds; where there was nothing to be right about, a bound is reached', () => {
    const result = score([told({ severity: 'low' })], truth({}))
    expect(
      holdAgainst(result, { recall: 0.5, precision: 0.9, route: 1 }).map(({ name, isReached }) => [name, isReached]),
    ).toEqual([
      ['recall', false],
      ['precision', true],
      ['route', true],
    ])
  })
})

test.each([
  ['expected object, received null', null],
  ['files: expected array, received undefined', {}],
  ['files[0].file: expected string, received undefined', { files: [{ expected: {} }] }],
  ['files[0].expected.chains[0].host: expected string, received number', truthOf({ host: 5 })],
  ['files[0].expected.chains[0].created_at: no time of ISO 8601', truthOf({ created_at: 'tomorrow' })],
])('a truth that cannot be read says why: %s', (reason, value) => {
  expect(readTruth(value)).toEqual({ wrong: reason })
})

test.each([
  ['schema: expected "tasktrail.finding/1"', { schema: 'tasktrail.finding/9' }],
  ['host: expected string, received number', { host: 5 }],
  ['runs[0].processes: expected array, received string', { runs: [{ processes: 'all' }] }],
  ['score.severity: expected one of', { score: { bits: 1, severity: 'dire' } }],
])('so does a finding: %s', (reason, more) => {
  const finding = { schema: 'tasktrail.finding/1', score: { bits: 1, severity: 'low' }, ...more }
  expect(readTold(finding)).toEqual({ wrong: expect.stringContaining(reason) })
})
