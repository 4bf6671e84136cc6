import {
  addLogCounts,
  type HostTelemetry,
  type LogCounts,
  type LogSeries,
  logCountsAsJson,
  logCountsOf,
  noLogCounts,
} from '../../coverage/index.ts'
import type { TaskChain } from '../../model/chain.ts'
import { counted } from '../../model/counted.ts'
import type { Fact, ScriptRan } from '../../model/fact.ts'
import type { InventoryEntry } from '../../model/inventory.ts'
import { append } from '../../model/lists.ts'
import { isPart, scriptOf } from '../../normalize/index.ts'
import { type ClockStep, HostClock, isSetBack, stepOf } from '../clock-steps.ts'
import { compareFacts } from '../fact-order.ts'
import type { MergedFact } from '../fact-runs.ts'
import { weightOf } from '../fact-weight.ts'
import { hostsByName } from '../host-names.ts'
import { HostPass } from '../host-pass.ts'
import { hostTelemetry, stockOf } from '../host-stock.ts'
import { noScripts, noteScript, ScriptsInOrder } from '../scripts.ts'
import type { SeenChain } from '../seen-chain.ts'
import type { Sight } from '../weigh.ts'
import { KnownRecords } from './known-records.ts'
import type { LiveSettings } from './settings.ts'
import {
  baseVersion,
  isInBase,
  type Lost,
  nothingLost,
  type ShardBase,
  type TailFact,
  type WrittenHost,
} from './shard-base.ts'

/** What came to light of a shard so far. */
export interface ShardSight extends Required<Sight> {
  /** The hosts, by the names that results give them. */
  readonly hosts: readonly string[]
  /** What could not be kept, by host, one sentence each. */
  readonly givenUp: readonly string[]
  readonly lost: Lost
  /** Faults of ours by which a host's state ended. */
  readonly faults: readonly { readonly host: string; readonly error: unknown }[]
}

/** One for all: a copy of a record is known before it gets here. */
const nowhereElse: readonly number[] = []

const cutShort = (reach: number): string =>
  `so many records of it come that those which are later than ${counted(Math.max(1, Math.round(reach / 60_000)), 'minute')} are not put in order any more.`

/** Counts of entries that are known again when they are sent again, and of those the newest that a base keeps: who got no answer sends at once. */
const mostCounted = 16_384
const keptCounted = 256

/** By what the counts of one log are known again. */
function fingerprintOf({ source, host, channel, cells }: LogSeries): number {
  let [one, other] = [source, channel.length]
  const mix = (value: number) => {
    one = Math.imul(one ^ ((value % 0x1_0000_0000) | 0), 0x0100_0193)
    other = Math.imul(other ^ ((value % 0x1000_0000) | 0), 0x85eb_ca77)
    other ^= other >>> 13
  }
  for (const text of [host, channel]) for (let i = 0; i < text.length; i++) mix(text.charCodeAt(i))
  for (const { count, firstId, lastId, first, last } of cells.values()) {
    mix(count)
    mix(firstId)
    mix(lastId)
    mix(first)
    mix(last)
  }
  return (one >>> 0) * 0x10_0000 + (other & 0xf_ffff)
}

/** Steps back of one host's clock, and of these the newest that a base keeps: a clock is set back some times a year. */
const mostSteps = 4_096
const keptSteps = 64

/** Tries to find a time at which nothing is torn apart. */
const mostSeams = 64

/**
 * The machines of one shard, made from its base and fed with its tail in the order of `scan`. Whatever comes in that order goes on from
 * there; anything else makes it useless (`isInOrder`), and it is made anew.
 */
export class HotShard {
  readonly #settings: LiveSettings
  readonly #base: ShardBase | null
  readonly #known: KnownRecords
  readonly #names: Set<string>
  #hostOf: ReadonlyMap<string, string>
  readonly #passes = new Map<string, HostPass>()
  readonly #clocks = new Map<string, HostClock>()
  /** By host as records name it. */
  readonly #steps = new Map<string, ClockStep[]>()
  readonly #scripts = noScripts()
  readonly #scriptsInOrder = new ScriptsInOrder(this.#scripts)
  readonly #partTimes = new Map<string, { readonly parts: number; first: number; last: number }>()
  readonly #fedScripts = new Set<string>()
  readonly #counts: LogCounts = noLogCounts()
  readonly #counted: Set<number>
  #late: Fact[] = []
  #pending: TailFact[] = []
  /** The last in order of those that were fed; null: none was. */
  #last: Fact | null = null
  #lost: { late: number; untold: number; ahead: number }
  #isInOrder = true
  /** The machines of the base stand, and something was fed to them. */
  #isMade = false
  #isFed = false
  #isOfStory = false

  private constructor(base: ShardBase | null, settings: LiveSettings) {
    this.#settings = settings
    this.#base = base
    this.#known = new KnownRecords(base?.known)
    this.#names = new Set(base?.names)
    this.#counted = new Set(base?.counted)
    this.#hostOf = hostsByName(this.#names)
    this.#lost = { ...(base?.lost ?? nothingLost) }
    for (const { source, counts } of base?.counts ?? [])
      addLogCounts(this.#counts, logCountsOf(counts, source), settings.countCells)
  }

  /** The shard as its base and its tail have it, with nothing of the tail fed yet. Throws where the base has another form. */
  static make(base: ShardBase | null, tail: Iterable<TailFact>, settings: LiveSettings): HotShard {
    const hot = new HotShard(base, settings)
    for (const one of tail) hot.take(one)
    for (const host of base?.hosts ?? []) hot.#restore(host)
    hot.#isMade = true
    return hot
  }

  #restore({ name, pass, clock, steps }: WrittenHost): void {
    const restored = HostPass.restore(pass)
    if (restored.kind === 'problem') throw new Error(restored.reason)
    const host = this.#named(name)
    if (host !== name) restored.pass.rename(host)
    this.#passes.set(host, restored.pass)
    this.#clocks.set(host, new HostClock([...steps, ...this.#stepsOf(host)], clock))
    this.#steps.set(name, [...steps, ...(this.#steps.get(name) ?? [])])
  }

  /** False: what came since cannot be fed in order any more. */
  get isInOrder(): boolean {
    return this.#isInOrder
  }

  /** Facts that are still to be fed. */
  get pending(): readonly TailFact[] {
    return this.#pending
  }

  /** The records of one entry of the log. The same sent again counts once. */
  addCounts(counts: LogCounts): void {
    for (const [key, series] of counts.series) {
      const told = fingerprintOf(series)
      if (this.#counted.has(told)) counts.series.delete(key)
      else if (this.#counted.size < mostCounted) this.#counted.add(told)
    }
    addLogCounts(this.#counts, counts, this.#settings.countCells)
  }

  /** Takes up a fact of the tail, if it is new. */
  take(one: TailFact): void {
    const { fact, hash } = one
    const base = this.#base
    if (base !== null && isInBase(base, one)) return
    if (base !== null && fact.time <= base.time) {
      if (!this.#known.tells(fact)) this.#lost.untold++
      else if (this.#known.isNew(fact, hash)) {
        this.#lost.late++
        this.#name(fact.host)
        this.#late.push(fact)
        if (this.#isFed) this.#isInOrder = false
      }
      return
    }
    if (!this.#known.isNew(fact, hash)) return
    this.#name(fact.host)
    if (this.#last !== null && compareFacts(fact, this.#last) < 0) this.#isInOrder = false
    if (fact.kind === 'script-ran') {
      const script = scriptOf(fact)
      noteScript(this.#scripts, fact)
      if (script !== null && isPart(fact)) this.#notePartTime(script, fact)
      if (script !== null && this.#fedScripts.has(script)) this.#isInOrder = false
    } else if (fact.kind === 'clock-changed' && isSetBack(stepOf(fact))) {
      this.#noteStep(stepOf(fact))
      if (this.#isMade) this.#isInOrder = false
    }
    this.#pending.push(one)
  }

  #noteStep(step: ClockStep): void {
    const steps = this.#steps.get(step.host) ?? []
    if (steps.length < mostSteps) steps.push(step)
    this.#steps.set(step.host, steps)
  }

  #notePartTime(script: string, { parts, time }: ScriptRan): void {
    const known = this.#partTimes.get(script)
    if (!known) this.#partTimes.set(script, { parts, first: time, last: time })
    else {
      known.first = Math.min(known.first, time)
      known.last = Math.max(known.last, time)
    }
  }

  /** A name that is new may make others mean another host. */
  #name(name: string): void {
    if (this.#names.has(name) || this.#names.size >= this.#settings.names) return
    this.#names.add(name)
    const hostOf = hostsByName(this.#names)
    if (this.#isMade) for (const [known, host] of this.#hostOf) if (hostOf.get(known) !== host) this.#isInOrder = false
    this.#hostOf = hostOf
  }

  #named(name: string): string {
    return this.#hostOf.get(name) ?? name
  }

  #stepsOf(host: string): ClockStep[] {
    return [...this.#steps].flatMap(([name, steps]) => (this.#named(name) === host ? steps : []))
  }

  /**
   * Feeds what is not later than this time, and what entries up to this one brought, whatever its time; what was too late for the base goes
   * first. Gives whether a process that began is in the story of a task.
   */
  feed(time: number, entry = -1): boolean {
    this.#isOfStory = false
    if (this.#late.length > 0) this.#feedLate()
    this.#feedDue(time, entry)
    return this.#isOfStory
  }

  #feedDue(time: number, entry: number): void {
    const due: Fact[] = []
    const rest: TailFact[] = []
    for (const one of this.#pending) {
      if (one.fact.time <= time || one.entry <= entry) due.push(one.fact)
      else rest.push(one)
    }
    if (due.length === 0) return
    this.#pending = rest
    this.#isFed = true
    due.sort(compareFacts)
    for (const fact of due) this.#next(fact)
    this.#last = due.at(-1) ?? null
    for (const [host, clock] of this.#clocks) {
      if (!clock.isHolding) continue
      // put in order without those of these hours that are still to come
      this.#isInOrder = false
      for (const merged of clock.end()) this.#add(host, merged)
    }
  }

  #feedLate(): void {
    const late = this.#late.sort(compareFacts)
    this.#late = []
    this.#isFed = true
    for (const fact of late) {
      const host = this.#named(fact.host)
      const clockOffset = this.#clocks.get(host)?.offset ?? 0
      const shifted = clockOffset === 0 ? fact : { ...fact, time: fact.time + clockOffset, clockOffset }
      this.#add(host, { fact: shifted, alsoIn: nowhereElse, clockOffset, isLate: true })
    }
  }

  #next(fact: Fact): void {
    const host = this.#named(fact.host)
    let clock = this.#clocks.get(host)
    if (!clock) {
      clock = new HostClock(this.#stepsOf(host))
      this.#clocks.set(host, clock)
    }
    const merged = { fact, alsoIn: nowhereElse }
    const passed = clock.passed(merged)
    if (passed !== null) this.#add(host, passed)
    else for (const one of clock.next(merged)) this.#add(host, one)
  }

  #add(host: string, merged: MergedFact): void {
    if (merged.fact.kind === 'script-ran' && isPart(merged.fact)) {
      const script = scriptOf(merged.fact)
      if (script !== null) this.#fedScripts.add(script)
    }
    const fact = this.#scriptsInOrder.next(merged.fact)
    if (fact === null) return
    let pass = this.#passes.get(host)
    if (!pass) {
      pass = HostPass.begin(host)
      this.#passes.set(host, pass)
    }
    if (pass.add(fact === merged.fact ? merged : { ...merged, fact })) this.#isOfStory = true
  }

  /** What the facts that were fed amount to. */
  sight(): ShardSight {
    const series = Map.groupBy(this.#counts.series.values(), ({ host }) => this.#named(host))
    const hosts = [...new Set([...this.#passes.keys(), ...series.keys()])].sort()
    const seen: SeenChain[] = []
    const inventory: InventoryEntry[] = []
    const past: TaskChain[] = []
    const telemetry: HostTelemetry[] = []
    const givenUp: string[] = []
    const faults: { host: string; error: unknown }[] = []
    for (const host of hosts) {
      const pass = this.#passes.get(host)
      telemetry.push(hostTelemetry(host, pass?.ledger.ledger(), series.get(host)))
      if (!pass) continue
      const logged = { chains: pass.chains(), clearedLogs: pass.clearedLogs(), tasks: pass.tasks() }
      const stock = stockOf(host, { ...logged, coverage: pass.coverage })
      append(seen, stock.seen)
      append(inventory, stock.entries)
      append(past, pass.past)
      for (const sentence of pass.givenUp()) givenUp.push(`${host}: ${sentence}`)
      if (pass.fault) faults.push({ host, error: pass.fault.error })
    }
    const reach = this.#base?.reach ?? null
    if (reach !== null && hosts[0] !== undefined) givenUp.push(`${hosts[0]}: ${cutShort(reach)}`)
    return { seen, inventory, past, telemetry, hosts, givenUp, lost: { ...this.#lost }, faults }
  }

  /** So many of the facts that are to be fed, of those up to a time, lie up to this time; null: there are none. */
  timeOfShare(share: number, upTo: number): number | null {
    const times = this.#pending.map(({ fact }) => fact.time).filter((time) => time <= upTo)
    times.sort((a, b) => a - b)
    return times[Math.floor((times.length - 1) * share)] ?? null
  }

  /** The nearest time not after this at which nothing is torn apart: no script, and no hours that a clock went through twice. */
  seamAt(time: number): number {
    let seam = time
    for (let tries = 0; tries < mostSeams; tries++) {
      let before = seam
      for (const host of new Set(this.#hostOf.values())) {
        const step = this.#clockOf(host).stepAround(seam)
        if (step && step.from - step.to <= this.#settings.horizon) before = Math.min(before, step.to - 1)
      }
      for (const script of this.#tornAt(seam))
        before = Math.min(before, (this.#partTimes.get(script)?.first ?? seam) - 1)
      if (before === seam) return seam
      seam = before
    }
    return seam
  }

  #clockOf(host: string): HostClock {
    return this.#clocks.get(host) ?? new HostClock(this.#stepsOf(host))
  }

  /** Scripts that are all there, with parts on both sides of a time. */
  *#tornAt(time: number): Generator<string> {
    for (const [script, { parts, first, last }] of this.#partTimes)
      if (first <= time && time < last && this.#scripts.parts.get(script)?.size === parts) yield script
  }

  /**
   * The shard as a base at this time, to which nothing has been fed yet. `entry`: the last of the log that is in it; `believed`: facts
   * dated later than this are ahead of their arrival; `reach`: how far back the tail reaches, where that is less than it should.
   */
  base(
    time: number,
    { entry, believed, reach }: { readonly entry: number; readonly believed: number; readonly reach: number | null },
  ): { readonly base: ShardBase; readonly over: readonly string[] } {
    // what is torn all the same is read part by part
    for (const script of this.#tornAt(time)) this.#scripts.parts.delete(script)
    this.feed(time)
    const until = this.#giveUpAhead(Math.max(time, believed))
    const over: string[] = []
    const hosts = [...this.#passes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, pass]) => this.#written(name, pass, time, over) ?? [])
    const base = {
      version: baseVersion,
      time,
      entry,
      until,
      reach,
      names: [...this.#names],
      hosts,
      known: this.#known.written(time, this.#settings.knownRecords),
      counts: this.#countsBySource(),
      counted: [...this.#counted].slice(-keptCounted),
      lost: { ...this.#lost },
    }
    return { base, over }
  }

  /** Null for a host whose state a fault of ours has ended: it begins anew with what comes, and what it told stands. */
  #written(name: string, pass: HostPass, time: number, over: string[]): WrittenHost | null {
    const clock = this.#clockOf(name)
    pass.release(time + clock.offset)
    if (pass.fault !== null) {
      for (const { id } of [...pass.chains(), ...pass.clearedLogs()]) over.push(id)
      return null
    }
    const { overChains, pastChains, goneTasks } = this.#settings
    append(over, pass.trim({ chains: overChains, past: pastChains, tasks: goneTasks }))
    const steps = this.#stepsOf(name).filter(({ to }) => to <= time)
    const newest = steps.sort((a, b) => a.to - b.to).slice(-keptSteps)
    return { name, pass: pass.written(), clock: clock.state(time), steps: newest }
  }

  /** Of the facts that are dated ahead of their arrival keeps the earliest. */
  #giveUpAhead(believed: number): number | null {
    const ahead = this.#pending.map(({ fact }) => fact.time).filter((time) => time > believed)
    const first = ahead.sort((a, b) => a - b)[this.#settings.futureFacts]
    if (first === undefined) return null
    const kept = this.#pending.filter(({ fact }) => fact.time < first)
    this.#lost.ahead += this.#pending.length - kept.length
    this.#pending = kept
    return first - 1
  }

  #countsBySource(): ShardBase['counts'] {
    const { slot, series } = this.#counts
    const bySource = Map.groupBy(series, ([, { source }]) => source)
    return [...bySource].map(([source, own]) => ({
      source,
      counts: logCountsAsJson({ slot, cells: 0, series: new Map<string, LogSeries>(own) }),
    }))
  }

  /** What the facts that are still to be fed take in memory, in characters. */
  get weight(): number {
    return this.#pending.reduce((sum, { fact }) => sum + weightOf(fact), 0)
  }
}
