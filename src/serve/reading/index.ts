import { PostReader } from './post-reader.ts'
import { ReaderPool } from './reader-pool.ts'
import { type KeptClocks, type Reading, SourceClocks } from './reading.ts'

export { openClockFile } from './clock-file.ts'
export type { KeptClocks, Reading } from './reading.ts'

/**
 * Makes facts of posts, in so many threads; 0: in this one, whose work waits meanwhile. `kept`: what clocks without a zone showed before the start;
 * null: nothing, and nothing is kept.
 */
export function openReading(threads: number, kept: KeptClocks | null = null): Reading {
  const clocks = new SourceClocks(kept)
  if (threads > 0) return new ReaderPool(threads, clocks)
  const reader = new PostReader()
  let last: Promise<unknown> = Promise.resolve()
  return {
    read(post) {
      const read = last.then(async () => {
        const { read, clock } = await reader.read(clocks.withClock(post))
        await clocks.learn(post.source, clock)
        return read
      })
      last = read
      return read
    },
    close: async () => {},
  }
}
