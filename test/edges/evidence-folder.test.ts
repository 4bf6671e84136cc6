import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attacks } from '../../src/lab/attacks/index.ts'
import { allChannels } from '../../src/lab/fleet/host-plan.ts'
import { writeFleet } from '../../src/lab/fleet/write-fleet.ts'
import { findingJson, isFinding } from '../../src/report/index.ts'
import { type KeptEvidence, keepEvidence, scanPaths, TemporaryFolder } from '../../src/run/index.ts'

const root = mkdtempSync(join(tmpdir(), 'tasktrail-evidence-'))
afterAll(() => rmSync(root, { recursive: true }))

interface Line {
  readonly input: number
  readonly recordId: number
  readonly position: number
  readonly sha256: string
  readonly file: string
  readonly decoded: unknown
}

/** A host that was attacked, scanned and kept. */
async function keep(format: string) {
  const fleet = join(root, format)
  const attack = attacks.find(({ name }) => name === 'schtasks-create')
  if (!attack) throw new Error('the lab has no such attack')
  writeFleet(
    {
      ...{ hosts: 1, days: 1, seed: 11, profile: 'workstation', noise: 'quiet', format, securityDays: 9 },
      ...{ channels: allChannels, recordsCommandLines: true, attacks: [{ attack, variant: 'logon-system' }] },
    },
    fleet,
  )
  rmSync(join(fleet, 'truth.json'))
  const { chains, inputs } = await scanPaths([fleet], { jobs: 1 })
  const findings = chains
    .filter(isFinding)
    .map((scored) => ({ scored, json: JSON.stringify(findingJson(scored, inputs)) }))
  const temporary = new TemporaryFolder()
  const folder = join(root, `${format}-kept`)
  const wanted = { paths: [fleet], source: null, followLinks: false, standardInput: null, temporary, inputs, findings }
  const kept = await keepEvidence(folder, wanted)
  temporary.remove()
  return { folder, kept, ids: findings.map(({ scored }) => scored.chain.id) }
}

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
const linesOf = (folder: string, id: string): Line[] =>
  readFileSync(join(folder, 'findings', id, 'records.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')

describe.each(['evtx', 'winlogbeat-8'])('evidence that is kept of %s', (format) => {
  let folder = ''
  let kept: KeptEvidence
  let ids: readonly string[] = []
  beforeAll(async () => {
    ;({ folder, kept, ids } = await keep(format))
  }, 60_000)

  test('has every record that proves a finding, with the bytes that its input has at that place', () => {
    expect(kept).toMatchObject({ missing: 0, problems: [] })
    expect(ids.length).toBeGreaterThan(0)
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    const inputs = new Map<number, Buffer>(
      manifest.inputs.map((one: { number: number; name: string }) => [one.number, readFileSync(one.name)]),
    )
    for (const id of ids) {
      const lines = linesOf(folder, id)
      const { evidence } = JSON.parse(readFileSync(join(folder, 'findings', id, 'finding.json'), 'utf8'))
      expect(lines).toHaveLength(evidence.length)
      for (const { input, position, sha256: sum, file, recordId, decoded } of lines) {
        const bytes = readFileSync(join(folder, 'findings', id, file))
        expect(
          inputs
            .get(input)
            ?.subarray(position, position + bytes.length)
            .equals(bytes),
        ).toBe(true)
        expect(sha256(bytes)).toBe(sum)
        expect(JSON.stringify(decoded)).toContain(String(recordId))
      }
    }
  })
  test('names every file with its sum, and tells the sum that stands for all', () => {
    const sums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8')
    expect(sha256(sums)).toBe(kept.sha256)
    const told = sums
      .trimEnd()
      .split('\n')
      .map((line) => line.split('  '))
    expect(told.map(([, path]) => path).sort()).toEqual(
      files(folder)
        .filter((name) => name !== 'SHA256SUMS')
        .sort(),
    )
    for (const [sum, path] of told) expect(sha256(readFileSync(join(folder, path ?? '')))).toBe(sum)
  })
  test.runIf(format === 'evtx')('comes to the same findings when it is scanned itself', async () => {
    const again = await scanPaths([join(folder, 'inputs')], { jobs: 1 })
    expect(again.problems).toEqual([])
    expect(again.chains.map(({ chain }) => chain.id)).toEqual(expect.arrayContaining([...ids]))
  })
})
