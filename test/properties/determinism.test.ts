import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { tasktrail } from '../run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-test-'))
const files: string[] = []
const real = '../shared/data/dev/evtx'

beforeAll(() => {
  writeDemo(folder)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.evtx')) files.push(join(folder, name))
})
afterAll(() => rmSync(folder, { recursive: true }))

const output = (...args: string[]) => tasktrail('scan', '--all', '--format', 'json', ...args).stdout

describe('the output is the same to the byte', () => {
  test('for any order of the files and any number of workers', () => {
    const expected = output(...files)
    expect(expected.length).toBeGreaterThan(10_000)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(files, { minLength: files.length }),
        fc.integer({ min: 1, max: 4 }),
        (order, jobs) => {
          expect(output('--jobs', String(jobs), ...order)).toBe(expected)
        },
      ),
      { numRuns: 6 },
    )
  })

  test.skipIf(!existsSync(real))('on real logs too (skipped where they are not beside the repository)', () => {
    const names = readdirSync(real).map((name) => join(real, name))
    const expected = output('--jobs', '1', ...names)
    expect(output('--jobs', '2', ...names.toReversed())).toBe(expected)
  })
})
