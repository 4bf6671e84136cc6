import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { madeChain, type Part } from '../../src/lab/made-chains.ts'
import type { TaskChain } from '../../src/model/chain.ts'
import type { Severity } from '../../src/model/finding.ts'
import { findingJson } from '../../src/report/index.ts'
import { writeStore } from '../../src/stores/scan-file.ts'

// What `scan --store` writes, opened by the tools that people have for it.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-store-'))
afterAll(() => rmSync(folder, { recursive: true }))

const inputs = ['Security.evtx']
const story: Part<TaskChain> = {
  id: 'a'.repeat(16),
  host: 'ws1',
  taskPath: '\\Up "da\'te"; drop table chain --',
  definition: { actions: [{ command: 'C:\\Temp\\x.exe', arguments: '-k' }], principals: [{ userId: 'S-1-5-18' }] },
  change: {
    route: 'schtasks',
    actor: {
      user: 'CORP\\jdoe',
      remote: { address: '10.0.0.9' },
      process: { image: 'schtasks.exe', commandLine: 'schtasks /create' },
    },
  },
  runs: [
    {
      startedBy: 'logon',
      processes: [
        { pid: 7, image: 'x.exe', commandLine: 'C:\\Temp\\x.exe -k', file: { sha256: 'b'.repeat(64) } },
        { pid: 8, parentPid: 7, depth: 1, image: 'cmd.exe', tiedBy: 'parent' },
      ],
    },
  ],
  evidence: [
    { time: 1_700_000_000_000, ticks: 0, source: 0, channel: 'Security', eventId: 4698, recordId: 4711, alsoIn: [] },
  ],
}
const told = (part: Part<TaskChain>, severity: Severity): string =>
  JSON.stringify(
    findingJson(
      {
        chain: madeChain(part),
        verdict: 'outlier',
        score: { bits: 21.5, severity, factors: [{ id: 'remote', bits: 1, says: 'From elsewhere.' }] },
        baseline: null,
        settings: null,
      },
      inputs,
    ),
  )

const path = join(folder, 'scan.db')
writeStore(path, {
  about: { findings: 'tasktrail.finding/1' },
  inputs,
  findings: [told(story, 'critical'), told({ id: 'c'.repeat(16), host: 'ws2' }, 'informational')],
  tasks: [JSON.stringify({ host: 'ws1', path: '\\Up', knownFrom: ['log', 'file'], actions: [], isEnabled: true })],
  coverage: [{ host: 'ws1', spans: { logons: { first: 0, last: 1_000 } } }],
  notes: [],
  problems: [{ file: 'x.evtx', chunk: 1, offset: 65_536, code: 'bad-checksum', reason: 'expected another' }],
})

const views = [
  'findings',
  'chains',
  'changes',
  'later_changes',
  'actions',
  'files',
  'runs',
  'processes',
  'circumstances',
].concat(['contradictions', 'factors', 'blind_spots', 'evidence', 'timeline', 'tasks'])

describe('a scan that is kept as SQLite', () => {
  const file = new DatabaseSync(path, { readOnly: true })
  afterAll(() => file.close())
  const one = (query: string) => ({ ...file.prepare(query).get() })

  test('tells each finding with author, definition, time and behaviour in one row', () => {
    expect(one('select * from findings')).toMatchObject({
      host: 'ws1',
      task: '\\Up "da\'te"; drop table chain --',
      severity: 'critical',
      bits: 21.5,
      run_as: 'S-1-5-18',
      change: 'created',
      route: 'schtasks',
      user: 'CORP\\jdoe',
      address: '10.0.0.9',
      action: 'C:\\Temp\\x.exe -k',
      ran: 'C:\\Temp\\x.exe -k',
    })
    expect(one('select count(*) as n from findings')).toEqual({ n: 1 })
    expect(one('select count(*) as n from chains')).toEqual({ n: 2 })
  })
  test('has processes with what started them, and the records that prove it all', () => {
    expect(one('select host, pid, parent_pid, depth, tied_by from processes where depth = 1')).toEqual({
      ...{ host: 'ws1', pid: 8, parent_pid: 7, depth: 1, tied_by: 'parent' },
    })
    expect(one('select sha256 from processes where pid = 7')).toEqual({ sha256: 'b'.repeat(64) })
    expect(one('select input, channel, event_id, record_id from evidence')).toEqual({
      ...{ input: 'Security.evtx', channel: 'Security', event_id: 4698, record_id: 4711 },
    })
  })
  test('puts all that happened into one order of time', () => {
    expect(
      file
        .prepare('select what from timeline')
        .all()
        .map(({ what }) => what),
    ).toEqual(['change', 'run', 'process', 'process'])
  })
  test('keeps each finding whole, and what could not be read', () => {
    const { json } = one(`select json from finding_json where id = '${'a'.repeat(16)}'`)
    expect(JSON.parse(String(json))).toEqual(JSON.parse(told(story, 'critical')))
    expect(one('select * from problem')).toMatchObject({ chunk: 1, offset: 65_536 })
    expect(one('select known_from, is_enabled from tasks')).toEqual({ known_from: 'log file', is_enabled: 1 })
    expect(one('select * from coverage')).toMatchObject({ capability: 'logons', last: '1970-01-01T00:00:01.000Z' })
  })
})

const hasShell = spawnSync('sqlite3', ['-version']).status === 0
test.skipIf(!hasShell)('the sqlite3 shell reads every view', () => {
  const query = views.map((view) => `select '${view}', count(*) from ${view};`).join('')
  const { status, stdout, stderr } = spawnSync(
    'sqlite3',
    ['-readonly', '-bail', path, `pragma integrity_check;${query}`],
    { encoding: 'utf8' },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.split('\n').slice(0, 5)).toEqual(['ok', 'findings|1', 'chains|2', 'changes|1', 'later_changes|0'])
})

/** A Python that has duckdb and its extension for SQLite. */
const { TASKTRAIL_TEST_DUCKDB: duckdb } = process.env
test.skipIf(!duckdb)('DuckDB reads every view', () => {
  const { status, stdout, stderr } = spawnSync(
    duckdb as string,
    [join(import.meta.dirname, 'read_store.py'), path, ...views],
    { encoding: 'utf8' },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({ findings: 1, chains: 2, processes: 2, timeline: 4 })
})
