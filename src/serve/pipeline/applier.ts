import { setImmediate as immediately } from 'node:timers/promises'
import { lostSince, noticesOf, silentLogs } from '../../engine/live/notices.ts'
import type { Fact } from '../../model/fact.ts'
import type { LogEntry, PackedShard, PostEntry } from '../log/entries.ts'
import { unpackShardFacts } from '../log/shard-facts.ts'
import type { Notice } from '../store/notices.ts'
import type { Store } from '../store/store.ts'
import type { Applied, Commit } from './commit.ts'
import type { Evaluation } from './evaluation.ts'
import type { LiveShards, ShardAtWork } from './live-shards.ts'
import type { LookQueue } from './look-queue.ts'
import { Pending } from './pending.ts'
import { countsOf, factsOf } from './row-facts.ts'
import type { ToldShard } from './told-shard.ts'

/** Milliseconds for which nobody else is let go on. */
const slice = 20
/** Milliseconds spent on stories between two commits at most, so that entries are applied however many stories change. */
const timeForLooks = 500
/** Milliseconds between two commits: at least, where little comes, and at most, where much does. */
const betweenCommits = { least: 150, most: 1_000 }
/** After a commit that the disk did not take, in milliseconds. */
const pauseAfterFault = 1_000
/** How often hosts that are silent are looked for, in milliseconds of the log. */
const housekeepingEvery = 60_000

/** How long a shard in which somebody changed a task comes before others, in milliseconds of the log: what it runs is seen in that time, if soon. */
const urgentFor = 1_800_000
/** How often the logs of a shard of which something comes are looked over for silent ones, in milliseconds of the log. */
const lookOverEvery = 600_000
/** Notices of one post for one shard: a hostile one has a record for each. */
const mostNotices = 20

const tiesCut =
  'it commands, or is commanded by, more hosts than are weighed together: what ties their stories may be missing'

export interface ApplierDeps {
  readonly store: Store
  readonly shards: LiveShards
  readonly evaluation: Evaluation
  readonly commit: Commit
  readonly looks: LookQueue
  /** The pending that `shards` reads from. */
  readonly pending: { current: Pending }
  /** After each commit: what is applied, and the bytes of each post in it. */
  readonly committed: (applied: Applied, posts: readonly number[]) => void
  /** Something of ours went wrong, or the disk is full: the service goes on. */
  readonly fault: (error: unknown) => void
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number
  readonly baselineId: string
  /** After how long a log is silent of which nothing comes while its host's others do, in milliseconds of the log. */
  readonly silence: number
}

interface Queued {
  readonly number: number
  readonly entry: LogEntry
  readonly bytes: number
}

/** Applies the log's entries in order, looks at the stories that they change, and commits what came of them. */
export class Applier {
  readonly #deps: ApplierDeps
  readonly #queue: Queued[] = []
  /** When time alone lets shards go on, by the log. */
  readonly #wakes: Map<string, number>
  /** Shards at which looking failed: told once. */
  readonly #broken = new Set<string>()
  #applied: number
  #time: number
  #lastHousekeeping: number
  #lastCommit: number
  #baselineId: string
  #isRunning = false
  #isEnded = false
  #running: Promise<void> = Promise.resolve()
  #pause: { readonly end: () => void } | null = null
  /** Everything that can be looked at is to be, without waiting for more. */
  #isHasty = false

  constructor(deps: ApplierDeps) {
    this.#deps = deps
    const { store } = deps
    this.#applied = store.meta.number('applied')
    this.#time = store.meta.number('time')
    this.#baselineId = store.meta.text('baseline') ?? deps.baselineId
    this.#lastHousekeeping = this.#time
    this.#lastCommit = deps.elapsed() - betweenCommits.least
    this.#wakes = new Map(store.shards.waking().map(({ shard, wake }) => [shard, wake]))
  }

  /** The number of the last entry that was applied. */
  get applied(): number {
    return this.#applied
  }

  /** The log's time. */
  get time(): number {
    return this.#time
  }

  /** By which chains are weighed, as the log has it. */
  get baselineId(): string {
    return this.#baselineId
  }

  /** Entries that wait. */
  get waiting(): number {
    return this.#queue.length
  }

  get #pending(): Pending {
    return this.#deps.pending.current
  }

  /** Whether a tick at this time would let something go on. */
  isTickDue(time: number): boolean {
    for (const wake of this.#wakes.values()) if (wake <= time) return true
    return time - this.#lastHousekeeping >= housekeepingEvery
  }

  /** An entry that is kept; `bytes`: of the post, until it is applied. */
  add(number: number, entry: LogEntry, bytes: number): void {
    this.#queue.push({ number, entry, bytes })
    this.wake()
  }

  /** An entry of the log that was not applied when the service ended. */
  async replay(number: number, entry: LogEntry): Promise<void> {
    this.#apply({ number, entry, bytes: 0 })
    if (this.#deps.elapsed() - this.#lastCommit < betweenCommits.most) return
    await this.#turn()
  }

  /** Goes on if there is something to do: looks whose time has come, too. */
  wake(): void {
    this.#pause?.end()
    if (this.#isRunning || this.#isEnded) return
    this.#isRunning = true
    this.#running = this.#run()
  }

  /** Settles when all that was added is applied, looked at and committed. */
  async settle(): Promise<void> {
    this.#isHasty = true
    do {
      this.wake()
      await this.#running
    } while (!this.#isEnded && (this.#queue.length > 0 || !this.#deps.looks.isEmpty))
    this.#isHasty = false
  }

  /** Applies and commits what was added; stories that nobody has looked at yet are looked at when the service begins again. */
  async end(): Promise<void> {
    this.#isEnded = true
    this.#pause?.end()
    await this.#running
    for (const queued of this.#queue.splice(0)) this.#apply(queued)
    try {
      this.#commit()
    } catch (error) {
      // it is in the log
      this.#deps.fault(error)
    }
  }

  async #run(): Promise<void> {
    try {
      while (!this.#isEnded && this.#hasWork) {
        await this.#applySome()
        const since = this.#deps.elapsed() - this.#lastCommit
        if (this.#isHasty || since >= betweenCommits.least) await this.#turn()
        else if (this.#queue.length === 0) await this.#wait(betweenCommits.least - since)
      }
    } finally {
      this.#isRunning = false
    }
  }

  get #hasWork(): boolean {
    return (
      this.#queue.length > 0 || !this.#pending.isEmpty || this.#deps.looks.isDue(this.#deps.elapsed(), this.#isHasty)
    )
  }

  /** Until a commit is due, or nothing waits. */
  async #applySome(): Promise<void> {
    const { elapsed } = this.#deps
    let since = elapsed()
    while (this.#queue.length > 0 && !this.#isEnded) {
      this.#apply(this.#queue.shift() as Queued)
      const now = elapsed()
      if (now - this.#lastCommit >= betweenCommits.most) return
      if (now - since < slice) continue
      await immediately()
      since = elapsed()
    }
  }

  /** Looks at what is due, and commits. */
  async #turn(): Promise<void> {
    await this.#lookAtSome()
    if (this.#isEnded) return
    try {
      this.#commit()
    } catch (error) {
      this.#deps.fault(error)
      await this.#wait(pauseAfterFault)
    }
    await immediately()
  }

  async #lookAtSome(): Promise<void> {
    const { looks, elapsed } = this.#deps
    const begun = elapsed()
    let since = begun
    for (;;) {
      const shard = looks.next(elapsed(), this.#isHasty)
      if (shard === null || this.#isEnded) return
      this.#look(shard)
      const now = elapsed()
      if (now - begun >= timeForLooks) return
      if (now - since < slice) continue
      await immediately()
      since = elapsed()
    }
  }

  #apply({ number, entry, bytes }: Queued): void {
    if (number !== this.#applied + 1 && this.#applied !== 0)
      this.note({ host: null, kind: 'fault', text: `entry ${number} of the log comes after ${this.#applied}` })
    this.#applied = number
    this.#time = Math.max(this.#time, entry.kind === 'post' ? entry.arrival : entry.time)
    if (entry.kind === 'post') this.#takePost(number, entry)
    else if (entry.kind === 'tick') this.#tick(entry.time)
    else this.#turnTo(entry.id)
    if (entry.kind === 'post') this.#pending.posts.push(bytes)
  }

  /** Another baseline is in force: all that stands is weighed again. */
  #turnTo(baselineId: string): void {
    const { store, looks, elapsed } = this.#deps
    this.#baselineId = baselineId
    this.#pending.isWeighedAnew = true
    this.note({ host: null, kind: 'baseline', text: `chains are weighed by the baseline ${baselineId} from now on` })
    for (const shard of store.shards.names()) looks.add(shard, 'eventually', elapsed())
  }

  #takePost(number: number, { source: name, bytes, arrival, shards, problems }: PostEntry): void {
    const origin = this.#deps.store.sources.begin(name, bytes)
    for (const { code, count, reason } of problems) this.#pending.problems.push({ source: name, code, count, reason })
    for (const packed of shards) {
      const { shard, count, first, last, data } = packed
      this.#pending.addRow({ ...{ shard, entry: number, arrival, count, first, last, data }, ...origin })
      try {
        this.#take(packed, number, arrival, origin)
      } catch (error) {
        this.#broke(shard, error)
      }
    }
  }

  #take(
    { shard, data, unpacked }: PackedShard,
    entry: number,
    arrival: number,
    origin: { source: number; base: number },
  ): void {
    const own = this.#deps.shards.of(shard)
    const packed = unpacked ?? unpackShardFacts(data)
    const facts = factsOf(packed, origin)
    const counts = countsOf(packed, origin)
    own.arrived = Math.max(own.arrived, arrival)
    own.facts += facts.length
    for (const { cells } of counts?.series.values() ?? []) for (const { count } of cells.values()) own.records += count
    own.machine.take({ entry, arrival, facts, hashes: packed.contentHashes, counts })
    if (facts.some(changesTask)) own.urgentUntil = this.#time + urgentFor
    this.#noteTelemetry(own, facts)
    this.#moved(shard, own)
  }

  /** What is to be known of what hosts record and send, beside what their stories tell. */
  #noteTelemetry(own: ShardAtWork, facts: readonly Fact[]): void {
    for (const notice of noticesOf(facts).slice(0, mostNotices)) this.note(notice)
    const [before, now] = [own.lookedOver, this.#time]
    if (now - before < lookOverEvery) return
    own.lookedOver = now
    if (before === 0) return
    for (const notice of silentLogs(own.machine.heard(), { before, now, silence: this.#deps.silence }))
      this.note(notice)
  }

  /** What became of the evidence of a shard, where it is more than was told. */
  #noteLost(shard: string, { sight }: ToldShard): void {
    const own = this.#deps.shards.of(shard)
    if (own.lost) for (const notice of lostSince(shard, own.lost, sight.lost)) this.note(notice)
    own.lost = sight.lost
    const cut = this.#deps.evaluation.cutTies.has(shard) ? [tiesCut] : []
    for (const sentence of [...cut, ...sight.givenUp.slice(0, mostNotices)]) {
      // how much grows with everything that comes
      const what = sentence.replace(/\d[\d,]*/g, '#')
      if (own.givenUp.has(what)) continue
      own.givenUp.add(what)
      this.note({ host: shard, kind: 'state-bounded', text: sentence })
    }
    for (const { host, error } of sight.faults) this.#broke(host, error)
  }

  /** After anything was taken: the base moves on where that is due, and the shard waits to be looked at. */
  #moved(shard: string, { machine, urgentUntil }: ShardAtWork): void {
    this.#pending.touched.add(shard)
    if (machine.isBaseDue) {
      // what is over afterwards stands as it was told last
      if (machine.needsLook() !== null) this.#look(shard)
      const moved = machine.moveBase()
      if (moved) this.#pending.addStep(shard, { kind: 'moved', ...moved })
    }
    const wake = machine.nextTick()
    if (wake === null) this.#wakes.delete(shard)
    else this.#wakes.set(shard, wake)
    const look = machine.needsLook()
    if (look === null) return
    this.#deps.looks.add(shard, look === 'soon' && this.#time < urgentUntil ? 'urgent' : look, this.#deps.elapsed())
  }

  #tick(time: number): void {
    const due = [...this.#wakes].flatMap(([shard, wake]) => (wake <= time ? [shard] : []))
    for (const shard of due.sort()) {
      const own = this.#deps.shards.of(shard)
      own.machine.tick(time)
      this.#moved(shard, own)
    }
    if (time - this.#lastHousekeeping < housekeepingEvery) return
    this.#lastHousekeeping = time
    this.#pending.isHousekeepingDue = true
  }

  #look(shard: string): void {
    const { evaluation, looks } = this.#deps
    looks.done(shard)
    try {
      const { told: all, untied } = evaluation.look(shard)
      for (const one of untied) if (this.#deps.shards.isKnown(one)) looks.add(one, 'soon', this.#deps.elapsed())
      for (const [one, told] of all) {
        const { problem } = this.#deps.shards.of(one).machine
        if (problem !== null) this.lost(one, problem)
        looks.done(one)
        this.#noteLost(one, told)
        this.#pending.touched.add(one)
        this.#pending.addStep(one, { kind: 'told', told })
      }
    } catch (error) {
      this.#broke(shard, error)
    }
  }

  /** A fault of ours costs the shard that it meets; its facts are kept. */
  #broke(shard: string, error: unknown): void {
    this.#deps.fault(error)
    if (this.#broken.has(shard)) return
    this.#broken.add(shard)
    const reason = error instanceof Error ? error.message : String(error)
    this.note({ host: shard, kind: 'fault', text: `what its records amount to cannot be told: ${reason}` })
  }

  /** What a shard's state was cannot be gone on from: it begins with the facts that are kept. */
  lost(shard: string, reason: string): void {
    if (this.#broken.has(shard)) return
    this.#broken.add(shard)
    this.note({
      host: shard,
      kind: 'fault',
      text: `what its earlier records amounted to is not known any more: ${reason}`,
    })
    this.#deps.looks.add(shard, 'eventually', this.#deps.elapsed())
  }

  /** Is kept with what is applied next. */
  note(notice: Omit<Notice, 'id' | 'time'>): void {
    this.#pending.notices.push({ ...notice, time: this.#time })
  }

  #commit(): void {
    const pending = this.#pending
    if (pending.isEmpty) return
    const { commit, committed } = this.#deps
    const applied = { entry: this.#applied, time: this.#time, baselineId: this.#baselineId }
    const broken: [string, unknown][] = []
    commit.write(pending, applied, (shard, error) => broken.push([shard, error]))
    this.#deps.pending.current = new Pending()
    this.#deps.shards.committed()
    for (const [shard, error] of broken) this.#broke(shard, error)
    this.#lastCommit = this.#deps.elapsed()
    committed(applied, pending.posts)
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer)
        this.#pause = null
        done()
      }
      const timer = setTimeout(end, milliseconds)
      this.#pause = { end }
    })
  }
}

/** Whether a fact may be the first half of a story, and not one more run of a task that has long been there. */
function changesTask(fact: Fact): boolean {
  switch (fact.kind) {
    case 'task-registered':
    case 'task-updated':
    case 'task-deleted':
    case 'script-ran':
    case 'log-cleared':
      return true
    case 'process-started':
      return fact.command !== null
    case 'file-created':
    case 'registry-changed':
      return fact.task !== null
    default:
      return false
  }
}
