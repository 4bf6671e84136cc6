import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ScopeWanted, scopeWork } from '../../src/cli/works/scope.ts'
import { attacks } from '../../src/lab/attacks/index.ts'
import { allChannels } from '../../src/lab/fleet/host-plan.ts'
import { writeFleet } from '../../src/lab/fleet/write-fleet.ts'
import { jsonLines } from '../../src/report/index.ts'
import { scanPaths, TemporaryFolder } from '../../src/run/index.ts'

// A fleet of which some hosts were attacked in the same way, and others lived on in peace.

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-scope-'))
const fleet = join(folder, 'fleet')
const findings = join(folder, 'findings.jsonl')
const touched = ['ws001', 'ws002', 'ws003']
let id = ''

beforeAll(async () => {
  const attack = attacks.find(({ name }) => name === 'schtasks-create')
  if (!attack) throw new Error('the lab has no such attack')
  writeFleet(
    {
      ...{ hosts: 6, days: 1, seed: 5150, profile: 'workstation', noise: 'quiet', format: 'evtx', securityDays: 9 },
      channels: allChannels,
      recordsCommandLines: true,
      attacks: touched.map(() => ({ attack, variant: 'logon-system' })),
    },
    fleet,
  )
  const result = await scanPaths([fleet], { jobs: 1 })
  writeFileSync(findings, [...jsonLines(result, { all: false })].join(''))
  id = JSON.parse(readFileSync(findings, 'utf8').split('\n')[0] ?? '').id
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

/** What `scope` writes, and its exit code. */
async function scope(wanted: Partial<ScopeWanted>) {
  const temporary = new TemporaryFolder()
  const path = join(folder, 'scope.out')
  const said: string[] = []
  const code = await scopeWork(
    {
      ...{ id, paths: [fleet], from: null, format: 'json', failOnHit: false, baseline: null, settings: null, jobs: 1 },
      ...{ quiet: true, source: null, followLinks: false },
      ...wanted,
    },
    {
      temporary,
      out: { kind: 'device', name: path, final: path, partial: path },
      beside: {},
      standardInput: null,
      terminal: null,
      onProgress: () => {},
      stopped: async () => {},
      freeTerminal: () => {},
      say: (line) => said.push(line),
    },
  )
  temporary.remove()
  return { code, said, text: said.length > 0 ? '' : readFileSync(path, 'utf8') }
}

describe('the scope of one finding', () => {
  test('is each host that the attack touched and no other, with an exit code for whoever waits for it', async () => {
    const { code, text } = await scope({ failOnHit: true })
    const { finding, hits, own } = JSON.parse(text)
    const hosts = [finding.host, ...hits.map(({ host }: { host: string }) => host)].map((host) => host.split('.')[0])
    expect(hosts.sort()).toEqual(touched)
    expect(own).toBeNull()
    expect(code).toBe(1)
  })
  test('is the same for a finding that an earlier scan wrote, on hosts that it did not see', async () => {
    const { code, text } = await scope({
      from: findings,
      paths: [join(fleet, 'WS003.example.test'), join(fleet, 'WS005.example.test')],
      format: 'text',
    })
    expect(code).toBe(0)
    expect(text).toMatch(/1 other host of 2 shows some of it\n {2}ws003\.example\.test, since 2026-03-09 /)
  })
  test('is told by the beginning of an id that the table shows, also of an earlier scan', async () => {
    const [short, paths] = [id.slice(0, 8).toUpperCase(), [join(fleet, 'WS005.example.test')]]
    const { text } = await scope({ id: short, from: findings, paths })
    expect(JSON.parse(text).finding.id).toBe(id)
    await expect(scope({ id: '', from: findings, paths })).rejects.toThrow('is the beginning of')
  })
  test('of an id that nothing has is nothing', async () => {
    const { code, said } = await scope({ id: 'ffffffffffffffff', paths: [join(fleet, 'WS005.example.test')] })
    expect(code).toBe(4)
    expect(said.join()).toContain('no finding or chain ffffffffffffffff')
    await expect(scope({ id: 'ffffffffffffffff', from: findings })).rejects.toThrow('has no finding ffffffffffffffff')
  })
})
