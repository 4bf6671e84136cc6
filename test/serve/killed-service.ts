import { join } from 'node:path'
import { OutboxDesk } from '../../src/serve/alerts/desk.ts'
import type { Post, ReadPost } from '../../src/serve/ports.ts'
import type { Reading } from '../../src/serve/reading/index.ts'
import { Service } from '../../src/serve/service.ts'
import { Store } from '../../src/serve/store/store.ts'
import { ForgetfulFiles, randomFrom } from './forgetful-files.ts'

/** Posts that were read once, whoever asks for them and however often. */
export function readOnce(reading: Reading): Reading {
  const read = new Map<Post, Promise<ReadPost>>()
  return {
    read(post) {
      const known = read.get(post) ?? reading.read(post)
      read.set(post, known)
      return known
    },
    close: async () => {},
  }
}

/** A post, and when it is sent. */
export interface SentPost {
  readonly post: Post
  readonly at: number
}

export interface KilledRun {
  /** In the order in which they are sent; each is sent again until it is acknowledged. */
  readonly posts: readonly SentPost[]
  readonly reading: Reading
  /** A folder for the store. */
  readonly folder: string
  readonly seed: number
  /** At which step each life ends, after which there is one more that does not. */
  readonly kills: readonly number[]
}

export interface KilledOutcome {
  readonly store: Store
  readonly faults: readonly string[]
  /** Steps of each life. */
  readonly steps: readonly number[]
}

/** Posts on their way at a time. */
const together = 3

/** Sends posts to a service that is killed again and again, and gives the store as it is in the end. */
export async function runKilled({ posts, reading, folder, seed, kills }: KilledRun): Promise<KilledOutcome> {
  const random = randomFrom(seed)
  const clock = { now: posts[0]?.at ?? 0 }
  const faults: string[] = []
  const steps: number[] = []
  const acknowledged = new Set<SentPost>()
  let files = new ForgetfulFiles(seed)
  for (let life = 0; ; life++) {
    files.killAt = kills[life] ?? Number.POSITIVE_INFINITY
    const store = Store.open(join(folder, `${seed}.db`))
    const service = await opened({ store, files, reading, faults, now: () => clock.now })
    if (service !== null) {
      const waiting = posts.filter((post) => !acknowledged.has(post))
      while (waiting.length > 0 && !files.isKilled) {
        const sent = waiting.splice(0, 1 + Math.floor(random() * together))
        clock.now = sent.reduce((now, { at }) => Math.max(now, at), clock.now)
        await service.tick()
        const answers = await Promise.all(sent.map(({ post }) => service.intake.take(post)))
        for (const [n, { kind }] of answers.entries()) if (kind === 'kept') acknowledged.add(sent[n] as SentPost)
        // somebody who takes a while, so that what was sent is committed meanwhile, or not
        if (random() < 0.3) await Promise.race([service.settle(), files.killed])
        clock.now += Math.floor(random() * 2_000)
      }
      for (let n = 0; n < 2 && !files.isKilled; n++) {
        await Promise.race([service.settle(), files.killed])
        clock.now += 60_000
        await service.tick()
      }
      if (!files.isKilled) await Promise.race([service.settle(), files.killed])
      await service.stop()
    }
    steps.push(files.steps)
    if (service !== null && !files.isKilled) return { store, faults, steps }
    store.close()
    clock.now += 5_000
    files = files.afterKill(seed + life)
  }
}

async function opened({
  store,
  files,
  reading,
  faults,
  now,
}: {
  store: Store
  files: ForgetfulFiles
  reading: Reading
  faults: string[]
  now: () => number
}): Promise<Service | null> {
  const transaction = store.transaction.bind(store)
  // what is committed is on the disk; before and after it the machine may stop
  Object.assign(store, {
    transaction<T>(work: () => T): T {
      files.step()
      const result = transaction(work)
      files.step()
      return result
    },
  })
  try {
    return await Service.open({
      ...{ store, log: '/log', reading, files, tickEvery: 0, now },
      desk: new OutboxDesk(store.outbox, { severity: 'low', targets: ['receiver'] }),
      logSettings: { segmentBytes: 200_000, groupBytes: 1 << 20 },
      weighing: { choice: 'none', baselineId: 'none', settings: null },
      fault: (text) => {
        // what was being written when it was killed
        if (!files.isKilled && !text.includes('not written whole')) faults.push(text)
      },
    })
  } catch (error) {
    if (files.isKilled) return null
    throw error
  }
}
