import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunProgress, scanPaths } from '../../src/index.ts'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { type FindingLike, program, scanAll } from '../run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-api-'))
beforeAll(() => writeDemo(join(root, 'evidence')))
afterAll(() => rmSync(root, { recursive: true }))

const index = join(import.meta.dirname, '../../src/index.ts')

test('the example of the documentation runs, and finds what the command line finds', () => {
  const [, example] = /```ts\n(.*?) \* ```/s.exec(readFileSync(index, 'utf8')) ?? []
  const published = join(dirname(program), '../index.js')
  const script = join(root, 'example.ts')
  writeFileSync(script, (example ?? '').replaceAll(/^ \* ?/gm, '').replace("'tasktrail'", JSON.stringify(published)))
  const { stdout, stderr } = spawnSync(process.execPath, [script], { cwd: root, encoding: 'utf8' })
  const lines = stdout.trim().split('\n')
  const told = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as FindingLike)
  expect(told.map(({ id }) => id).sort()).toEqual(
    scanAll(join(root, 'evidence'))
      .filter(({ score }) => score.severity !== 'informational')
      .map(({ id }) => id)
      .sort(),
  )
  expect([lines[0]?.split(' ')[0], stderr]).toEqual(['critical', ''])
})

test('progress tells of each stage, to its end', async () => {
  const told: RunProgress[] = []
  const { tally } = await scanPaths([join(root, 'evidence')], { jobs: 2, onProgress: (one) => told.push(one) })
  expect([...new Set(told.map(({ stage }) => stage))]).toEqual(['finding', 'reading', 'correlating', 'weighing'])
  expect(told.findLast(({ stage }) => stage === 'weighing')?.total).toBeGreaterThan(0)
  const reading = told.filter(({ stage }) => stage === 'reading')
  expect(reading.at(-1)).toMatchObject({ done: reading.at(-1)?.total, records: tally.records })
  expect(told.findLast(({ stage }) => stage === 'correlating')).toMatchObject({ total: expect.any(Number) })
})

test('what is not there is told as data', async () => {
  const { chains, problems, unmet } = await scanPaths([join(root, 'nowhere')])
  expect(chains).toEqual([])
  expect([unmet, problems.map(({ code }) => code)]).toEqual([{ kind: 'no-input' }, ['cannot-open']])
})
