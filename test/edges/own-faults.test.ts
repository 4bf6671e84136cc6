import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeDemo } from '../../src/lab/demo-incident.ts'
import { faultText } from '../../src/model/problem.ts'
import { tasktrailPlanted } from '../run-cli.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-test-faults-'))
const demo = join(root, 'demo')
const logs = (host: string) => join(demo, `${host}.example.test/Windows/System32/winevt/Logs`)

beforeAll(() => writeDemo(demo))
afterAll(() => rmSync(root, { recursive: true }))

interface Scan {
  readonly summary: { readonly problems: readonly { file: string; code: string; reason: string }[] }
  readonly findings: readonly { readonly host: string; readonly score: { readonly severity: string } }[]
}

const attacks = new Set(['high', 'critical'])

/** A scan with a fault on a record of the domain controller: what it says, and of which hosts it still finds attacks. */
function scanWith(plant: { file: string; instead: string; put: string }, ...args: string[]) {
  const { code, stdout, stderr } = tasktrailPlanted(plant, 'scan', '--format', 'json', ...args, demo)
  const { summary, findings } = JSON.parse(stdout) as Scan
  const hosts = findings.filter(({ score }) => attacks.has(score.severity)).map(({ host }) => host)
  return { code, stderr, problems: summary.problems, hosts }
}

const rest = ['fs01.example.test', 'ws5.example.test']
const onOneHost = "if (result.host.startsWith('dc01')) throw new TypeError('planted'); tally.facts++"

test('full memory is told with what to do', () => {
  const full = Object.assign(new Error('Worker terminated'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })
  expect(faultText(full)).toMatch(/^the memory that Node allows is full; NODE_OPTIONS=--max-old-space-size=N/)
})

describe('a fault of ours', () => {
  test.each([['1'], ['2']])('in one input is named with it, and all others are told (%s threads)', (jobs) => {
    const plant = { file: 'engine/extract.ts', instead: 'tally.facts++', put: onOneHost }
    const { code, stderr, problems, hosts } = scanWith(plant, '--jobs', jobs)
    expect([code, stderr, hosts]).toEqual([70, '', rest])
    expect(new Set(problems.map((p) => p.code))).toEqual(new Set(['own-fault']))
    for (const { file, reason } of problems) {
      expect(file.startsWith(logs('DC01'))).toBe(true)
      expect(reason).toMatch(/^an error of tasktrail's own, .*TypeError: planted \(at src\/engine\/extract\.ts:\d+\)$/)
    }
  })

  test('that ends a thread costs the input in its hand alone', () => {
    const put = "if (result.host.startsWith('dc01')) process.exit(9); tally.facts++"
    const { code, problems, hosts } = scanWith(
      { file: 'engine/extract.ts', instead: 'tally.facts++', put },
      '--jobs',
      '2',
    )
    expect([code, hosts]).toEqual([70, rest])
    expect(problems.every(({ file, reason }) => file.startsWith(logs('DC01')) && reason.includes('code 9'))).toBe(true)
  })

  test('in the correlation of one host is named with the record, and the others are told', () => {
    const put = "if (merged.fact.host.startsWith('dc01')) throw new TypeError('planted'); return this.#add(merged)"
    const plant = { file: 'engine/host-pass.ts', instead: 'return this.#add(merged)', put }
    const { code, problems, hosts } = scanWith(plant)
    expect([code, hosts, problems.length]).toEqual([70, rest, 1])
    expect(problems[0]?.reason).toMatch(/^record \d+ of .*, after which dc01\.example\.test is not followed any more: /)
  })

  test('anywhere else is one line and exit code 70', () => {
    const put = "throw new TypeError('planted'); watch('weighing', 0, seen.length)"
    const plant = { file: 'engine/scan.ts', instead: "watch('weighing', 0, seen.length)", put }
    const { code, stdout, stderr } = tasktrailPlanted(plant, 'scan', demo)
    expect([code, stdout]).toEqual([70, ''])
    expect(stderr).toMatch(/^tasktrail: an error of its own while .*: TypeError: planted \(at src\/engine\/scan.*\)\n$/)
  })
})
