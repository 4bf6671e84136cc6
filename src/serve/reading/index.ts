import { PostReader } from './post-reader.ts'
import { ReaderPool } from './reader-pool.ts'
import { type Reading, SourceClocks } from './reading.ts'

export type { Reading } from './reading.ts'

/** Makes facts of posts, in so many threads; 0: in this one, whose work waits meanwhile. */
export function openReading(threads: number): Reading {
  if (threads > 0) return new ReaderPool(threads)
  const reader = new PostReader()
  const clocks = new SourceClocks()
  let last: Promise<unknown> = Promise.resolve()
  return {
    read(post) {
      const read = last.then(async () => {
        const { read, clock } = await reader.read(clocks.withClock(post))
        clocks.learn(post.source, clock)
        return read
      })
      last = read
      return read
    },
    close: async () => {},
  }
}
