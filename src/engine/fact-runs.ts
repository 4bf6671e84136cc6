import type { Fact } from '../model/fact.ts'
import { compareFacts, isSameRecord } from './fact-order.ts'
import { packFacts, unpackFacts } from './fact-packing.ts'
import { weightOf } from './fact-weight.ts'
import type { PackedFacts, Spool } from './ports.ts'

/** Facts in one run: some 25 MB as objects, so that two workers and the merge stay below the bound of 512 MB. */
const factsInRun = 20_000
/** The same in characters, where facts are heavy. */
const weightOfRun = 32_000_000
/** Facts in one packed block: what the merge holds of each run at a time. */
const factsInBlock = 500
const weightOfBlock = 1_000_000

/** A sorted run: still as objects, or as packed blocks in memory or in the spool. */
export type FactRun =
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'blocks'; readonly blocks: readonly PackedFacts[] }
  | { readonly kind: 'spooled'; readonly spool: Spool; readonly handles: readonly number[] }

/** Collects facts in any order and gives them up as sorted runs; only the last, unfilled run stays in memory. */
export class FactCollector {
  readonly #spool: Spool
  readonly #runs: FactRun[] = []
  #facts: Fact[] = []
  #weight = 0

  constructor(spool: Spool) {
    this.#spool = spool
  }

  add(fact: Fact): void {
    this.#facts.push(fact)
    this.#weight += weightOf(fact)
    if (this.#facts.length === factsInRun || this.#weight > weightOfRun) {
      const handles = blocksOf(this.#facts).map((block) => this.#spool.write(block))
      this.#runs.push({ kind: 'spooled', spool: this.#spool, handles })
      this.#facts = []
      this.#weight = 0
    }
  }

  finish(): FactRun[] {
    if (this.#facts.length > 0) this.#runs.push({ kind: 'facts', facts: this.#facts.sort(compareFacts) })
    this.#facts = []
    return this.#runs.splice(0)
  }
}

/** Sorted blocks of these facts. */
export function blocksOf(facts: Fact[]): PackedFacts[] {
  facts.sort(compareFacts)
  const blocks: PackedFacts[] = []
  let from = 0
  let weight = 0
  for (const [i, fact] of facts.entries()) {
    weight += weightOf(fact)
    if (i + 1 - from < factsInBlock && weight < weightOfBlock && i + 1 < facts.length) continue
    blocks.push(packFacts(facts.slice(from, i + 1)))
    from = i + 1
    weight = 0
  }
  return blocks
}

function* factsOf(run: FactRun): Generator<Fact> {
  switch (run.kind) {
    case 'facts':
      yield* run.facts
      break
    case 'blocks':
      for (const block of run.blocks) yield* unpackFacts(block)
      break
    case 'spooled':
      for (const handle of run.handles) yield* unpackFacts(run.spool.read(handle))
      break
    default:
      run satisfies never
  }
}

/** A fact, and the further inputs that hold the same record. */
export interface MergedFact {
  readonly fact: Fact
  readonly alsoIn: readonly number[]
  /** The same as the fact's, where the clock of its host was set back before. */
  readonly clockOffset?: number
}

const nowhereElse: readonly number[] = []

/** All runs as one stream in total order, each record once. */
export function* mergeRuns(runs: readonly FactRun[]): Generator<MergedFact> {
  let held: Fact | undefined
  let alsoIn: number[] | undefined
  for (const fact of inOrder(runs.map(factsOf))) {
    if (held && isSameRecord(held, fact)) {
      if (fact.source !== held.source && alsoIn?.at(-1) !== fact.source) alsoIn = [...(alsoIn ?? []), fact.source]
      continue
    }
    if (held) yield { fact: held, alsoIn: alsoIn ?? nowhereElse }
    held = fact
    alsoIn = undefined
  }
  if (held) yield { fact: held, alsoIn: alsoIn ?? nowhereElse }
}

/** Merges sorted streams with a binary heap of their heads. */
function* inOrder(streams: Generator<Fact>[]): Generator<Fact> {
  const heads: { fact: Fact; stream: Generator<Fact> }[] = []
  for (const stream of streams) {
    const { value, done } = stream.next()
    if (!done) heads.push({ fact: value, stream })
  }
  if (heads.length === 1) {
    const [only] = heads as [{ fact: Fact; stream: Generator<Fact> }]
    yield only.fact
    yield* only.stream
    return
  }
  heads.sort((a, b) => compareFacts(a.fact, b.fact))
  while (heads.length > 0) {
    const top = heads[0] as { fact: Fact; stream: Generator<Fact> }
    yield top.fact
    const { value, done } = top.stream.next()
    if (done) {
      const last = heads.pop() as { fact: Fact; stream: Generator<Fact> }
      if (heads.length === 0) return
      if (last !== top) heads[0] = last
    } else top.fact = value
    sink(heads)
  }
}

function sink(heads: { fact: Fact }[]): void {
  const moving = heads[0]
  if (!moving) return
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heads.length) break
    if (
      child + 1 < heads.length &&
      compareFacts((heads[child + 1] as { fact: Fact }).fact, (heads[child] as { fact: Fact }).fact) < 0
    )
      child++
    if (compareFacts((heads[child] as { fact: Fact }).fact, moving.fact) >= 0) break
    heads[at] = heads[child] as { fact: Fact }
    at = child
  }
  heads[at] = moving
}
