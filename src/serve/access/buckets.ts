/** How often something may happen: `burst` times at once, and `perSecond` times a second from then on. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** Most keys that are remembered; the one unheard of for longest is forgotten first, as if its bucket were full again. */
const mostKeys = 10_000

interface Bucket {
  left: number
  time: number
}

/** Counts what happens by who does it. In memory alone: after a start everybody begins anew. */
export class Buckets {
  readonly #rate: Rate
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: Rate) {
    this.#rate = rate
  }

  /** Takes one at a time in milliseconds; 0 if there was one, else the whole seconds until there is. */
  take(key: string, now: number): number {
    const { burst, perSecond } = this.#rate
    const before = this.#buckets.get(key)
    const passed = before ? Math.max(0, now - before.time) / 1000 : 0
    const left = before ? Math.min(burst, before.left + passed * perSecond) : burst
    this.#buckets.delete(key) // so that it goes to the end, as the one heard of last
    this.#buckets.set(key, { left: left < 1 ? left : left - 1, time: now })
    if (this.#buckets.size > mostKeys) this.#buckets.delete(this.#buckets.keys().next().value as string)
    return left < 1 ? Math.ceil((1 - left) / perSecond) : 0
  }
}
