import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { madeChain } from '../../src/lab/made-chains.ts'
import type { Chain } from '../../src/model/chain.ts'
import { type ScoredChain, type Severity, severities } from '../../src/model/finding.ts'
import { hostKey } from '../../src/model/host.ts'
import { findingJson, jsonLine } from '../../src/report/index.ts'
import { rowOf } from '../../src/report/page/row.ts'
import { Access, hostNames, newToken, type Role } from '../../src/serve/access/index.ts'
import { api } from '../../src/serve/api/index.ts'
import { buildServer } from '../../src/serve/server.ts'
import type { ServiceState } from '../../src/serve/service-state.ts'
import type { FindingToKeep } from '../../src/serve/store/findings.ts'
import { Store } from '../../src/serve/store/store.ts'

/** When the tests' service lives. */
export const serviceTime = Date.UTC(2026, 2, 10, 12)

export const scoredOf = (chain: Chain, severity: Severity = 'high', bits = 12.5): ScoredChain => ({
  ...{ chain, verdict: 'outlier', baseline: null, settings: null },
  score: {
    bits,
    severity,
    factors: [{ id: 'user-writable-path', bits, says: 'It starts a file that users may write.' }],
  },
})

/** A finding as the pipeline keeps it. */
export function toKeep(scored: ScoredChain, more: Partial<FindingToKeep> = {}): FindingToKeep {
  const row = rowOf(scored)
  const { id, host, kind, title, verdict, time, end } = row
  return {
    ...{ id, host, kind, verdict: verdict as FindingToKeep['verdict'], task: title, time: time ?? 0, end: end ?? 0 },
    ...{ formerIds: scored.chain.formerIds, shard: hostKey(host), bits: row.bits },
    severity: scored.score.severity,
    revision: { facts: 3, newest: serviceTime },
    line: jsonLine(row),
    json: jsonLine(findingJson(scored, ['door/sender'])),
    ...more,
  }
}

/** So many findings of tasks, on hosts of their own, in all severities, one a minute. */
export const someFindings = (count: number): ScoredChain[] =>
  Array.from({ length: count }, (_, place) => {
    const at = { time: serviceTime - place * 60_000, ticks: 0 }
    const id = place.toString(16).padStart(16, '0')
    const severity = severities[place % severities.length] ?? 'low'
    const change = { ...at, actor: { user: `CORP\\user${place % 3}` } }
    const made = madeChain({ id, host: `ws${place % 7}.example.test`, taskPath: `\\Task${place}`, at, change })
    return scoredOf(made, severity, 5 + (place % 4))
  })

/** Nothing waits. */
export const idleState = (): ServiceState => ({
  ...{ phase: 'ready', refusal: null, started: serviceTime, appliedUntil: null, sources: [], faults: [] },
  queue: { entries: 0, bytes: 0, mostBytes: 1 << 20 },
  log: { written: 7, applied: 7, syncs: 3 },
  shards: { looks: 0, hot: 1 },
  totals: {
    ...{ posts: 1, records: 5, facts: 3, bytes: 900, problems: 0, late: 0 },
    ...{ refusedFull: 0, refusedUnavailable: 0, faults: 0 },
  },
})

/** The server over a store that a test fills, as the service has it. */
export class MadeService {
  readonly folder = mkdtempSync(join(tmpdir(), 'tasktrail-test-api-'))
  readonly store: Store
  readonly #listeners = new Set<() => void>()
  state = idleState()
  #app: FastifyInstance | null = null
  #now: number

  /** A browser keeps a session by its own clock. */
  constructor(now = serviceTime) {
    this.#now = now
    this.store = Store.open(join(this.folder, 'tasktrail.db'))
  }

  async start({ page = null as string | null, heartbeat = 20 } = {}): Promise<FastifyInstance> {
    const access = new Access({ tokens: this.store.tokens, now: () => this.#now })
    const parts = {
      ...{ store: this.store, version: '0.0.0', alerts: () => ({ waiting: 0 }) },
      onCommit: (listener: () => void) => {
        this.#listeners.add(listener)
        return () => void this.#listeners.delete(listener)
      },
      ...{ state: () => this.state, now: () => this.#now },
    }
    const app = await buildServer({
      ...{ access, names: hostNames('127.0.0.1', []), isSecure: false, isBehindProxy: false, certificate: null },
      onFault: (text) => {
        throw new Error(text)
      },
      plugins: [api({ ...parts, stillCounts: (principal) => access.stillCounts(principal) }, page, { heartbeat })],
    })
    this.#app = app
    return app
  }

  token(role: Role = 'read', hosts: readonly string[] | null = null): string {
    const { id, text, hash } = newToken()
    this.store.tokens.add({ id, name: 'ada', role, hash, hosts, created: this.#now, expires: null, lastUsed: null })
    return text
  }

  /** Time goes on, so that what is found out only now and then is found out anew. */
  wait(ms: number): void {
    this.#now += ms
  }

  committed(): void {
    for (const listener of this.#listeners) listener()
  }

  keep(...findings: readonly FindingToKeep[]): void {
    this.#now += 1_000
    this.store.transaction(() => {
      for (const one of findings) this.store.findings.upsert(one, this.#now)
    })
    this.committed()
  }

  withdraw(id: string, reason: string): void {
    this.#now += 1_000
    this.store.transaction(() => this.store.findings.withdraw(id, reason, this.#now))
    this.committed()
  }

  ask(url: string, token: string, more: InjectOptions = {}) {
    if (!this.#app) throw new Error('not started')
    return this.#app.inject({ url, ...more, headers: { host: 'localhost', authorization: `Bearer ${token}` } })
  }

  async end(): Promise<void> {
    await this.#app?.close()
    this.store.close()
    rmSync(this.folder, { recursive: true })
  }
}
