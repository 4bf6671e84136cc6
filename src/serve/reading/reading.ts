import type { ClockMemory } from '../../sources/json/local-clock.ts'
import type { Post, ReadPost } from '../ports.ts'
import type { PostToRead } from './post-reader.ts'

/** Makes facts of posts. */
export interface Reading {
  /** Never rejects: what cannot be read is a problem of the post. */
  read(post: Post): Promise<ReadPost>
  /** What is in hand then is not read any more. */
  close(): Promise<void>
}

/** Sources whose clock is remembered; only those count whose times have no zone. */
const mostSources = 10_000

/** What the clocks of sources whose times have no zone have shown. */
export class SourceClocks {
  readonly #clocks = new Map<string, ClockMemory>()

  withClock({ bytes, kind, items, sender, source }: Post): PostToRead {
    return { bytes, kind, items, hosts: sender.hosts, clock: this.#clocks.get(source) ?? null }
  }

  learn(source: string, clock: ClockMemory | null): void {
    if (clock === null) return
    this.#clocks.delete(source)
    this.#clocks.set(source, clock)
    if (this.#clocks.size <= mostSources) return
    const [oldest] = this.#clocks.keys()
    if (oldest !== undefined) this.#clocks.delete(oldest)
  }
}
