/**
 * How fast the service makes what is sent durable and applies it, where every record is a fact. Without `--threads` the posts are read
 * beforehand, so that what is measured is the log, the states and the store. Figures are those of one machine and its disk.
 *
 *     node bench/serve.ts [--hosts 40] [--days 2] [--records 500] [--together 16] [--threads 0] [--folder DIR]
 *     node bench/serve.ts --syncs [--folder DIR]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { winlogbeat8Writer } from '../src/lab/carriers/ecs.ts'
import type { LabEvent } from '../src/lab/evtx-writer/lab-event.ts'
import { allChannels } from '../src/lab/fleet/host-plan.ts'
import { makeFleet } from '../src/lab/fleet/make-fleet.ts'
import { nodeFiles } from '../src/serve/files/node-files.ts'
import { Log } from '../src/serve/log/log.ts'
import type { Post, ReadPost } from '../src/serve/ports.ts'
import { openReading, type Reading } from '../src/serve/reading/index.ts'
import { Service } from '../src/serve/service.ts'
import { Store } from '../src/serve/store/store.ts'

const { values: options } = parseArgs({
  options: {
    hosts: { type: 'string', default: '40' },
    days: { type: 'string', default: '2' },
    records: { type: 'string', default: '500' },
    together: { type: 'string', default: '16' },
    threads: { type: 'string', default: '0' },
    folder: { type: 'string', default: tmpdir() },
    syncs: { type: 'boolean', default: false },
  },
})

const folder = mkdtempSync(join(options.folder, 'tasktrail-bench-'))
try {
  if (options.syncs) await measureSyncs()
  else await measureService()
} finally {
  rmSync(folder, { recursive: true })
}

/** What it costs that an answer waits for the disk: one entry at a time, and many whose syncs are shared. */
async function measureSyncs(): Promise<void> {
  const body = [new Uint8Array(20_000)]
  for (const together of [1, 4, 16, 64]) {
    const log = await Log.open(nodeFiles, join(folder, `log-${together}`), 0, { take: () => {}, damaged: () => {} })
    const count = together * 50
    const begun = performance.now()
    await inTurn(count, together, async () => void (await log.add(body)))
    const seconds = (performance.now() - begun) / 1_000
    const each = ((seconds / log.syncs) * 1_000).toFixed(2)
    console.log(`${together} together: ${rate(count, seconds)} entries of 20 kB, ${log.syncs} syncs of ${each} ms`)
    await log.close()
  }
}

async function measureService(): Promise<void> {
  const posts = fleetPosts()
  const threads = Number(options.threads)
  const reading = threads > 0 ? openReading(threads) : await readBefore(posts)
  const store = Store.open(join(folder, 'store.db'))
  const last = posts.reduce((time, { at }) => Math.max(time, at), 0)
  const service = await Service.open({
    ...{ store, log: join(folder, 'log'), reading, fault: console.error, now: () => last },
    weighing: { choice: 'none', baselineId: 'none', settings: null },
    desk: { published: () => {}, withdrawn: () => {} },
  })
  let [records, refused] = [0, 0]
  const begun = performance.now()
  await inTurn(posts.length, Number(options.together), async (n) => {
    const { post } = posts[n] as FleetPost
    for (;;) {
      const taken = await service.intake.take(post)
      if (taken.kind === 'kept') {
        records += taken.records
        return
      }
      refused++
      await new Promise((again) => setTimeout(again, 20))
    }
  })
  const kept = (performance.now() - begun) / 1_000
  while (service.status().log.applied < service.status().log.entries)
    await new Promise((again) => setTimeout(again, 10))
  const applied = (performance.now() - begun) / 1_000
  await service.settle()
  const settled = (performance.now() - begun) / 1_000
  const { syncs } = service.status().log
  console.log(
    `${records} records, each a fact, in ${posts.length} posts of ${options.hosts} hosts; refused ${refused} times`,
  )
  console.log(`durable    ${rate(records, kept)}, ${syncs} syncs`)
  console.log(`applied    ${rate(records, applied)}`)
  console.log(
    `looked at  ${rate(records, settled)}, ${Object.values(store.findings.counts()).reduce((a, b) => a + b)} chains`,
  )
  console.log(`memory     ${Math.round(process.memoryUsage.rss() / 1e6)} MB`)
  await service.stop()
  store.close()
}

interface FleetPost {
  readonly post: Post
  readonly at: number
}

/** Nearly every record of the lab's logs is read by somebody: batches of each log, in the order in which they come. */
function fleetPosts(): FleetPost[] {
  const size = Number(options.records)
  const batches = new Map<string, LabEvent[]>()
  const posts: FleetPost[] = []
  const send = (source: string, events: readonly LabEvent[]) => {
    const text = Buffer.from(events.map((event) => `${winlogbeat8Writer.line(event)}\n`).join(''))
    const bytes = new Uint8Array(new SharedArrayBuffer(text.length))
    bytes.set(text)
    const post: Post = { sender: { name: 'bench', hosts: null }, source, bytes, kind: 'json-lines', items: null }
    posts.push({ post, at: events.at(-1)?.time.time ?? 0 })
  }
  makeFleet(
    {
      ...{ hosts: Number(options.hosts), days: Number(options.days), seed: 1, profile: 'mixed', noise: 'quiet' },
      ...{ channels: allChannels, recordsCommandLines: true, securityDays: 1, attacks: [], format: 'winlogbeat-8' },
    },
    {
      cleared: () => {},
      events({ name }, channel, events) {
        const source = `${name} ${channel}`
        const batch = batches.get(source) ?? []
        batches.set(source, batch)
        for (const event of events) batch.push(event)
        while (batch.length >= size) send(source, batch.splice(0, size))
      },
      end: () => {},
    },
  )
  for (const [source, batch] of batches) if (batch.length > 0) send(source, batch)
  return posts.sort((a, b) => a.at - b.at)
}

async function readBefore(posts: readonly FleetPost[]): Promise<Reading> {
  const reading = openReading(0)
  const read = new Map<Post, ReadPost>()
  for (const { post } of posts) read.set(post, await reading.read(post))
  return { read: async (post) => read.get(post) as ReadPost, close: async () => {} }
}

/** So many things, of which some go on at a time. */
async function inTurn(count: number, together: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < count) await work(next++)
  }
  await Promise.all(Array.from({ length: together }, worker))
}

function rate(count: number, seconds: number): string {
  return `${Math.round(count / seconds).toLocaleString('en')} a second (${seconds.toFixed(2)} s)`
}
