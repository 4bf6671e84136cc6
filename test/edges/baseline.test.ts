import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tasktrail } from '../run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-learn-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

interface Finding {
  readonly task: { readonly path: string }
  readonly baseline: { readonly id: string } | null
  readonly score: { readonly bits: number; readonly factors: readonly { readonly id: string; readonly says: string }[] }
}
const findings = (...args: string[]) =>
  tasktrail('scan', '--all', '--quiet', '--format', 'jsonl', ...args)
    .stdout.split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Finding)
const overview = (file: string) => JSON.parse(tasktrail('baseline', 'show', file, '--format', 'json').stdout)

beforeAll(() => {
  const make = (out: string, seed: string, ...more: string[]) =>
    tasktrail(
      'lab',
      'make',
      '--hosts',
      '3',
      '--days',
      '2',
      '--noise',
      'quiet',
      '--seed',
      seed,
      '--quiet',
      '--out',
      out,
      ...more,
    )
  make(at('a'), '31')
  make(at('b'), '32')
  make(at('attacked'), '33', '--attack', 'busy-payload')
  for (const name of ['a', 'b']) {
    const { code, stderr } = tasktrail('learn', at(name), '--out', at(`${name}.db`), '--quiet')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  }
}, 60_000)

describe('learn', () => {
  test('machines may learn apart: put together it is the same in any order, and once more changes nothing', () => {
    tasktrail('learn', '--merge', at('a.db'), at('b.db'), '--out', at('ab.db'), '--quiet')
    tasktrail('learn', '--merge', at('b.db'), at('a.db'), at('ab.db'), '--out', at('ba.db'), '--quiet')
    expect(readFileSync(at('ab.db')).equals(readFileSync(at('ba.db')))).toBe(true)
    expect(overview(at('ab.db'))).toMatchObject({ id: overview(at('ba.db')).id })
  })

  test('holds what is out of the ordinary, by its id, and lets it teach when it is released', () => {
    tasktrail('learn', at('attacked'), '--out', at('held.db'), '--quiet')
    const [held] = overview(at('held.db')).held
    expect(held).toMatchObject({ isReleased: false })
    tasktrail('learn', '--merge', at('held.db'), '--release', held.id, '--out', at('released.db'), '--quiet')
    expect(overview(at('released.db')).held[0]).toMatchObject({ id: held.id, isReleased: true })
    const wrong = tasktrail('learn', '--merge', at('held.db'), '--release', 'nobody', '--out', at('no.db'))
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('no chain nobody is held') })
  })
})

describe('scan', () => {
  test('--baseline names it in each finding, and rarity says its numbers', () => {
    const { id } = overview(at('a.db'))
    const found = findings('--baseline', at('a.db'), at('attacked'))
    expect(found.every(({ baseline }) => baseline?.id === id)).toBe(true)
    const reasons = found.flatMap(({ score }) => score.factors).filter((one) => one.id.startsWith('rare-'))
    expect(reasons.length).toBeGreaterThan(0)
    for (const { says } of reasons) expect(says).toMatch(/on \d+ of \d other hosts? in \d days/)
  })

  test('--baseline none compares no hosts, and without one the input is all that is known', () => {
    const ids = (found: readonly Finding[]) => found.flatMap(({ score }) => score.factors.map((one) => one.id))
    const none = findings('--baseline', 'none', at('attacked'))
    expect(none.every(({ baseline }) => baseline === null)).toBe(true)
    expect(ids(none)).not.toContain('rare-action')
  })

  test('a file that is no baseline is wrong usage', () => {
    writeFileSync(at('wrong.db'), 'nothing of the kind')
    expect(tasktrail('scan', '--baseline', at('wrong.db'), at('a'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('wrong.db is no baseline'),
    })
  })
})

test('show tells hosts, what is common and rare, and what was held', () => {
  const { stdout, code } = tasktrail('baseline', 'show', at('a.db'))
  expect(code).toBe(0)
  expect(stdout).toMatch(/^baseline [0-9a-f]{32}\n3 hosts, 2026-03-\d\d to 2026-03-\d\d\n/)
  expect(stdout).toMatch(/\nprogram: \d+, \d+ of them on one host\n/)
  expect(stdout).toMatch(/\n\d+ chains? did not teach, being out of the ordinary\n/)
})
