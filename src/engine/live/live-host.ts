import { HostMachine, type HostSnapshot } from '../../correlate/index.ts'
import { HostCoverage } from '../../coverage/index.ts'
import type { ClearedLog, TaskChain } from '../../model/chain.ts'
import { counted } from '../../model/counted.ts'
import type { HostSpans } from '../../model/coverage.ts'
import type { Fact } from '../../model/fact.ts'
import type { LoggedTask } from '../../model/logged-task.ts'
import { type SeenChain, seenChain, seenLog } from '../seen-chain.ts'
import { type FactInTurn, HostFeed, type WrittenFeed } from './host-feed.ts'
import type { LiveSettings } from './settings.ts'

/** One live host as plain values, fit for JSON: whoever reads it back goes on as if nothing had happened. */
export interface LiveHostSnapshot {
  readonly feed: WrittenFeed
  readonly machine: HostSnapshot
  readonly coverage: HostSpans['spans']
}

export type RestoredHost =
  | { readonly kind: 'host'; readonly host: LiveHost }
  | { readonly kind: 'problem'; readonly reason: string }

/** What leaves a live host because it is over. */
export interface LiveRelease {
  readonly chains: readonly SeenChain<TaskChain>[]
  readonly tasks: readonly LoggedTask[]
}

/** One host of a live stream: facts in as they arrive, chains out. */
export class LiveHost {
  readonly #feed: HostFeed
  readonly #machine: HostMachine
  readonly #coverage: HostCoverage

  private constructor(feed: HostFeed, machine: HostMachine, coverage: HostCoverage) {
    this.#feed = feed
    this.#machine = machine
    this.#coverage = coverage
  }

  static begin(host: string, settings: LiveSettings): LiveHost {
    return new LiveHost(new HostFeed(settings), new HostMachine(host), new HostCoverage())
  }

  static restore({ feed, machine, coverage }: LiveHostSnapshot, settings: LiveSettings): RestoredHost {
    const restored = HostMachine.restore(machine)
    if (restored.kind === 'problem') return restored
    const host = new LiveHost(new HostFeed(settings, feed), restored.machine, new HostCoverage(coverage))
    return { kind: 'host', host }
  }

  snapshot(): LiveHostSnapshot {
    return { feed: this.#feed.written(), machine: this.#machine.snapshot(), coverage: this.#coverage.spans() }
  }

  /** The fuller name by which the host is shown from now on. */
  rename(name: string): void {
    this.#machine.rename(name)
  }

  /** Takes a fact from one of the host's sources. */
  add(source: string, fact: Fact): void {
    this.#take(this.#feed.add(source, fact))
  }

  /** The source has told everything up to this time: the word of a source that has nothing else to say. */
  advance(source: string, time: number): void {
    this.#take(this.#feed.advance(source, time))
  }

  /** Nothing more is to come. */
  end(): void {
    this.#take(this.#feed.end())
  }

  /** The chains as they stand, without those that were released. */
  chains(): SeenChain<TaskChain>[] {
    return this.#machine.chains().map((chain) => seenChain(chain, this.#coverage))
  }

  /** The logs that were cleared, so far. */
  clearedLogs(): SeenChain<ClearedLog>[] {
    return this.#machine.clearedLogs().map((log) => seenLog(log, this.#coverage))
  }

  /** The tasks as they stand, without those that were released. */
  tasks(): LoggedTask[] {
    return this.#machine.tasks()
  }

  /** The chains and tasks that are over leave the state. */
  release(): LiveRelease {
    if (this.#feed.done === null) return { chains: [], tasks: [] }
    const { chains, tasks } = this.#machine.release(this.#feed.done)
    return { chains: chains.map((chain) => seenChain(chain, this.#coverage)), tasks }
  }

  /** What could not be kept or waited for, one sentence each. */
  givenUp(): string[] {
    const { hurried } = this.#feed
    const records = `${counted(hurried, 'record was', 'records were')} not waited for any longer: too many of this host were waiting.`
    return [...this.#machine.givenUp(), ...(hurried > 0 ? [records] : [])]
  }

  #take(inTurn: readonly FactInTurn[]): void {
    for (const { fact, alsoIn, isLate } of inTurn) {
      const clockOffset = fact.clockOffset ?? 0
      this.#machine.setClock(fact.time, clockOffset)
      this.#coverage.note(fact, clockOffset)
      this.#machine.add(fact, alsoIn, isLate)
    }
  }
}
