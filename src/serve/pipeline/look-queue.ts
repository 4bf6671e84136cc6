import type { Look } from '../../engine/live/live-shard.ts'

/** Shards whose stories are to be looked at, longest waiting first. */
export class LookQueue {
  /** How long a shard waits whose new facts might only change a story, in milliseconds: more of them come. */
  readonly #patience: number
  /** Since when each waits. */
  readonly #urgent = new Map<string, number>()
  readonly #soon = new Map<string, number>()
  readonly #eventually = new Map<string, number>()

  constructor(patience: number) {
    this.#patience = patience
  }

  get isEmpty(): boolean {
    return this.#urgent.size + this.#soon.size + this.#eventually.size === 0
  }

  get size(): number {
    return this.#urgent.size + this.#soon.size + this.#eventually.size
  }

  has(shard: string): boolean {
    return this.#urgent.has(shard) || this.#soon.has(shard) || this.#eventually.has(shard)
  }

  /** `urgent`: comes before others. */
  add(shard: string, look: Look | 'urgent', now: number): void {
    if (this.#urgent.has(shard)) return
    if (look === 'urgent') this.#put(this.#urgent, shard, now)
    else if (look === 'soon') {
      if (!this.#soon.has(shard)) this.#put(this.#soon, shard, now)
    } else if (!this.has(shard)) this.#eventually.set(shard, now)
  }

  #put(queue: Map<string, number>, shard: string, now: number): void {
    this.done(shard)
    queue.set(shard, now)
  }

  done(shard: string): void {
    this.#urgent.delete(shard)
    this.#soon.delete(shard)
    this.#eventually.delete(shard)
  }

  /** The next whose time has come; `isHasty`: however short it waits. */
  next(now: number, isHasty: boolean): string | null {
    for (const [shard] of this.#urgent) return shard
    for (const [shard] of this.#soon) return shard
    for (const [shard, since] of this.#eventually) return isHasty || now - since >= this.#patience ? shard : null
    return null
  }

  isDue(now: number, isHasty: boolean): boolean {
    return this.next(now, isHasty) !== null
  }
}
