import type { ScoredChain } from '../../model/finding.ts'
import { findingJson, jsonLine } from '../../report/index.ts'
import { rowOf } from '../../report/page/row.ts'
import type { Upserted } from '../store/findings.ts'
import type { KeptHost } from '../store/hosts.ts'
import type { Store } from '../store/store.ts'
import type { LiveShards } from './live-shards.ts'
import type { LookQueue } from './look-queue.ts'
import { Originals } from './originals.ts'
import type { Pending } from './pending.ts'
import type { Ties } from './ties.ts'
import type { ToldShard } from './told-shard.ts'

/** Decides who is told of findings, within the transaction in which these are written. */
export interface FindingDesk {
  /** A finding that is new or was written again. `inputs`: what its evidence names by index; `now`: the log's time. */
  published(scored: ScoredChain, inputs: readonly string[], now: number): void
  /** A finding that does not hold any more. */
  withdrawn(id: string, reason: string, now: number): void
}

export interface CommitSettings {
  /** Findings that were not written for so long go, in milliseconds. */
  readonly retention: number
  /** A host of which nothing came for so long has stopped, in milliseconds. */
  readonly silence: number
}

/** How often what could be seen of a host is written, in milliseconds of the log: it is large, and few ask. */
const telemetryEvery = 600_000
/** A host of which so many times as many records came as when it was written is another sight. */
const grown = 1.25
/** Hosts of which that is remembered. */
const mostTold = 200_000
/** Findings that go at once, so that nothing waits for long. */
const goneAtOnce = 500

/** How far the log is applied. */
export interface Applied {
  readonly entry: number
  /** The log's time. */
  readonly time: number
  readonly baselineId: string
}

const withdrawnBecause = 'what is known of its host by now tells another story'

export interface CommitDeps {
  readonly shards: LiveShards
  readonly ties: Ties
  readonly looks: LookQueue
  readonly desk: FindingDesk
  readonly settings: CommitSettings
}

/** Writes what came of the log in one transaction. */
export class Commit {
  readonly #store: Store
  readonly #shards: LiveShards
  readonly #ties: Ties
  readonly #looks: LookQueue
  readonly #desk: FindingDesk
  readonly #settings: CommitSettings
  readonly #originals: Originals
  /** Of hosts, logs and records as their telemetry was written last. */
  readonly #told = new Map<string, { readonly logs: number; readonly records: number }>()
  /** Findings that are in the store as they are. */
  readonly #written = new WeakSet<ScoredChain>()
  #writing: ScoredChain[] = []

  constructor(store: Store, { shards, ties, looks, desk, settings }: CommitDeps) {
    this.#store = store
    this.#shards = shards
    this.#ties = ties
    this.#looks = looks
    this.#desk = desk
    this.#settings = settings
    this.#originals = new Originals(store)
  }

  /**
   * On the disk when it returns; throws when the disk takes nothing, and all is as before. `broke` is told of shards that met a fault of
   * ours: it costs them what was to be told of them, and nobody else anything.
   */
  write(pending: Pending, applied: Applied, broke: (shard: string, error: unknown) => void): void {
    const { sources, meta } = this.#store
    this.#writing = []
    this.#store.transaction(() => {
      sources.write()
      for (const rows of pending.rows.values()) for (const row of rows) this.#store.facts.put(row)
      if (pending.isWeighedAnew) this.#store.shards.lookAtAll()
      for (const shard of pending.touched) this.#keepShard(shard)
      for (const [shard, steps] of pending.steps)
        for (const step of steps) {
          const fault = this.#store.database.apart(() => {
            if (step.kind === 'told') this.#tell(shard, step.told, applied)
            else this.#moveOn(shard, step)
          })
          if (fault) broke(shard, fault.error)
        }
      for (const [shard, targets] of this.#ties.changed()) this.#store.intents.put(shard, targets)
      for (const { source, code, count, reason } of pending.problems)
        this.#store.problems.add({ source, code, count, reason, time: applied.time })
      for (const notice of pending.notices) this.#store.notices.add(notice)
      if (pending.isHousekeepingDue) this.#keepHouse(applied.time)
      meta.set('applied', applied.entry)
      meta.set('time', applied.time)
      meta.set('baseline', applied.baselineId)
    })
    for (const scored of this.#writing) this.#written.add(scored)
    sources.written()
    this.#ties.written()
  }

  #keepShard(shard: string): void {
    const { machine, arrived, facts, records } = this.#shards.of(shard)
    this.#store.shards.put({
      ...{ shard, arrived, facts, records },
      light: JSON.stringify(machine.light()),
      wake: machine.nextTick(),
      needsLook: machine.needsLook() !== null || this.#looks.has(shard),
    })
    this.#store.hosts.heard(shard, arrived)
  }

  #tell(shard: string, told: ToldShard, { time }: Applied): void {
    const { findings } = this.#store
    const gone = new Set(findings.standing(shard))
    for (const scored of told.chains) {
      if (gone.delete(scored.chain.id) && this.#written.has(scored)) continue
      if (this.#publish(scored, shard, told, time) !== 'poorer') this.#writing.push(scored)
    }
    // those that have another id by now are gone already
    for (const id of gone)
      if (findings.withdraw(id, withdrawnBecause, time) !== null) this.#desk.withdrawn(id, withdrawnBecause, time)
    this.#keepHosts(shard, told, time)
  }

  #publish(scored: ScoredChain, shard: string, { revision }: ToldShard, time: number): Upserted['kind'] {
    const { findings, sources } = this.#store
    const { chain, verdict, score } = scored
    const row = rowOf(scored)
    const { kind } = findings.upsert(
      {
        ...{ id: chain.id, formerIds: chain.formerIds, host: chain.host, shard, kind: chain.kind, verdict, revision },
        ...{ severity: score.severity, bits: score.bits, task: row.title, time: row.time ?? 0, end: row.end ?? 0 },
        line: JSON.stringify(row),
        json: jsonLine(findingJson(scored, sources.list)),
      },
      time,
    )
    if (kind !== 'written') return kind
    if (score.severity !== 'informational') this.#originals.keepFor(chain.id, shard, chain.evidence)
    this.#desk.published(scored, sources.list, time)
    return kind
  }

  #keepHosts(shard: string, { sight, roles }: ToldShard, time: number): void {
    const { hosts } = this.#store
    const { arrived } = this.#shards.of(shard)
    for (const { host } of hosts.ofShard(shard)) if (!sight.hosts.includes(host)) hosts.remove(host)
    for (const telemetry of sight.telemetry) {
      const { host, series } = telemetry
      const known = hosts.one(host)
      const role = roles.get(host) ?? 'unknown'
      const span = spanOf(series)
      hosts.put({ host, shard, role, arrived, late: sight.lost.late, state: 'hearing', ...span })
      const isOld = time - hosts.telemetryTime(host) >= telemetryEvery
      if (known?.role !== role || isOld || this.#isAnotherSight(host, series.length, span.records))
        hosts.putTelemetry(telemetry, time)
      if (known?.state === 'stopped')
        this.#store.notices.add({ time, host, kind: 'host-back', text: 'records of it come again' })
    }
  }

  /** Whether a log came, or many records, since its telemetry was written; told once. */
  #isAnotherSight(host: string, logs: number, records: number): boolean {
    const told = this.#told.get(host)
    if (told && told.logs === logs && records < told.records * grown) return false
    if (this.#told.size >= mostTold) this.#told.clear()
    this.#told.set(host, { logs, records })
    return true
  }

  #moveOn(shard: string, { base, over }: { base: Parameters<Originals['moveOn']>[1]; over: readonly string[] }): void {
    const { facts, shards, findings } = this.#store
    for (const id of over) findings.close(id)
    const spent = facts.spent(shard, base.entry, base.time, base.until)
    this.#originals.moveOn(shard, base, spent)
    for (const { entry } of spent) facts.remove(shard, entry)
    shards.putBase(shard, base)
  }

  #keepHouse(time: number): void {
    const { hosts, notices, findings } = this.#store
    const { silence, retention } = this.#settings
    for (const { host, arrived } of hosts.unheardSince(time - silence, 'hearing')) {
      hosts.setState(host, 'stopped')
      const hours = Math.floor((time - arrived) / 3_600_000)
      notices.add({ time, host, kind: 'host-silent', text: `nothing came of it for ${hours} hours` })
    }
    findings.forget(time - retention, goneAtOnce)
    for (const shard of this.#store.forgetShards(time - retention, goneAtOnce)) this.#shards.forget(shard)
  }
}

/** How many records there were of a host, and when. */
function spanOf(
  series: ToldShard['sight']['telemetry'][number]['series'],
): Pick<KeptHost, 'first' | 'last' | 'records'> {
  let [first, last, records] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (const { cells } of series)
    for (const cell of cells.values()) {
      records += cell.count
      first = Math.min(first, cell.first)
      last = Math.max(last, cell.last)
    }
  return records === 0 ? { first: null, last: null, records } : { first, last, records }
}
