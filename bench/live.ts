/**
 * Memory and speed of live state: one host with five million facts a day, and very many quiet hosts, of which most are packed.
 * The facts are the lab's: a busy server's day, told again and again at the same time by processes of other pids, and quiet
 * workstations under as many names as are wanted. Lab figures.
 *
 *     node --expose-gc bench/live.ts [--facts 5000000] [--hosts 10000] [--days 1]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mergeRuns } from '../src/engine/fact-runs.ts'
import { LiveFleet } from '../src/engine/live/live-fleet.ts'
import { LiveHost } from '../src/engine/live/live-host.ts'
import { liveSettings } from '../src/engine/live/settings.ts'
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

async function busyHost(): Promise<void> {
  const story = await madeBy({ hosts: 1, profile: 'server', noise: 'busy' }, 1)
  const copies = Math.ceil(Number(options.facts) / story.length)
  const first = story[0]?.time ?? 0
  // The day's facts, hour by hour, each told by all its copies within the hour.
  const hours = Map.groupBy(story, ({ time }) => Math.floor((time - first) / (day / 24)))
  const host = LiveHost.begin(story[0]?.host ?? '', liveSettings)
  const before = heap()
  let [most, facts, chains, spent] = [0, 0, 0, 0]
  for (const [, ofHour] of hours) {
    const told = ofHour
      .flatMap((fact) => [...Array(copies).keys()].map((copy) => copyOf(fact, copy, 20)))
      .sort((a, b) => a.time - b.time)
    const begin = performance.now()
    for (const [place, fact] of told.entries()) {
      host.add(fact.channel, fact)
      if (place % 16_384 === 0) chains += host.release().chains.length
    }
    spent += performance.now() - begin
    facts += told.length
    told.length = 0
    most = Math.max(most, heap() - before)
  }
  const rate = ((facts / spent) * 1000).toFixed(0)
  console.log(
    `one busy host: ${facts} facts in a day, ${rate} facts/s, at most ${megabytes(most)}, ${chains} chains let go`,
  )
  const begin = performance.now()
  const text = JSON.stringify(host.snapshot())
  console.log(`its snapshot: ${megabytes(text.length)}, made in ${(performance.now() - begin).toFixed(0)} ms`)
  console.log(host.givenUp().join('\n'))
}

async function quietHosts(): Promise<void> {
  const stories = [
    ...Map.groupBy(
      await madeBy({ hosts: 20, profile: 'workstation', noise: 'quiet' }, Number(options.days)),
      ({ host }) => host,
    ).values(),
  ]
  const fleet = new LiveFleet()
  const before = heap()
  const count = Number(options.hosts)
  let [facts, chains] = [0, 0]
  const begin = performance.now()
  for (let n = 0; n < count; n++) {
    for (const fact of stories[n % stories.length] as Fact[]) {
      fleet.add(fact.channel, { ...fact, host: `host${n}.example.test` })
      facts++
    }
    if (n % 100 === 0) for (const released of fleet.release()) chains += released.chains.length
  }
  const spent = (performance.now() - begin) / 1000
  const bytes = heap() - before
  console.log(
    `${count} quiet hosts, ${liveSettings.readyHosts} of them ready: ${(facts / count).toFixed(0)} facts each, ${megabytes(bytes)} in all after ${options.days} days, ${(fleet.packedBytes() / (count - liveSettings.readyHosts) / 1024).toFixed(1)} kB for each that is packed, ${chains} chains let go; ${spent.toFixed(0)} s`,
  )
}

await busyHost()
await quietHosts()
