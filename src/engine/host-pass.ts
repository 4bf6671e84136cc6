import { compareChains, HostMachine, type HostSnapshot, type KeptActions, recreated } from '../correlate/index.ts'
import { HostCoverage, LedgerKeeper, type WrittenLedger } from '../coverage/index.ts'
import type { ClearedLog, TaskChain } from '../model/chain.ts'
import type { HostSpans } from '../model/coverage.ts'
import type { Fact } from '../model/fact.ts'
import { append } from '../model/lists.ts'
import type { LoggedTask } from '../model/logged-task.ts'
import { taskKey } from '../model/task-path.ts'
import type { MergedFact } from './fact-runs.ts'
import { pastChain } from './past-chain.ts'

/** Facts of one host after which what is over leaves its state: a pass over some hundreds of tasks, which takes milliseconds. */
const factsToRelease = 16_384

/** A host as plain values, fit for JSON: whoever reads it back goes on as if nothing had happened. */
export interface WrittenPass {
  readonly machine: HostSnapshot
  readonly coverage: HostSpans['spans']
  readonly ledger: WrittenLedger
  /** What has left the machine. */
  readonly chains: readonly TaskChain[]
  readonly tasks: readonly LoggedTask[]
  /** Of the chains that are told no more what others are weighed beside. */
  readonly past: readonly TaskChain[]
  readonly clockOffset: number
}

export type RestoredPass =
  | { readonly kind: 'pass'; readonly pass: HostPass }
  | { readonly kind: 'problem'; readonly reason: string }

/** One host while its facts go by in order: its state, what has left it, and what could be seen. */
export class HostPass {
  readonly coverage: HostCoverage
  readonly ledger: LedgerKeeper
  readonly #machine: HostMachine
  #chains: TaskChain[] = []
  #tasks: LoggedTask[] = []
  #past: TaskChain[] = []
  #facts = 0
  #clockOffset = 0
  /** A fault of ours and the fact it met: the facts after it are not used, for nobody knows what it has left behind. */
  fault: { readonly error: unknown; readonly fact: Fact | null } | null = null

  private constructor(machine: HostMachine, coverage: HostCoverage, ledger: LedgerKeeper) {
    this.#machine = machine
    this.coverage = coverage
    this.ledger = ledger
  }

  /** `kept`: what the host's artifacts say that its tasks start. */
  static begin(host: string, kept: readonly KeptActions[] = []): HostPass {
    return new HostPass(new HostMachine(host, undefined, kept), new HostCoverage(), new LedgerKeeper())
  }

  static restore(written: WrittenPass): RestoredPass {
    const restored = HostMachine.restore(written.machine)
    if (restored.kind === 'problem') return restored
    const pass = new HostPass(restored.machine, new HostCoverage(written.coverage), new LedgerKeeper(written.ledger))
    pass.#chains = [...written.chains]
    pass.#tasks = [...written.tasks]
    pass.#past = [...written.past]
    pass.#clockOffset = written.clockOffset
    return { kind: 'pass', pass }
  }

  written(): WrittenPass {
    return {
      machine: this.#machine.snapshot(),
      coverage: this.coverage.spans(),
      ledger: this.ledger.written(),
      chains: this.#chains,
      tasks: this.#tasks,
      past: this.#past,
      clockOffset: this.#clockOffset,
    }
  }

  /** The fuller name by which the host is shown from now on; nothing else hangs on it. */
  rename(host: string): void {
    this.#machine.rename(host)
    const renamed = (chain: TaskChain): TaskChain => ({ ...chain, host })
    this.#chains = this.#chains.map(renamed)
    this.#past = this.#past.map(renamed)
  }

  /** Gives whether a process that began is in the story of a task. */
  add(merged: MergedFact): boolean {
    if (this.fault !== null) return false
    try {
      return this.#add(merged)
    } catch (error) {
      this.fault = { error, fact: merged.fact }
      return false
    }
  }

  #add({ fact, alsoIn, clockOffset = 0, isLate = false }: MergedFact): boolean {
    if (clockOffset !== this.#clockOffset) {
      this.#clockOffset = clockOffset
      this.#machine.setClock(fact.time, clockOffset)
    }
    this.coverage.note(fact, clockOffset)
    // It counts in the order of time.
    if (!isLate) this.ledger.note(fact, clockOffset)
    const isOfStory = this.#machine.add(fact, alsoIn, isLate)
    if (++this.#facts % factsToRelease === 0) this.#release(fact.time)
    return isOfStory
  }

  /** What is over at this time leaves the state, and is told from here; no earlier fact is to come. */
  release(time: number): void {
    try {
      this.#release(time)
    } catch (error) {
      this.fault ??= { error, fact: null }
    }
  }

  #release(time: number): void {
    const { chains, tasks } = this.#machine.release(time)
    for (const chain of chains) this.#chains.push(chain)
    append(this.#tasks, tasks)
  }

  /**
   * Keeps so many of the chains that have left the state, the newest, and of others what later ones are weighed beside. Gives the ids of
   * the chains that are told no more.
   */
  trim(most: { readonly chains: number; readonly past: number; readonly tasks: number }): string[] {
    const tasks = this.#releasedTasks()
    this.#tasks = tasks.slice(Math.max(0, tasks.length - most.tasks))
    const chains = this.#chains.sort(compareChains)
    const over = chains.slice(0, Math.max(0, chains.length - most.chains))
    if (over.length === 0) return []
    this.#chains = chains.slice(over.length)
    const past = [...this.#past, ...over.map(pastChain)]
    this.#past = past.slice(Math.max(0, past.length - most.past))
    return over.map(({ id }) => id)
  }

  /** Of the chains that are told no more what others are weighed beside. */
  get past(): readonly TaskChain[] {
    return this.#past
  }

  /** By time, and then id; after a fault those that are still to be had. */
  chains(): TaskChain[] {
    return [...this.#chains, ...this.#still(() => this.#machine.chains())].sort(compareChains)
  }

  /** Every task of the host, by path. */
  tasks(): LoggedTask[] {
    return byPath([...this.#tasks, ...this.#still(() => this.#machine.tasks())])
  }

  /** Those that have left the state, the longest unheard of first. */
  #releasedTasks(): LoggedTask[] {
    return byPath(this.#tasks).sort((a, b) => a.lastSeen.time - b.lastSeen.time)
  }

  clearedLogs(): ClearedLog[] {
    return this.#still(() => this.#machine.clearedLogs())
  }

  givenUp(): string[] {
    return this.#still(() => this.#machine.givenUp())
  }

  #still<T>(ask: () => T[]): T[] {
    try {
      return ask()
    } catch (error) {
      this.fault ??= { error, fact: null }
      return []
    }
  }
}

/** Each task once, with what is known of an earlier one of its path. */
function byPath(tasks: readonly LoggedTask[]): LoggedTask[] {
  const known = new Map<string, LoggedTask>()
  for (const task of tasks) {
    const key = taskKey(task.path)
    const earlier = known.get(key)
    known.set(key, earlier ? recreated(earlier, task) : task)
  }
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, task]) => task)
}
