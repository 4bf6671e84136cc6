import { Worker } from 'node:worker_threads'
import { faultText } from '../../model/problem.ts'
import type { Post, ReadPost } from '../ports.ts'
import { type ReadWithClock, unreadPost } from './post-reader.ts'
import type { Reading, SourceClocks } from './reading.ts'

/** In TypeScript in development, and as JavaScript where it is published, in a folder beside that of the chunk that this is in. */
const workerModule = new URL(
  `../reading/reading-worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`,
  import.meta.url,
)

/** A post of the size that a door takes, ten times over: more than any real one needs. */
const limits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 1_024 } as const

interface Job {
  readonly post: Post
  readonly done: (read: ReadPost) => void
}

/** Threads that read posts, the next to whoever is free. A post on which one breaks (its heap is full, say) is told as unread, and another takes its place. */
export class ReaderPool implements Reading {
  readonly #limits: typeof limits | { readonly maxOldGenerationSizeMb: number }
  readonly #clocks: SourceClocks
  readonly #waiting: Job[] = []
  readonly #threads: ReaderThread[]
  #isClosed = false

  constructor(threads: number, clocks: SourceClocks, resources: { readonly maxOldGenerationSizeMb: number } = limits) {
    this.#clocks = clocks
    this.#limits = resources
    this.#threads = Array.from({ length: threads }, () => this.#thread())
  }

  read(post: Post): Promise<ReadPost> {
    return new Promise((done) => {
      this.#waiting.push({ post, done })
      this.#handOut()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const { post, done } of this.#waiting.splice(0))
      done(unreadPost(post.bytes.length, 'damaged', 'the service ends'))
    await Promise.all(this.#threads.map((thread) => thread.end()))
  }

  #handOut(): void {
    for (const [place, thread] of this.#threads.entries()) {
      if (this.#waiting.length === 0 || this.#isClosed) return
      if (!thread.isFree) continue
      const whole = thread.isBroken ? this.#thread() : thread
      this.#threads[place] = whole
      whole.take(this.#waiting.shift() as Job)
    }
  }

  #thread(): ReaderThread {
    return new ReaderThread(this.#limits, this.#clocks, () => this.#handOut())
  }
}

class ReaderThread {
  isBroken = false
  #job: Job | null = null
  readonly #worker: Worker
  readonly #clocks: SourceClocks
  readonly #isFreeAgain: () => void

  constructor(
    resourceLimits: { readonly maxOldGenerationSizeMb: number },
    clocks: SourceClocks,
    isFreeAgain: () => void,
  ) {
    this.#clocks = clocks
    this.#isFreeAgain = isFreeAgain
    this.#worker = new Worker(workerModule, { resourceLimits })
    this.#worker.on('message', async ({ read, clock }: ReadWithClock) => {
      if (this.#job && clock !== null) await this.#clocks.learn(this.#job.post.source, clock)
      this.#finish(read)
    })
    this.#worker.on('error', (error) => this.#break(faultText(error)))
    this.#worker.on('exit', (code) => this.#break(`the thread that read it ended with code ${code}`))
  }

  get isFree(): boolean {
    return this.#job === null
  }

  take(job: Job): void {
    this.#job = job
    this.#worker.postMessage(this.#clocks.withClock(job.post))
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #break(reason: string): void {
    if (this.isBroken) return
    this.isBroken = true
    this.#finish(unreadPost(this.#job?.post.bytes.length ?? 0, 'damaged', reason))
  }

  #finish(read: ReadPost): void {
    const job = this.#job
    this.#job = null
    job?.done(read)
    this.#isFreeAgain()
  }
}
