import { parentPort } from 'node:worker_threads'
import type { ReadPost } from '../ports.ts'
import { PostReader, type PostToRead } from './post-reader.ts'

// One thread that reads posts as they are handed to it, one after the other.

if (!parentPort) throw new Error('this module runs as a worker thread')
const port = parentPort
const reader = new PostReader()

const ownBuffers = ({ shards }: ReadPost): ArrayBuffer[] =>
  shards.flatMap(({ facts, contentHashes, originals, originalEnds, counts }) =>
    [facts.numbers, facts.texts, contentHashes, originals, originalEnds, counts].map(({ buffer }) => buffer),
  )

port.on('message', async (post: PostToRead) => {
  const result = await reader.read(post)
  // of one text encoder's memory there may be several views
  port.postMessage(result, [...new Set(ownBuffers(result.read))])
})
