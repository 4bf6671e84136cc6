import type { ShardBase } from '../../engine/live/shard-base.ts'
import type { FactsRow } from '../store/facts.ts'
import type { Notice } from '../store/notices.ts'
import type { ToldShard } from './told-shard.ts'

/** What became of a shard, in order: its stories were looked at, or its base moved on. */
export type ShardStep =
  | { readonly kind: 'told'; readonly told: ToldShard }
  | { readonly kind: 'moved'; readonly base: ShardBase; readonly over: readonly string[] }

/** What came of entries that were applied, until it is on the disk. */
export class Pending {
  readonly rows = new Map<string, FactsRow[]>()
  readonly steps = new Map<string, ShardStep[]>()
  /** Shards whose small state changed. */
  readonly touched = new Set<string>()
  readonly problems: { source: string; code: string; count: number; reason: string }[] = []
  readonly notices: Omit<Notice, 'id'>[] = []
  /** Bytes of each post that was applied. */
  readonly posts: number[] = []
  /** Whether hosts that were not heard of are to be looked for. */
  isHousekeepingDue = false
  /** Whether all shards are to be looked at again. */
  isWeighedAnew = false

  get isEmpty(): boolean {
    return (
      this.touched.size === 0 &&
      this.steps.size === 0 &&
      this.posts.length === 0 &&
      this.problems.length === 0 &&
      this.notices.length === 0 &&
      !this.isHousekeepingDue &&
      !this.isWeighedAnew
    )
  }

  addRow(row: FactsRow): void {
    const rows = this.rows.get(row.shard)
    if (rows) rows.push(row)
    else this.rows.set(row.shard, [row])
  }

  /** What was told of a shard takes the place of what was told just before. */
  addStep(shard: string, step: ShardStep): void {
    const steps = this.steps.get(shard)
    if (!steps) this.steps.set(shard, [step])
    else {
      if (step.kind === 'told' && steps.at(-1)?.kind === 'told') steps.pop()
      steps.push(step)
    }
  }

  /** The base that takes the place of the store's; null: none does. */
  base(shard: string): ShardBase | null {
    const moved = this.steps.get(shard)?.findLast((step) => step.kind === 'moved')
    return moved?.kind === 'moved' ? moved.base : null
  }
}
