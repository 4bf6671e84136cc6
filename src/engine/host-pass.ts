import { compareChains, HostMachine, type KeptActions, recreated } from '../correlate/index.ts'
import { HostCoverage, LedgerKeeper } from '../coverage/index.ts'
import type { ClearedLog, TaskChain } from '../model/chain.ts'
import type { Fact } from '../model/fact.ts'
import { append } from '../model/lists.ts'
import type { LoggedTask } from '../model/logged-task.ts'
import { taskKey } from '../model/task-path.ts'
import type { MergedFact } from './fact-runs.ts'

/** Facts of one host after which what is over leaves its state: a pass over some hundreds of tasks, which takes milliseconds. */
const factsToRelease = 16_384

/** One host while its facts go by in order: its state, what has left it, and what could be seen. */
export class HostPass {
  readonly coverage = new HostCoverage()
  readonly ledger = new LedgerKeeper()
  readonly #machine: HostMachine
  readonly #chains: TaskChain[] = []
  readonly #tasks: LoggedTask[] = []
  #facts = 0
  #clockOffset = 0
  /** A fault of ours and the fact it met: the facts after it are not used, for nobody knows what it has left behind. */
  fault: { readonly error: unknown; readonly fact: Fact | null } | null = null

  /** `kept`: what the host's artifacts say that its tasks start. */
  constructor(host: string, kept: readonly KeptActions[] = []) {
    this.#machine = new HostMachine(host, undefined, kept)
  }

  add(merged: MergedFact): void {
    if (this.fault !== null) return
    try {
      this.#add(merged)
    } catch (error) {
      this.fault = { error, fact: merged.fact }
    }
  }

  #add({ fact, alsoIn, clockOffset = 0 }: MergedFact): void {
    if (clockOffset !== this.#clockOffset) {
      this.#clockOffset = clockOffset
      this.#machine.setClock(fact.time, clockOffset)
    }
    this.coverage.note(fact, clockOffset)
    this.ledger.note(fact, clockOffset)
    this.#machine.add(fact, alsoIn)
    if (++this.#facts % factsToRelease !== 0) return
    const { chains, tasks } = this.#machine.release(fact.time)
    for (const chain of chains) this.#chains.push(chain)
    append(this.#tasks, tasks)
  }

  /** By time, and then id; after a fault those that are still to be had. */
  chains(): TaskChain[] {
    return [...this.#chains, ...this.#still(() => this.#machine.chains())].sort(compareChains)
  }

  /** Every task of the host, by path. */
  tasks(): LoggedTask[] {
    const byPath = new Map<string, LoggedTask>()
    for (const task of [...this.#tasks, ...this.#still(() => this.#machine.tasks())]) {
      const key = taskKey(task.path)
      const earlier = byPath.get(key)
      byPath.set(key, earlier ? recreated(earlier, task) : task)
    }
    return [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, task]) => task)
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
