import { describe, expect, test } from 'vitest'
import { fleetCoverage, type HostTelemetry, LedgerKeeper } from '../../src/coverage/index.ts'
import { definitionOf, factMaker } from '../../src/lab/made-facts.ts'
import type { CoverageWish } from '../../src/model/coverage-report.ts'
import type { Fact } from '../../src/model/fact.ts'
import { coverageDiff, coverageDiffText, coverageFormats, formatNamed } from '../../src/report/index.ts'
import { navigatorLayer } from '../formats/navigator-4.5.ts'
import { validator } from '../formats/strict-schema.ts'

const hour = 3_600_000

function telemetry(host: string, facts: (make: ReturnType<typeof factMaker>) => Fact[]): HostTelemetry {
  const keeper = new LedgerKeeper()
  for (const fact of facts(factMaker(host)).toSorted((a, b) => a.time - b.time)) keeper.note(fact)
  return { host, ledger: keeper.ledger(), series: [], kept: new Set() }
}

/** Processes all day long, two an hour. */
const processes = ({ started }: ReturnType<typeof factMaker>) =>
  Array.from({ length: 48 }, (_, i) =>
    started(i * (hour / 2), { pid: 100 + i, image: 'C:\\Windows\\System32\\svchost.exe' }),
  )

const registered = (make: ReturnType<typeof factMaker>) =>
  make.registered(hour, '\\Update', { definition: definitionOf('calc.exe') })

const seen = (host: string) => telemetry(host, (make) => [...processes(make), registered(make)])
const without = (host: string) => telemetry(host, processes)

const print = (hosts: readonly HostTelemetry[], format: string, width = 80, wish?: CoverageWish) =>
  [...formatNamed(coverageFormats, format).print(fleetCoverage(['a.evtx'], hosts, wish), { width })].join('')

describe('the table', () => {
  const many = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? without(`ws${i}`) : seen(`ws${i}`)))

  test.each([80, 160])('is one screen for hundreds of hosts, no line wider than %i columns', (width) => {
    const lines = print(many, 'table', width).split('\n')
    expect(lines.length).toBeLessThan(50)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
  })

  test('tells those that are alike once, the worst first', () => {
    const lines = print(many, 'table').split('\n')
    expect(lines[0]).toBe('300 hosts, 2024-05-01 12:00 to 2024-05-02 11:30 UTC: 100 run only, 200 full')
    expect(lines[3]).toMatch(/^A +100 +run only: ws0, /)
    expect(lines.find((line) => line.startsWith('processes created'))).toMatch(/seen +seen$/)
  })

  test('says of one host since when and by what, and what to switch on', () => {
    const text = print([without('ws1')], 'table')
    expect(text).toMatch(/^processes created +seen +2024-05-01 12:00 +Security 48$/m)
    expect(text).toMatch(/^switch on, what helps most first:\n(?: +.*\n)*? +log Microsoft-Windows-TaskScheduler/m)
  })
})

describe('hosts that there should be', () => {
  const wish = {
    expected: [
      { name: 'ws1.example.test', role: 'workstation', owner: 'it' },
      { name: 'dc1', role: 'dc', owner: null },
    ],
    staleDays: 7,
  }
  const { hosts } = fleetCoverage(['a.evtx'], [seen('ws1'), seen('ws2')], wish)
  const of = (name: string) => hosts.find(({ host }) => host === name)

  test('count as blind where nothing of them is there', () => {
    expect(of('dc1')).toMatchObject({ presence: 'silent', grade: 'blind', role: 'dc', first: null })
    expect(hosts[0]?.host).toBe('dc1')
  })

  test('are found by their short names, and others are not expected', () => {
    expect(of('ws1')).toMatchObject({ presence: 'seen', role: 'workstation', owner: 'it' })
    expect(of('ws2')).toMatchObject({ presence: 'unexpected', role: null })
  })

  test('are silent when their last record is too old', () => {
    const late = telemetry('ws9', (make) => [make.started(20 * 24 * hour, { pid: 9, image: 'a.exe' })])
    const [stale] = fleetCoverage([], [seen('ws1'), late], wish).hosts.filter(({ host }) => host === 'ws1')
    expect(stale).toMatchObject({ presence: 'stale', grade: 'blind' })
  })
})

test('JSON has a schema, and for each capability its state, proof, since when, holes and mends', () => {
  const document = JSON.parse(print([seen('ws1')], 'json'))
  expect(document.schema).toBe('tasktrail.coverage/1')
  expect(document.hosts[0]).toMatchObject({ name: 'ws1', grade: 'full-chain', presence: 'seen' })
  expect(document.hosts[0].capabilities['process-creation']).toMatchObject({
    state: 'seen',
    proof: { file: 'a.evtx', channel: 'Security', eventId: 4688, recordId: 1 },
    since: '2024-05-01T12:00:00.000Z',
    gaps: [],
    mend: [],
  })
})

test('CSV has a row for each capability of each host, and no cell is a formula', () => {
  const rows = print([without('=cmd')], 'csv').split('\r\n')
  expect(rows).toHaveLength(1 + 21 + 1)
  expect(rows[1]).toMatch(/^"'=cmd",,,seen,run-only,/)
})

test('the layer scores both techniques by what the hosts could show', () => {
  const layer = JSON.parse(print([seen('ws1'), without('ws2')], 'navigator'))
  expect(validator(navigatorLayer)(layer)).toBe('')
  const [at, task] = layer.techniques
  expect([at.techniqueID, task.techniqueID]).toEqual(['T1053.002', 'T1053.005'])
  expect(task.score).toBeGreaterThan(0)
  expect(task.score).toBeLessThan(100)
})

test('two audits are compared host by host, what got worse first', () => {
  const kept = (hosts: readonly HostTelemetry[]) => JSON.parse(print(hosts, 'json')).hosts
  const changes = coverageDiff(
    kept([seen('ws1'), without('ws2'), seen('ws3')]),
    kept([without('ws1'), seen('ws2'), seen('ws4')]),
  )
  expect(changes.map(({ host, is }) => `${host} ${is}`)).toEqual(['ws1 worse', 'ws3 gone', 'ws4 new', 'ws2 better'])
  expect([...coverageDiffText(changes)].join('')).toContain('ws1: full chain → run only')
  expect(coverageDiff(kept([seen('ws1')]), kept([seen('ws1')]))).toEqual([])
})
