import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { exportLanguages, probesOf, type SweepLanguage, sweepLanguages, sweepText } from '../../src/hunt/index.ts'
import { hostileFinding, hostileNames } from './hostile-values.ts'

// Queries, read back by parsers that others wrote. Where `.ci/run` could not install them, it says so and these are skipped.

/** A Python that has pysigma and eql; a folder in which Microsoft's parser of KQL is installed. */
const { TASKTRAIL_TEST_PYTHON: python, TASKTRAIL_TEST_KUSTO: kusto } = process.env

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-parsers-'))
afterAll(() => rmSync(folder, { recursive: true }))

function read(command: string, args: readonly string[], input: unknown): unknown {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    input: JSON.stringify(input),
    maxBuffer: 1 << 26,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}
const { eql, kql }: { readonly eql: SweepLanguage; readonly kql: SweepLanguage } = sweepLanguages
const script = (name: string) => join(import.meta.dirname, name)

const findings = hostileNames.map(hostileFinding)
/** Every question with what it asks for. */
const questions = findings.flatMap((finding) => probesOf(finding).map((probe) => ({ finding, probe })))

test('there are twenty hostile names', () => {
  expect(new Set(hostileNames).size).toBe(20)
})

describe('the analytic is written as its language has it', () => {
  test.skipIf(!python)('in Sigma: three rules and two correlations over them, by pySigma', () => {
    const file = join(folder, 'analytic.yml')
    writeFileSync(file, exportLanguages.sigma('24h'))
    const told = read(python as string, [script('read_sigma.py'), file], null) as {
      rules?: string[]
      correlation?: string
    }[]
    expect(told).toHaveLength(5)
    expect(told.flatMap(({ rules, correlation }) => (rules ? `${correlation} ${rules.join()}` : []))).toEqual([
      'TEMPORAL_ORDERED task_changed,task_process',
      'TEMPORAL_ORDERED task_commanded,task_process',
    ])
  })
  test.skipIf(!kusto)('in KQL, by Microsoft’s parser', () => {
    const [told] = read(process.execPath, [script('read-kql.cjs'), kusto as string], [exportLanguages.kql('24h')]) as {
      errors: string[]
    }[]
    expect(told?.errors).toEqual([])
  })
})

describe('the values of a finding with a hostile name come back as they were', () => {
  test.skipIf(!python)('from rules of Sigma, by pySigma', () => {
    const file = join(folder, 'rules.yml')
    writeFileSync(
      file,
      findings.map((finding, index) => sweepText({ ...finding, id: `f${index}` }, 'sigma')).join('\n---\n'),
    )
    const told = read(python as string, [script('read_sigma.py'), file], null) as { values: string[] }[]
    const asked = questions.map(({ probe: { asks } }) =>
      asks.values.map((value) => (asks.field === 'sha256' ? `SHA256=${value}` : value)),
    )
    expect(told.map(({ values }) => values)).toEqual(asked)
  })
  test.skipIf(!python)('from queries of EQL, by eql', () => {
    const queries = questions.map(({ probe, finding }) => eql.query(probe, finding.id))
    const told = read(python as string, [script('read_eql.py')], queries) as string[][]
    told.forEach((texts, index) => {
      expect(texts).toEqual(expect.arrayContaining([...(questions[index]?.probe.asks.values ?? [])]))
    })
  })
  test.skipIf(!kusto)('from queries of KQL, by Microsoft’s parser', () => {
    const queries = questions.map(({ probe, finding }) => kql.query(probe, finding.id))
    const told = read(process.execPath, [script('read-kql.cjs'), kusto as string], queries) as {
      errors: string[]
      texts: string[]
    }[]
    told.forEach(({ errors, texts }, index) => {
      expect(errors).toEqual([])
      expect(texts).toEqual(expect.arrayContaining([...(questions[index]?.probe.asks.values ?? [])]))
    })
  })
})
