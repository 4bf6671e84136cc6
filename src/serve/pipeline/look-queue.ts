import type { Look } from '../../engine/live/live-shard.ts'

/** Shards whose stories are to be looked at, longest waiting first. */
export class LookQueue {
  /** How long a shard waits whose new facts might only change a story, in milliseconds: more of them come. */
  readonly #patience: number
  /** Since when each waits. */
  readonly #soon = new Map<string, number>()
  readonly #eventually = new Map<string, number>()

  constructor(patience: number) {
    this.#patience = patience
  }

  get isEmpty(): boolean {
    return this.#soon.size + this.#eventually.size === 0
  }

  get size(): number {
    return this.#soon.size + this.#eventually.size
  }

  has(shard: string): boolean {
    return this.#soon.has(shard) || this.#eventually.has(shard)
  }

  add(shard: string, look: Look, now: number): void {
    if (this.#soon.has(shard)) return
    if (look === 'soon') {
      this.#eventually.delete(shard)
      this.#soon.set(shard, now)
    } else if (!this.#eventually.has(shard)) this.#eventually.set(shard, now)
  }

  done(shard: string): void {
    this.#soon.delete(shard)
    this.#eventually.delete(shard)
  }

  /** The next whose time has come; `isHasty`: however short it waits. */
  next(now: number, isHasty: boolean): string | null {
    for (const [shard] of this.#soon) return shard
    for (const [shard, since] of this.#eventually) return isHasty || now - since >= this.#patience ? shard : null
    return null
  }

  isDue(now: number, isHasty: boolean): boolean {
    return this.next(now, isHasty) !== null
  }
}
