import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TaskChain } from '../model/chain.ts'
import type { ScoredChain, Severity } from '../model/finding.ts'
import { jsonDocument, jsonLines } from './json.ts'
import type { ScanResult } from './result.ts'

function scored(severity: Severity, text = '\\Task'): ScoredChain {
  const chain: TaskChain = {
    kind: 'chain',
    id: text,
    host: text,
    taskPath: text,
    partOf: null,
    formerIds: [],
    definition: null,
    definitionHash: null,
    definitionProblem: text,
    statedAction: text,
    statedRunAs: null,
    payload: [],
    change: null,
    runs: [],
    runSummary: null,
    contradictions: [],
    circumstances: [],
    blindSpots: [text],
    evidence: [{ time: 0, ticks: 0, source: 0, channel: text, eventId: 1, recordId: 2, alsoIn: [] }],
    at: { time: 0, ticks: 0 },
  }
  return {
    chain,
    verdict: 'not-run',
    score: { bits: 1, severity, factors: [{ id: 'a', bits: 1, says: text }] },
    baseline: null,
    settings: null,
  }
}

const resultOf = (chains: ScoredChain[], input = 'a.evtx'): ScanResult => ({
  inputs: [input],
  tally: {
    files: 1,
    skippedFiles: 0,
    skipped: [],
    bytes: 1,
    records: 2,
    facts: 3,
    hosts: ['ws5'],
    first: { time: 0, ticks: 1 },
    last: null,
  },
  chains,
  inventory: [],
  unmet: null,
  roles: new Map(),
  coverage: [],
  fleet: { inputs: [], first: null, last: null, hosts: [] },
  blindSpots: [],
  notes: [],
  problems: [{ file: input, offset: 4096, chunk: 0, code: 'bad-checksum', reason: 'the checksum is wrong' }],
  unlistedProblems: 2,
})

const linesOf = (result: ScanResult, all = false) => [...jsonLines(result, { all })]
const documentOf = (result: ScanResult, all = false) => JSON.parse([...jsonDocument(result, { all })].join(''))

const mixed = resultOf([scored('informational', 'a'), scored('critical', 'b'), scored('low', 'c')])

test('one finding stands on one line', () => {
  const lines = linesOf(mixed)
  expect(lines.map((line) => JSON.parse(line).host)).toEqual(['b', 'c'])
  for (const line of lines) expect(line.indexOf('\n')).toBe(line.length - 1)
})

test('--all also shows what is informational, in the order of the result', () => {
  expect(linesOf(mixed, true).map((line) => JSON.parse(line).host)).toEqual(['a', 'b', 'c'])
})

test('the document holds the same findings as the lines, and what was read and what could not be', () => {
  const document = documentOf(mixed)
  expect(document.schema).toBe('tasktrail.scan/1')
  expect(document.findings).toEqual(linesOf(mixed).map((line) => JSON.parse(line)))
  expect(document.summary).toMatchObject({
    files: 1,
    records: 2,
    hosts: ['ws5'],
    first: '1970-01-01T00:00:00.0000001Z',
    last: null,
    problems: [{ file: 'a.evtx', offset: 4096, code: 'bad-checksum' }],
    unlistedProblems: 2,
  })
})

test('a result without findings is a document without findings, and no line', () => {
  expect(documentOf(resultOf([])).findings).toEqual([])
  expect(linesOf(resultOf([]))).toEqual([])
})

test('any text comes back as it was, from one line that neither steers a terminal nor ends early', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const result = resultOf([scored('low', text), scored('high', text)], text)
      const lines = linesOf(result)
      expect(lines).toHaveLength(2)
      for (const line of lines) {
        expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
        const finding = JSON.parse(line)
        expect([finding.host, finding.task.path, finding.score.factors[0].says, finding.evidence[0].source]).toEqual(
          Array(4).fill(text),
        )
      }
      expect(documentOf(result).summary.problems[0].file).toBe(text)
    }),
  )
})
