import type { LogCounts } from '../../coverage/index.ts'
import type { Fact } from '../../model/fact.ts'
import { weightOf } from '../fact-weight.ts'
import { HotShard, type ShardSight } from './hot-shard.ts'
import type { Heard } from './notices.ts'
import { type LiveSettings, liveSettings } from './settings.ts'
import { baseVersion, type ShardBase, type TailFact } from './shard-base.ts'
import { bearsOnStory } from './story-facts.ts'
import { Streams, type WrittenStream } from './streams.ts'

/** What is kept of a shard, for when its machines are made anew. All of it is there at once. */
export interface ShardMemory {
  /** What `moveBase` gave last; null: nothing yet. */
  base(): ShardBase | null
  /**
   * Every fact of the entries that were taken, in their order and that of the entry; those that the base has may be left out: whose entry
   * is up to the base's and whose time is up to the base's or later than its `until`.
   */
  tail(): Iterable<TailFact>
  /** The counts of the entries that came after the base's. They are given away. */
  counts(): Iterable<LogCounts>
}

/** Facts of one shard that one entry of the log brought. */
export interface Arrived {
  /** Rising with each. */
  readonly entry: number
  /** When, by the log. */
  readonly arrival: number
  /** With the source under which evidence names them. */
  readonly facts: readonly Fact[]
  /** Of each fact whose record has no id the hash of its content; else 0. Null: all have ids. */
  readonly hashes: ArrayLike<number> | null
  /** All records of these hosts, under the same sources; null: nobody counted. Given away. */
  readonly counts: LogCounts | null
}

/** How soon a shard's stories are to be looked at again: `soon` where a new fact bears on one, `eventually` where others only might. */
export type Look = 'soon' | 'eventually'

/** The small part of a shard's state, as plain values. */
export interface WrittenLight {
  readonly version: number
  readonly now: number
  readonly streams: readonly WrittenStream[]
  readonly done: number | null
  readonly entry: number
  readonly lastFacts: number
  readonly shown: number
  readonly newest: number | null
  readonly latest: number | null
  readonly oldest: number | null
  readonly unseen: number | null
  readonly soon: number | null
  readonly facts: number
  readonly weight: number
  readonly moved: number | null
  readonly base: number | null
}

/** A new base, and what of the shard is not needed any more. */
export interface MovedBase {
  readonly base: ShardBase
  /** The ids of the chains that are over, and told no more: what was told of them last stands. */
  readonly over: readonly string[]
}

/**
 * One shard of a live stream: all hosts whose names begin alike. What it amounts to is a function of its base, of the facts kept since
 * (its tail), and of the time up to which they are fed: whatever comes late within the horizon is put in its place as `scan` would, and
 * whoever makes it anew from what was kept goes on as if nothing had happened. Its machines are a copy of that, made when they are asked.
 *
 * It looks at no clock: all times are those of the log.
 */
export class LiveShard {
  readonly shard: string
  readonly #memory: ShardMemory
  readonly #settings: LiveSettings
  readonly #streams: Streams
  /** The time by the log. */
  #now: number
  /** Up to this time the tail is fed; null: nothing is. */
  #done: number | null
  /** The last that was taken, and the last that brought facts. */
  #entry: number
  #lastFacts: number
  /** What came up to this entry is fed whatever its time, since all streams were idle then; what was once told stays told. */
  #shown: number
  /** Times in the tail: of the newest fact that is not dated ahead of its arrival, of the latest of all, and as long as there is no base of the oldest. */
  #newest: number | null
  #latest: number | null
  #oldest: number | null
  /** Time of the first fact that nobody has looked at yet, and of the first of them that bears on a story. */
  #unseen: number | null
  #soon: number | null
  /** Of the tail. */
  #facts: number
  #weight: number
  /** When the base was moved last, by the log; at first when the first entry came. */
  #moved: number | null
  /** Time of the base; null: there is none. */
  #base: number | null
  #hot: HotShard | null = null
  #problem: string | null = null

  /** `light`: what was written last; null: the shard is new. Throws where it has another form: `readLight` says so beforehand. */
  constructor(shard: string, light: WrittenLight | null, memory: ShardMemory, settings: LiveSettings = liveSettings) {
    this.shard = shard
    this.#memory = memory
    this.#settings = settings
    this.#streams = new Streams(settings, light?.streams)
    this.#now = light?.now ?? Number.NEGATIVE_INFINITY
    this.#done = light?.done ?? null
    this.#entry = light?.entry ?? -1
    this.#lastFacts = light?.lastFacts ?? -1
    this.#shown = light?.shown ?? -1
    this.#newest = light?.newest ?? null
    this.#latest = light?.latest ?? null
    this.#oldest = light?.oldest ?? null
    this.#unseen = light?.unseen ?? null
    this.#soon = light?.soon ?? null
    this.#facts = light?.facts ?? 0
    this.#weight = light?.weight ?? 0
    this.#moved = light?.moved ?? null
    this.#base = light?.base ?? null
  }

  light(): WrittenLight {
    return {
      version: baseVersion,
      now: this.#now,
      streams: this.#streams.written(),
      done: this.#done,
      entry: this.#entry,
      lastFacts: this.#lastFacts,
      shown: this.#shown,
      newest: this.#newest,
      latest: this.#latest,
      oldest: this.#oldest,
      unseen: this.#unseen,
      soon: this.#soon,
      facts: this.#facts,
      weight: this.#weight,
      moved: this.#moved,
      base: this.#base,
    }
  }

  /** Takes what an entry of the log brought. What it holds must be in the memory when something is next asked. */
  take({ entry, arrival, facts, hashes, counts }: Arrived): void {
    this.#entry = entry
    this.#now = Math.max(this.#now, arrival)
    this.#moved ??= this.#now
    for (const { source, host, channel, cells } of counts?.series.values() ?? []) {
      let last = Number.NEGATIVE_INFINITY
      for (const cell of cells.values()) last = Math.max(last, cell.last)
      if (Number.isFinite(last)) this.#streams.note({ source, host, channel }, last, this.#now)
    }
    for (const fact of facts) this.#streams.note(fact, fact.time, this.#now)
    const believed = this.#streams.believed(this.#now)
    for (const [place, fact] of facts.entries()) {
      if (fact.time <= believed) this.#newest = Math.max(this.#newest ?? fact.time, fact.time)
      this.#latest = Math.max(this.#latest ?? fact.time, fact.time)
      if (this.#base === null) this.#oldest = Math.min(this.#oldest ?? fact.time, fact.time)
      this.#unseen = Math.min(this.#unseen ?? fact.time, fact.time)
      if (this.#bearsOnStory(fact)) this.#soon = Math.min(this.#soon ?? fact.time, fact.time)
      this.#weight += weightOf(fact)
      this.#hot?.take({ fact, entry, hash: hashes?.[place] ?? 0 })
    }
    this.#facts += facts.length
    if (counts) this.#hot?.addCounts(counts)
    if (facts.length > 0) this.#lastFacts = entry
    this.#advance()
    this.#feedAhead()
  }

  /** What an idle source held back is waited for no longer. `now`: by the log. */
  tick(now: number): void {
    this.#now = Math.max(this.#now, now)
    this.#advance()
    this.#feedAhead()
  }

  /** When a tick could let something go on; null: nothing waits. */
  nextTick(): number | null {
    return this.#isAllDone || this.#isDone(this.#latest) ? null : this.#streams.nextIdle(this.#now)
  }

  get #isAllDone(): boolean {
    return this.#lastFacts <= this.#shown
  }

  #isDone(time: number | null): boolean {
    return time === null || (this.#done !== null && time <= this.#done)
  }

  #advance(): void {
    if (this.#isAllDone) return
    const watermark = this.#streams.watermark(this.#now)
    if (watermark === null) this.#shown = this.#entry
    const done = watermark ?? this.#newest
    if (done !== null) this.#done = Math.max(this.#done ?? done, done)
  }

  /** Of a process that the machines are about to be fed they say themselves whether it is in a story. */
  #bearsOnStory(fact: Fact): boolean {
    return this.#hot?.isInOrder && fact.kind === 'process-started' ? fact.command !== null : bearsOnStory(fact)
  }

  /** Machines that are at hand are fed at once. */
  #feedAhead(): void {
    const hot = this.#hot
    if (hot?.isInOrder && this.#feed(hot))
      this.#soon = Math.min(this.#soon ?? Number.POSITIVE_INFINITY, this.#done ?? 0)
  }

  #feed(hot: HotShard): boolean {
    return hot.feed(this.#done ?? Number.NEGATIVE_INFINITY, this.#shown)
  }

  /** Whether `sights` could tell something else than last time, and how soon that matters; null: it could not. */
  needsLook(): Look | null {
    const isFed = (time: number | null) => time !== null && (this.#isAllDone || this.#isDone(time))
    const isDear = this.#facts > dearTail && !this.#hot?.isInOrder
    if (isFed(this.#soon) && !isDear) return 'soon'
    return isFed(this.#unseen) ? 'eventually' : null
  }

  /** When each log of the hosts was heard of last, for `silentLogs`. */
  heard(): Heard[] {
    return this.#streams.heard()
  }

  /** Whether the machines stand, and take memory. */
  get isHot(): boolean {
    return this.#hot !== null
  }

  /** Facts of the tail: what it costs to make the machines. */
  get tailFacts(): number {
    return this.#facts
  }

  /** What came to light so far, as `scan` would have it. */
  sights(): ShardSight {
    let hot = this.#hot
    if (!hot?.isInOrder) {
      this.#hot = null
      hot = this.#make()
      this.#hot = hot
    }
    this.#feed(hot)
    this.#unseen = null
    this.#soon = null
    for (const { fact } of hot.pending) {
      this.#unseen = Math.min(this.#unseen ?? fact.time, fact.time)
      if (this.#bearsOnStory(fact)) this.#soon = Math.min(this.#soon ?? fact.time, fact.time)
    }
    return hot.sight()
  }

  #make(): HotShard {
    const hot = this.#restored() ?? HotShard.make(null, this.#memory.tail(), this.#settings)
    for (const counts of this.#memory.counts()) hot.addCounts(counts)
    return hot
  }

  /** Null: what was kept cannot be gone on from. */
  #restored(): HotShard | null {
    const base = this.#memory.base()
    if (base !== null && base.version !== baseVersion) {
      this.#problem = `the state has version ${base.version}, this program reads version ${baseVersion}`
      return null
    }
    try {
      return HotShard.make(base, this.#memory.tail(), this.#settings)
    } catch (error) {
      if (base === null) throw error
      this.#problem = error instanceof Error ? error.message : String(error)
      return null
    }
  }

  /** Why the base cannot be gone on from, so that the shard begins with its tail; null: it can, or nobody has tried. */
  get problem(): string | null {
    return this.#problem
  }

  /** Forgets the machines, until something is asked. */
  cool(): void {
    this.#hot = null
  }

  /**
   * Whether the base is to be moved now, before anything else is taken: its facts are older than the horizon, and have been here for as
   * long, so that an agent that catches up tells all it has; or there are too many of them to be put in order again.
   */
  get isBaseDue(): boolean {
    if (this.#isCrowded) return true
    const { horizon } = this.#settings
    const from = this.#base ?? this.#oldest
    if (this.#moved === null || from === null || this.#now - this.#moved < horizon) return false
    return this.#wantedBase() - from >= horizon
  }

  get #isCrowded(): boolean {
    return this.#facts > this.#settings.tailFacts || this.#weight > this.#settings.tailWeight
  }

  #wantedBase(): number {
    const { horizon } = this.#settings
    const done = Math.min(this.#done ?? Number.NEGATIVE_INFINITY, this.#streams.believed(this.#now))
    return Math.min(done - horizon, this.#streams.slowest(this.#now))
  }

  /**
   * Moves the base on, where that is due. The caller keeps it, and may drop what it has. It is due after an entry was taken: as it depends
   * on what was kept alone, it is the same whenever the entries are taken again.
   */
  moveBase(): MovedBase | null {
    if (!this.isBaseDue) return null
    const building = this.#make()
    const believed = this.#streams.believed(this.#now)
    const wanted = this.#isCrowded ? this.#crowdedBase(building, believed) : building.seamAt(this.#wantedBase())
    const time = Math.max(wanted, this.#base ?? Number.NEGATIVE_INFINITY)
    this.#moved = this.#now
    const reach = this.#isCrowded && time > this.#wantedBase() ? (this.#newest ?? time) - time : null
    const { base, over } = building.base(time, { entry: this.#entry, believed, reach })
    this.#facts = building.pending.length
    this.#weight = building.weight
    this.#oldest = null
    this.#base = time
    this.#done = Math.max(this.#done ?? time, time)
    // what is told no more must not stand in machines that have told it
    this.#hot = null
    return { base, over }
  }

  /** Most of the tail leaves it, since all of it is looked at for that: as far as it was fed, if that is enough. */
  #crowdedBase(building: HotShard, believed: number): number {
    const done = Math.min(this.#done ?? Number.NEGATIVE_INFINITY, believed)
    const most = building.timeOfShare(3 / 4, believed)
    if (most === null) return done
    const half = building.timeOfShare(1 / 2, believed) ?? most
    const wanted = done < half ? most : Math.min(most, done)
    const seam = building.seamAt(wanted)
    return seam < half ? wanted : seam
  }
}

/** A tail of so many facts takes a fifth of a second to make the machines from: somebody is to look at it less often. */
const dearTail = 30_000

export type ReadLight =
  | { readonly kind: 'light'; readonly light: WrittenLight }
  | { readonly kind: 'problem'; readonly reason: string }

/** What was written of a shard, held against its form. */
export function readLight(value: unknown): ReadLight {
  const problem = (reason: string): ReadLight => ({ kind: 'problem', reason })
  if (typeof value !== 'object' || value === null) return problem('the state of the shard is no object')
  const light = value as Partial<Record<keyof WrittenLight, unknown>>
  if (light.version !== baseVersion)
    return problem(`the state has version ${light.version}, this program reads version ${baseVersion}`)
  const isStream = (one: unknown): boolean =>
    Array.isArray(one) &&
    one.length === 6 &&
    (one[3] === null || typeof one[3] === 'number') &&
    Array.isArray(one[5]) &&
    [0, 4].every((i) => typeof one[i] === 'number') &&
    [1, 2].every((i) => typeof one[i] === 'string')
  if (!Array.isArray(light.streams) || !light.streams.every(isStream))
    return problem('the state has streams of another form')
  for (const name of ['now', 'entry', 'lastFacts', 'shown', 'facts', 'weight'] as const)
    if (typeof light[name] !== 'number') return problem(`the state has no number for ${name}`)
  for (const name of ['done', 'newest', 'latest', 'oldest', 'unseen', 'soon', 'moved', 'base'] as const)
    if (light[name] !== null && typeof light[name] !== 'number') return problem(`the state has no number for ${name}`)
  return { kind: 'light', light: value as WrittenLight }
}
