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

/** Keeps what clocks have shown over the end of the service. */
export interface KeptClocks {
  /** What was kept until now, by source. */
  readonly all: ReadonlyMap<string, ClockMemory>
  /** Settles when it is on the disk, as far as it has to be; never rejects. */
  keep(source: string, memory: ClockMemory): Promise<void>
  forget(source: string): void
}

/** What the clocks of sources whose times have no zone have shown. */
export class SourceClocks {
  readonly #clocks: Map<string, ClockMemory>
  readonly #kept: KeptClocks | null

  constructor(kept: KeptClocks | null) {
    this.#kept = kept
    this.#clocks = new Map(kept?.all)
  }

  withClock({ bytes, kind, items, takenTo = 0, sender, source }: Post): PostToRead {
    return { bytes, kind, items, takenTo, hosts: sender.hosts, clock: this.#clocks.get(source) ?? null }
  }

  /** To be waited for before what was read by it is kept: read again after a start, the next post is read alike. */
  async learn(source: string, clock: ClockMemory | null): Promise<void> {
    if (clock === null) return
    this.#clocks.delete(source)
    this.#clocks.set(source, clock)
    if (this.#clocks.size > mostSources) {
      const [oldest = ''] = this.#clocks.keys()
      this.#clocks.delete(oldest)
      this.#kept?.forget(oldest)
    }
    await this.#kept?.keep(source, clock)
  }
}
