import { LogCounter, type LogCounts, noLogCounts } from '../../src/coverage/index.ts'
import { noteStep, stepOf } from '../../src/engine/clock-steps.ts'
import { newTally } from '../../src/engine/extract.ts'
import { runOf } from '../../src/engine/fact-runs.ts'
import { type Arrived, LiveShard, readLight, type ShardMemory } from '../../src/engine/live/live-shard.ts'
import type { LiveSettings } from '../../src/engine/live/settings.ts'
import type { ShardBase, TailFact } from '../../src/engine/live/shard-base.ts'
import { scan } from '../../src/engine/scan.ts'
import { noteScript } from '../../src/engine/scripts.ts'
import { type Sight, weigh } from '../../src/engine/weigh.ts'
import type { Fact } from '../../src/model/fact.ts'
import type { ScoredChain } from '../../src/model/finding.ts'
import type { WindowsRecord } from '../../src/model/record.ts'

/** What a store keeps of a shard, as JSON where it would be written. */
export class KeptShard implements ShardMemory {
  #base: string | null = null
  #rows: { readonly entry: number; readonly facts: readonly TailFact[] }[] = []

  base(): ShardBase | null {
    return this.#base === null ? null : (JSON.parse(this.#base) as ShardBase)
  }

  tail(): TailFact[] {
    return this.#rows.flatMap(({ facts }) => facts)
  }

  counts(): LogCounts[] {
    const entry = this.base()?.entry ?? -1
    return this.#rows.filter((row) => row.entry > entry).map(({ facts }) => countsOf(facts.map(({ fact }) => fact)))
  }

  keep(entry: number, facts: readonly TailFact[]): void {
    this.#rows.push({ entry, facts })
  }

  move(base: ShardBase): void {
    this.#base = JSON.stringify(base)
    this.#rows = this.#rows.filter(
      ({ entry, facts }) => entry > base.entry || facts.some(({ fact }) => fact.time > base.time),
    )
  }

  get baseBytes(): number {
    return this.#base?.length ?? 0
  }
}

/** A shard with what is kept of it, as a service has it. */
export class KeptLive {
  readonly memory = new KeptShard()
  readonly settings: LiveSettings
  live: LiveShard
  bases = 0
  #entry = 0

  constructor(settings: LiveSettings) {
    this.settings = settings
    this.live = new LiveShard('ws1', null, this.memory, settings)
  }

  take(facts: readonly Fact[], arrival: number, hashOf: (fact: Fact) => number = () => 0): void {
    const entry = ++this.#entry
    const hashes = facts.map(hashOf)
    this.memory.keep(
      entry,
      facts.map((fact, i) => ({ fact, entry, hash: hashes[i] as number })),
    )
    const arrived: Arrived = { entry, arrival, facts, hashes, counts: countsOf(facts) }
    this.live.take(arrived)
    const moved = this.live.moveBase()
    if (!moved) return
    this.memory.move(moved.base)
    this.bases++
  }

  /** As after the process was ended. */
  restart(): void {
    this.live = this.#again()
  }

  #again(): LiveShard {
    const read = readLight(JSON.parse(JSON.stringify(this.live.light())))
    if (read.kind === 'problem') throw new Error(read.reason)
    return new LiveShard('ws1', read.light, this.memory, this.settings)
  }

  /** What another would tell that began with what is kept at this moment. */
  toldAgain(): string[] {
    return toldOf(this.#again().sights())
  }

  told(): string[] {
    return toldOf(this.live.sights())
  }
}

export function countsOf(facts: readonly Fact[]): LogCounts {
  const counter = new LogCounter(noLogCounts())
  for (const { time, recordId, eventId, host, channel, source, position } of facts) {
    const record = { time, recordId, eventId, computer: host, channel, source, position }
    counter.note(record as unknown as WindowsRecord, 1_000)
  }
  return counter.counts
}

/** What a scan of these facts tells, one text for each chain. */
export function scanned(facts: readonly Fact[]): string[] {
  const tally = newTally()
  for (const fact of facts) {
    tally.hosts.add(fact.host)
    if (fact.kind === 'clock-changed') noteStep(tally.clockSteps, stepOf(fact))
    if (fact.kind === 'script-ran') noteScript(tally.scripts, fact)
  }
  const extracted = {
    inputs: ['a'],
    runs: [runOf(facts)],
    tally: { ...tally, logs: countsOf(facts) },
    files: 1,
    skipped: [],
    artifacts: new Map(),
  }
  return scan(extracted, { since: null, until: null, host: null }, 'none').chains.map(textOf)
}

export const toldOf = (sight: Sight): string[] => weigh(sight, 'none', null).chains.map(textOf)

/** A chain with its weight, without what depends on who sent its records. */
const textOf = (scored: ScoredChain): string =>
  JSON.stringify(scored, (key, value) =>
    key === 'source' && typeof value === 'number' ? 0 : key === 'alsoIn' ? [] : value,
  )

/** Where two lists of chains differ first, in few words; null: nowhere. */
export function differenceOf(told: readonly string[], expected: readonly string[]): string | null {
  for (const [place, text] of expected.entries()) {
    const other = told[place] ?? ''
    if (other === text) continue
    let at = 0
    while (other[at] === text[at]) at++
    const near = (one: string) => one.slice(Math.max(0, at - 120), at + 200)
    const name = (one: string) => /"taskPath":"?[^,]*/.exec(one)?.[0]
    return `chain ${place} ${name(other)} / ${name(text)}: told ${near(other)}\nscan ${near(text)}`
  }
  return told.length === expected.length ? null : `${told.length} chains instead of ${expected.length}`
}
