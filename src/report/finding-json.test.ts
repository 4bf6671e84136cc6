import { describe, expect, test } from 'vitest'
import { madeClearedLog } from '../lab/made-chains.ts'
import type { Actor, ClearedLog, TaskChain } from '../model/chain.ts'
import { emptyDefinition } from '../model/definition.ts'
import type { ScoredChain } from '../model/finding.ts'
import { findingJson } from './finding-json.ts'

const at = { time: Date.parse('2024-05-01T12:00:00.123Z'), ticks: 4567 }
const whole = { time: Date.parse('2024-05-01T12:00:00Z'), ticks: 0 }

const bob: Actor = {
  remote: { address: '192.0.2.45', host: null },
  process: { pid: 8920, image: 'C:\\a.exe', commandLine: 'a.exe', ancestry: [] },
  logonId: '0x1f',
  sid: 'S-1-5-21-1-2-3-1001',
  user: 'CORP\\bob',
}

const chain: TaskChain = {
  kind: 'chain',
  id: '0123456789abcdef',
  host: 'ws5.corp.example',
  taskPath: '\\Task',
  partOf: null,
  formerIds: [],
  definition: emptyDefinition,
  definitionHash: null,
  definitionProblem: null,
  statedAction: null,
  statedRunAs: null,
  payload: [],
  change: {
    ...at,
    kind: 'created',
    outcome: 'confirmed',
    target: null,
    connectAs: null,
    route: 'schtasks',
    actor: bob,
    confidence: 'certain',
    because: 'The audit event names it.',
    written: [],
    command: null,
    byOwnRun: false,
    before: null,
    differences: [],
    changed: [],
    laterChanges: [{ ...whole, actor: bob, kind: 'deleted' }],
  },
  runs: [
    {
      ...at,
      instance: null,
      startedBy: 'time',
      requestedBy: bob,
      processes: [
        // In another order than a finding's.
        {
          source: '4688',
          tiedBy: 'pid',
          file: null,
          originalFileName: null,
          outside: null,
          depth: 0,
          integrity: 'High',
          user: null,
          commandLine: 'a.exe',
          image: 'C:\\a.exe',
          parentPid: 4,
          pid: 460,
          ...at,
        },
      ],
      result: 0,
      outcome: 'completed',
    },
  ],
  runSummary: { count: 2, first: at, last: whole },
  contradictions: [],
  circumstances: [{ ...whole, kind: 'log-cleared', what: 'Security', actor: bob }],
  blindSpots: ['Something could not be seen.'],
  evidence: [
    { ...at, source: 1, channel: 'Security', eventId: 4698, recordId: 123, alsoIn: [0] },
    { ...whole, source: 7, channel: 'Security', eventId: 4688, recordId: 124, alsoIn: [] },
  ],
  at,
}
const scored: ScoredChain = {
  chain,
  verdict: 'outlier',
  score: { bits: 23.4, severity: 'critical', factors: [{ id: 'remote', bits: 6.1, says: 'It came from afar.' }] },
  baseline: null,
  settings: null,
}
// biome-ignore lint/suspicious/noExplicitAny: what JSON.parse gives
const json = (of: ScoredChain): any => JSON.parse(JSON.stringify(findingJson(of, ['a.evtx', 'b.evtx'])))

/** The keys of `object` that the contract names, in the order in which they stand. */
const namedIn = (object: object, ...contract: string[]) => Object.keys(object).filter((key) => contract.includes(key))

test.each<[string, (finding: ReturnType<typeof json>) => object, string]>([
  [
    'the finding',
    (f) => f,
    'schema kind id formerIds host task change runs runSummary verdict score baseline blindSpots attack evidence',
  ],
  ['its task', (f) => f.task, 'path definition definitionHash'],
  ['its change', (f) => f.change, 'time kind outcome route actor confidence because before changed laterChanges'],
  ['its actor', (f) => f.change.actor, 'user sid logonId process remote'],
  ['the actor’s process', (f) => f.change.actor.process, 'pid image commandLine ancestry'],
  ['the actor’s origin', (f) => f.change.actor.remote, 'address host'],
  ['a later change', (f) => f.change.laterChanges[0], 'kind time actor'],
  ['a run', (f) => f.runs[0], 'time instance startedBy requestedBy processes result'],
  ['a process', (f) => f.runs[0].processes[0], 'time pid parentPid image commandLine user depth tiedBy source'],
  ['the summary of runs', (f) => f.runSummary, 'count first last'],
  ['the score', (f) => f.score, 'bits severity factors'],
  ['a factor', (f) => f.score.factors[0], 'id bits says'],
  ['the technique', (f) => f.attack, 'analytic strategy techniques'],
  ['a piece of evidence', (f) => f.evidence[0], 'source recordId channel eventId time'],
])('%s has the keys of the contract in their order', (_, part, keys) => {
  expect(namedIn(part(json(scored)), ...keys.split(' '))).toEqual(keys.split(' '))
})

test('what tools rely on does not change under this schema', () => {
  const finding = json(scored)
  expect(finding).toMatchObject({
    schema: 'tasktrail.finding/1',
    formerIds: [],
    task: { path: '\\Task', definitionHash: null },
    attack: {
      analytic: 'AN0258',
      analyticVersion: '1.0',
      release: '19.1',
      strategy: 'DET0094',
      techniques: ['T1053.005'],
      logSources: [
        'WinEventLog:Security EventCode=4698',
        'WinEventLog:Sysmon EventCode=1',
        'WinEventLog:Sysmon EventCode=2',
      ],
      mutableElements: { TaskAuthor: 'weighed', CommandLineRegex: 'weighed', ExecutionWindow: 'life of the task' },
      notice:
        '© 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.',
    },
    verdict: 'outlier',
    score: { bits: 23.4, severity: 'critical' },
  })
})

test('times are UTC with the precision that the source had', () => {
  const finding = json(scored)
  expect(finding.change.time).toBe('2024-05-01T12:00:00.1234567Z')
  expect(finding.change.laterChanges[0].time).toBe('2024-05-01T12:00:00.000Z')
  expect(finding.runs[0].processes[0]).not.toHaveProperty('ticks')
  expect(finding.circumstances[0]).toEqual({
    time: '2024-05-01T12:00:00.000Z',
    kind: 'log-cleared',
    what: 'Security',
    actor: finding.change.actor,
  })
})

test('evidence names its input by path and every other input that holds the record', () => {
  expect(json(scored).evidence).toEqual([
    {
      source: 'b.evtx',
      recordId: '123',
      channel: 'Security',
      eventId: 4698,
      time: '2024-05-01T12:00:00.1234567Z',
      alsoIn: ['a.evtx'],
    },
    { source: 'input 7', recordId: '124', channel: 'Security', eventId: 4688, time: '2024-05-01T12:00:00.000Z' },
  ])
})

test('what is not known is null, and a list without entries is there', () => {
  const finding = json({
    ...scored,
    chain: { ...chain, taskPath: null, definition: null, change: null, runs: [], runSummary: null, circumstances: [] },
  })
  expect(finding).toMatchObject({ change: null, runs: [], runSummary: null, task: { path: null, definition: null } })
})

test.each([
  ['a job made with at', { change: { ...chain.change, route: 'at' } }, 'T1053.002'],
  ['a task without a known change', { change: null }, 'T1053.005'],
])('%s has its own technique', (_, more, technique) => {
  expect(json({ ...scored, chain: { ...chain, ...more } as TaskChain }).attack.techniques).toEqual([technique])
})

describe('a cleared log', () => {
  const cleared: ClearedLog = { ...madeClearedLog(), by: bob, at: whole }

  test('has the members of a task’s finding, with nothing of a task in them', () => {
    const finding = json({ ...scored, chain: { ...cleared, repeated: { count: 3, last: at } } })
    expect(Object.keys(finding)).toEqual(Object.keys(json(scored)))
    expect(Object.keys(finding.task)).toEqual(Object.keys(json(scored).task))
    expect(finding).toMatchObject({
      ...{ kind: 'log-cleared', partOf: null, change: null, runs: [], runSummary: null, contradictions: [] },
      task: { path: null, definition: null, payload: [] },
      circumstances: [
        {
          time: '2024-05-01T12:00:00.000Z',
          kind: 'log-cleared',
          what: 'Security',
          actor: { user: 'CORP\\bob' },
          repeated: { count: 3, last: '2024-05-01T12:00:00.1234567Z' },
        },
      ],
      attack: { techniques: ['T1070.001'] },
    })
  })

  test('whose file holds nothing names nobody and no time', () => {
    const wiped = json({ ...scored, chain: { ...cleared, how: 'zeroed', by: null, at: { time: 0, ticks: 0 } } })
    const actor = { user: null, sid: null, logonId: null, process: null, remote: null }
    expect(wiped.circumstances).toEqual([{ time: null, kind: 'log-zeroed', what: 'Security', actor }])
  })
})
