/**
 * Memory and speed of live state: one host with five million facts a day, and very many quiet hosts, of which few have their machines at
 * hand. The facts are the lab's: a busy server's day, told again and again at the same time by processes of other pids, and quiet
 * workstations under as many names as are wanted. What is kept of a shard is in memory here. Times are the processor's. Lab figures.
 *
 *     node --expose-gc bench/live.ts [--facts 5000000] [--hosts 10000] [--days 1]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { LogCounts } from '../src/coverage/index.ts'
import { packFacts, unpackFacts } from '../src/engine/fact-packing.ts'
import { mergeRuns } from '../src/engine/fact-runs.ts'
import { LiveShard, type ShardMemory } from '../src/engine/live/live-shard.ts'
import type { ShardBase, TailFact } from '../src/engine/live/shard-base.ts'
import type { PackedFacts } from '../src/engine/ports.ts'
import { weigh } from '../src/engine/weigh.ts'
import { allChannels } from '../src/lab/fleet/host-plan.ts'
import { writeFleet } from '../src/lab/fleet/write-fleet.ts'
import type { Fact } from '../src/model/fact.ts'
import { extractInputs, TemporaryFolder } from '../src/run/index.ts'
import { findInputs } from '../src/sources/inputs.ts'

const { values: options } = parseArgs({
  allowPositionals: true,
  options: {
    facts: { type: 'string', default: '5000000' },
    hosts: { type: 'string', default: '10000' },
    days: { type: 'string', default: '1' },
  },
})

const day = 86_400_000
const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MB`

/** Milliseconds of the processor's time, which a machine that is busy with other things does not change. */
function spentSoFar(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** What is on the heap once garbage is gone. */
function heap(): number {
  if (!globalThis.gc) throw new Error('run with --expose-gc')
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function factsOf(folder: string): Promise<Fact[]> {
  const temporary = new TemporaryFolder()
  try {
    const { runs } = await extractInputs((await findInputs([folder])).inputs, 1, temporary)
    return [...mergeRuns(runs)].map(({ fact }) => fact)
  } finally {
    temporary.remove()
  }
}

async function madeBy(
  fleet: { hosts: number; profile: 'server' | 'workstation'; noise: 'busy' | 'quiet' },
  days: number,
) {
  const folder = mkdtempSync(join(tmpdir(), 'tasktrail-bench-'))
  const rest = { days, seed: 1, channels: allChannels, recordsCommandLines: true, securityDays: days } as const
  try {
    writeFleet({ ...fleet, ...rest, attacks: [], format: 'evtx' }, folder)
    return await factsOf(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The same fact, told by another process a little later. */
function copyOf(fact: Fact, copy: number, step: number): Fact {
  const moved: Record<string, unknown> = {
    ...fact,
    time: fact.time + copy * step,
    recordId: fact.recordId + copy * 10_000_000,
  }
  for (const name of ['pid', 'parentPid', 'enginePid', 'clientPid'])
    if (typeof moved[name] === 'number' && moved[name] > 4)
      moved[name] = (moved[name] as number) + (copy % 16) * 100_000
  for (const name of ['guid', 'parentGuid', 'clientGuid', 'instance'])
    if (typeof moved[name] === 'string') moved[name] = `${moved[name]}/${copy}`
  return moved as unknown as Fact
}

/** What a store keeps of a shard. */
class Kept implements ShardMemory {
  rows: { readonly entry: number; readonly last: number; readonly facts: PackedFacts }[] = []
  #base: Buffer | null = null

  base(): ShardBase | null {
    return this.#base && (JSON.parse(zstdDecompressSync(this.#base).toString('utf8')) as ShardBase)
  }

  *tail(): Generator<TailFact> {
    for (const { entry, facts } of this.rows) for (const fact of unpackFacts(facts)) yield { fact, entry, hash: 0 }
  }

  counts(): LogCounts[] {
    return []
  }

  take(live: LiveShard, entry: number, facts: readonly Fact[]): boolean {
    const arrival = facts.at(-1)?.time ?? 0
    this.rows.push({ entry, last: arrival, facts: packFacts(facts) })
    live.take({ entry, arrival, facts, hashes: null, counts: null })
    const moved = live.moveBase()
    if (moved === null) return false
    this.#base = zstdCompressSync(JSON.stringify(moved.base))
    this.rows = this.rows.filter(({ last }) => last > moved.base.time)
    return true
  }

  get baseBytes(): number {
    return this.#base?.length ?? 0
  }

  get tailBytes(): number {
    return this.rows.reduce((sum, { facts }) => sum + facts.numbers.byteLength + facts.texts.byteLength, 0)
  }
}

/** Hosts whose small states are held at once to measure them. */
const coldHosts = 20_000

/** Facts that come at once. */
const inEntry = 500

/** How fast machines that are at hand take what comes in order: the story day after day. */
function feedInOrder(day: readonly Fact[]): void {
  const story = [...Array(10).keys()].flatMap((copy) => day.map((fact) => copyOf(fact, copy, 86_400_000)))
  const live = new LiveShard('busy', null, { base: () => null, tail: () => [], counts: () => [] })
  live.sights()
  const begin = spentSoFar()
  for (let from = 0; from < story.length; from += inEntry) {
    const facts = story.slice(from, from + inEntry)
    live.take({ entry: from, arrival: facts.at(-1)?.time ?? 0, facts, hashes: null, counts: null })
  }
  const rate = ((story.length / (spentSoFar() - begin)) * 1000).toFixed(0)
  console.log(`machines at hand: ${rate} facts/s in order`)
}

async function busyHost(): Promise<void> {
  const story = await madeBy({ hosts: 1, profile: 'server', noise: 'busy' }, 1)
  const copies = Math.ceil(Number(options.facts) / story.length)
  const first = story[0]?.time ?? 0
  // The day's facts, hour by hour, each told by all its copies within the hour.
  feedInOrder(story)
  const hours = Map.groupBy(story, ({ time }) => Math.floor((time - first) / (day / 24)))
  const kept = new Kept()
  const live = new LiveShard('busy', null, kept)
  const before = heap()
  let [most, facts, spent, looking, looks, bases, entry] = [0, 0, 0, 0, 0, 0, 0]
  for (const [, ofHour] of hours) {
    const told = ofHour
      .flatMap((fact) => [...Array(copies).keys()].map((copy) => copyOf(fact, copy, 20)))
      .sort((a, b) => a.time - b.time)
    const begin = spentSoFar()
    for (let from = 0; from < told.length; from += inEntry) {
      if (kept.take(live, ++entry, told.slice(from, from + inEntry))) bases++
      if (entry % 64 > 0) continue
      const looked = spentSoFar()
      live.sights()
      looking += spentSoFar() - looked
      looks++
    }
    spent += spentSoFar() - begin
    facts += told.length
    told.length = 0
    most = Math.max(most, heap() - before)
  }
  const rate = ((facts / spent) * 1000).toFixed(0)
  console.log(
    `one busy host: ${facts} facts in a day, ${rate} facts/s with ${looks} looks of ${(looking / looks).toFixed(0)} ms and ${bases} bases, at most ${megabytes(most)}`,
  )
  const begin = spentSoFar()
  live.cool()
  const { chains } = weigh(live.sights(), 'none', null)
  console.log(
    `its base: ${megabytes(kept.baseBytes)}, its tail ${megabytes(kept.tailBytes)}; ${chains.length} chains made anew and weighed in ${(spentSoFar() - begin).toFixed(0)} ms`,
  )
  console.log(live.sights().givenUp.join('\n'))
}

async function quietHosts(): Promise<void> {
  const stories = [
    ...Map.groupBy(
      await madeBy({ hosts: 20, profile: 'workstation', noise: 'quiet' }, Number(options.days)),
      ({ host }) => host,
    ).values(),
  ]
  const count = Number(options.hosts)
  const lights: string[] = []
  const nothing: ShardMemory = { base: () => null, tail: () => [], counts: () => [] }
  let [facts, bases, baseBytes, tailBytes, spent, anew] = [0, 0, 0, 0, 0, 0]
  for (let n = 0; n < count; n++) {
    const kept = new Kept()
    const story = (stories[n % stories.length] as Fact[]).map((fact) => ({ ...fact, host: `host${n}.example.test` }))
    const live = new LiveShard(`host${n}`, null, kept)
    const begin = spentSoFar()
    for (let from = 0; from < story.length; from += 20) if (kept.take(live, from, story.slice(from, from + 20))) bases++
    spent += spentSoFar() - begin
    facts += story.length
    baseBytes += kept.baseBytes
    tailBytes += kept.tailBytes
    const again = spentSoFar()
    if (n < 100) weigh(live.sights(), 'none', null)
    anew += spentSoFar() - again
    lights.push(JSON.stringify(live.light()))
  }
  stories.length = 0
  heap()
  const before = heap()
  const cold = [...Array(coldHosts).keys()].map(
    (n) => new LiveShard(`host${n}`, JSON.parse(lights[n % count] as string), nothing),
  )
  const bytes = heap() - before
  const each = (sum: number) => `${(sum / count / 1024).toFixed(1)} kB`
  console.log(
    `${count} quiet hosts after ${options.days} days: ${(facts / count).toFixed(0)} facts and ${(bases / count).toFixed(1)} bases each, ${((facts / spent) * 1000).toFixed(0)} facts/s; ${(bytes / cold.length / 1024).toFixed(1)} kB in memory, ${each(baseBytes)} of base, ${each(tailBytes)} of tail not compressed; ${(anew / Math.min(100, count)).toFixed(1)} ms to make one anew and weigh it`,
  )
}

await busyHost()
await quietHosts()
