import type { Fact } from '../../model/fact.ts'
import { compareFacts } from '../fact-order.ts'

/** Facts of which the first in the total order is at hand: a binary heap. */
export class FactHeap {
  readonly #facts: Fact[] = []

  constructor(facts: readonly Fact[] = []) {
    for (const fact of facts) this.push(fact)
  }

  get size(): number {
    return this.#facts.length
  }

  get first(): Fact | undefined {
    return this.#facts[0]
  }

  /** All of them in order. */
  inOrder(): Fact[] {
    return [...this.#facts].sort(compareFacts)
  }

  push(fact: Fact): void {
    const facts = this.#facts
    let at = facts.length
    facts.push(fact)
    while (at > 0) {
      const above = (at - 1) >> 1
      const other = facts[above] as Fact
      if (compareFacts(other, fact) <= 0) break
      facts[at] = other
      at = above
    }
    facts[at] = fact
  }

  pop(): Fact | undefined {
    const facts = this.#facts
    const first = facts[0]
    const last = facts.pop()
    if (last === undefined || facts.length === 0) return first
    let at = 0
    for (let below = 1; below < facts.length; below = 2 * at + 1) {
      const right = facts[below + 1]
      if (right && compareFacts(right, facts[below] as Fact) < 0) below++
      const lesser = facts[below] as Fact
      if (compareFacts(lesser, last) >= 0) break
      facts[at] = lesser
      at = below
    }
    facts[at] = last
    return first
  }
}
