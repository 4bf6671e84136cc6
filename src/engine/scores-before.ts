import { hash } from 'node:crypto'
import type { TaskChain } from '../model/chain.ts'
import type { ScoredChain } from '../model/finding.ts'
import type { Known } from '../score/index.ts'

interface Scored {
  /** A hash of all that it was scored from. */
  readonly of: string
  readonly scored: ScoredChain<TaskChain>
}

/**
 * Chains of some hosts as they were scored last. Whoever scores them again and again, most of them unchanged, is given the same result
 * for the same chain: it depends on nothing else than on what is compared here, and on settings that never change.
 */
export class ScoresBefore {
  #before = new Map<string, Scored>()
  #now = new Map<string, Scored>()

  /** Chains that are not asked for until the next beginning are forgotten then. */
  begin(): void {
    this.#before = this.#now
    this.#now = new Map()
  }

  /** What `score` gives, or gave for the same. */
  of(
    chain: TaskChain,
    known: Known,
    runsAreVisible: boolean,
    score: () => ScoredChain<TaskChain>,
  ): ScoredChain<TaskChain> {
    const { past, ...others } = known
    const of = hash('sha1', JSON.stringify([chain, runsAreVisible, others, past.runs, [...past.programs]]), 'base64')
    const before = this.#before.get(chain.id)
    const same = before?.of === of ? before : { of, scored: score() }
    this.#now.set(chain.id, same)
    return same.scored
  }
}
