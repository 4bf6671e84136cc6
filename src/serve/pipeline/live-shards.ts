import { LiveShard, readLight, type ShardMemory, type WrittenLight } from '../../engine/live/live-shard.ts'
import type { LiveSettings } from '../../engine/live/settings.ts'
import { type Lost, nothingLost } from '../../engine/live/shard-base.ts'
import { ScoresBefore } from '../../engine/scores-before.ts'
import { unpackShardFacts } from '../log/shard-facts.ts'
import type { FactsRow } from '../store/facts.ts'
import type { Store } from '../store/store.ts'
import type { Pending } from './pending.ts'
import { countsOf, factsOf } from './row-facts.ts'

/**
 * Machines that stand at a time, and facts of all of their tails: a quiet host takes a megabyte and is made anew in some milliseconds, a busy
 * one 0.7 kB for each fact. Together they stay below 2 GB.
 */
const mostHot = { shards: 500, facts: 2_000_000 }

/** Shards at hand: some 3 kB each. A hostile sender names a new host in every record. */
const mostShards = 150_000

/** A shard as it is at work. */
export interface ShardAtWork {
  readonly machine: LiveShard
  arrived: number
  /** Facts and records that came in all. */
  facts: number
  records: number
  /** When its logs were looked over for silent ones last, by the log. */
  lookedOver: number
  /** What was lost of its facts when it was told last; null: that was before the service began. */
  lost: Lost | null
  /** Of what could not be kept of it, what was told. */
  readonly givenUp: Set<string>
  /** What its chains were scored, while its machines stand. */
  scores: ScoresBefore
  /** Until this time of the log its stories come before others: somebody has changed a task. */
  urgentUntil: number
}

/** Shards that were heard of lately; what their machines are made of lies in the store and in what is not there yet. */
export class LiveShards {
  readonly #store: Store
  readonly #pending: () => Pending
  readonly #settings: LiveSettings
  readonly #lost: (shard: string, reason: string) => void
  /** Asked for longest ago first. */
  readonly #shards = new Map<string, ShardAtWork>()
  /** Those that stand, looked at longest ago first. */
  readonly #hot = new Set<string>()

  /** `lost` is told of shards whose state cannot be gone on from, so that they begin with the facts that are kept of them. */
  constructor(
    store: Store,
    pending: () => Pending,
    settings: LiveSettings,
    lost: (shard: string, reason: string) => void,
  ) {
    this.#store = store
    this.#pending = pending
    this.#settings = settings
    this.#lost = lost
  }

  get hotCount(): number {
    return this.#hot.size
  }

  isKnown(shard: string): boolean {
    return this.#shards.has(shard) || this.#store.shards.isKnown(shard)
  }

  of(shard: string): ShardAtWork {
    const own = this.#shards.get(shard) ?? this.#restored(shard)
    this.#shards.delete(shard)
    this.#shards.set(shard, own)
    return own
  }

  #restored(shard: string): ShardAtWork {
    const kept = this.#store.shards.one(shard)
    const light = kept && this.#lightOf(shard, kept.light)
    const machine = new LiveShard(shard, light, this.#memoryOf(shard), this.#settings)
    return {
      machine,
      arrived: kept?.arrived ?? 0,
      facts: kept?.facts ?? 0,
      records: kept?.records ?? 0,
      lookedOver: kept?.arrived ?? 0,
      lost: kept ? null : nothingLost,
      givenUp: new Set(),
      scores: new ScoresBefore(),
      urgentUntil: 0,
    }
  }

  #lightOf(shard: string, written: string): WrittenLight | null {
    const read = readLight(JSON.parse(written))
    if (read.kind === 'light') return read.light
    this.#lost(shard, read.reason)
    return null
  }

  #memoryOf(shard: string): ShardMemory {
    const rows = (): FactsRow[] => [...this.#store.facts.of(shard), ...(this.#pending().rows.get(shard) ?? [])]
    const base = () => this.#pending().base(shard) ?? this.#store.shards.base(shard)
    return {
      base,
      *tail() {
        for (const row of rows()) {
          const data = unpackShardFacts(row.data)
          for (const [n, fact] of factsOf(data, row).entries())
            yield { fact, entry: row.entry, hash: data.contentHashes[n] ?? 0 }
        }
      },
      *counts() {
        const from = base()?.entry ?? -1
        for (const row of rows()) {
          const counts = row.entry > from ? countsOf(unpackShardFacts(row.data), row) : null
          if (counts !== null) yield counts
        }
      },
    }
  }

  /** It is not kept any more. */
  forget(shard: string): void {
    this.#shards.delete(shard)
    this.#hot.delete(shard)
  }

  /** Everything is in the store: those that were not asked for lately are made of it again. */
  committed(): void {
    for (const shard of this.#shards.keys()) {
      if (this.#shards.size <= mostShards) return
      this.forget(shard)
    }
  }

  /** It was looked at just now; those that were not for long are let go. */
  looked(shard: string): void {
    this.#hot.delete(shard)
    if (this.#shards.get(shard)?.machine.isHot) this.#hot.add(shard)
    let facts = 0
    for (const hot of this.#hot) facts += this.#factsOf(hot)
    for (const longestAgo of this.#hot) {
      if (longestAgo === shard || (this.#hot.size <= mostHot.shards && facts <= mostHot.facts)) break
      this.#hot.delete(longestAgo)
      const own = this.#shards.get(longestAgo)
      if (!own) continue
      facts -= this.#factsOf(longestAgo)
      own.machine.cool()
      own.scores = new ScoresBefore()
    }
  }

  /** Of the tail, where its machines stand. */
  #factsOf(shard: string): number {
    const machine = this.#shards.get(shard)?.machine
    return machine?.isHot ? machine.tailFacts : 0
  }
}
