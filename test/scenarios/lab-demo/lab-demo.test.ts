import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeDemo } from '../../../src/lab/demo-incident.ts'
import { type FindingLike, scanAll } from '../../run-cli.ts'

interface TruthChain {
  readonly task: string
  readonly host: string
  readonly change: string
  readonly created_at: string
  readonly channel: string
  readonly actor_user: string | null
  readonly attack?: boolean
  readonly executed: boolean
  readonly processes: readonly { readonly image: string; readonly pid: number | null }[]
}

const folder = mkdtempSync(join(tmpdir(), 'tasktrail-test-'))
let found: FindingLike[] = []
let truth: TruthChain[] = []

beforeAll(() => {
  writeDemo(folder)
  const manifest = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as {
    files: { expected: { chains: TruthChain[] } }[]
  }
  truth = manifest.files.flatMap((f) => f.expected.chains)
  found = scanAll(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

const shortHost = (host: string) => host.toLowerCase().split('.')[0]
const nearest = (t: TruthChain) =>
  found.filter(
    (f) =>
      shortHost(f.host) === shortHost(t.host) &&
      f.task.path?.toLowerCase() === t.task.toLowerCase() &&
      f.change !== null &&
      Math.abs(Date.parse(f.change.time) - Date.parse(t.created_at)) < 1000,
  )

describe('the demo incident', () => {
  test('every change in the truth is found, once, with its route and its user', () => {
    expect(truth.length).toBeGreaterThan(5)
    for (const t of truth) {
      const matching = nearest(t).filter((f) => f.change?.kind !== 'deleted')
      expect(matching, t.task).toHaveLength(1)
      const [only] = matching as [FindingLike]
      const route = t.channel === 'rpc-remote' ? 'remote-rpc' : t.channel
      expect(only.change?.route, t.task).toBe(route)
      expect(only.change?.actor.user?.toLowerCase(), t.task).toBe(t.actor_user?.toLowerCase())
    }
  })

  test('every process that a task started is tied to it, and no other', () => {
    for (const t of truth) {
      const [only] = nearest(t).filter((f) => f.change?.kind !== 'deleted') as [FindingLike]
      const pids = only.runs.flatMap((r) => r.processes.map((p) => p.pid))
      const expected = t.processes.map((p) => p.pid)
      for (const pid of expected) expect(pids, t.task).toContain(pid)
      if (!t.executed) expect(pids, t.task).toEqual([])
    }
  })

  test('the two attacks are outliers, high or critical; nothing ordinary is medium or above', () => {
    const severe = found.filter((f) => !['informational', 'low'].includes(f.score.severity))
    expect(severe.map((f) => [f.task.path, f.score.severity, f.verdict])).toEqual([
      ['\\kQzWvTyb', 'critical', 'outlier'],
      ['\\Microsoft\\Windows\\Printing\\SpoolerSync', 'high', 'outlier'],
    ])
  })

  test('an updater that registers its task anew while it runs has no run twice', () => {
    const updater = found.filter((f) => f.task.path === '\\MicrosoftEdgeUpdateTaskMachineUA')
    const pids = updater.flatMap((f) =>
      f.runs.flatMap((r) => r.processes.filter((p) => p.depth === 0).map((p) => p.pid)),
    )
    expect(pids.length).toBeGreaterThan(0)
    expect(new Set(pids).size).toBe(pids.length)
    expect(updater.every((f) => f.runs.every((r) => r.processes.length > 0))).toBe(true)
  })
})
