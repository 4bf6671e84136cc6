import type { Fact } from '../model/fact.ts'
import { compareFacts, isSameRecord } from './fact-order.ts'
import { unpacking } from './fact-packing.ts'
import { FactRows } from './fact-rows.ts'
import type { PackedFacts, Spool } from './ports.ts'

/** How large a run grows in memory, so that two workers and the merge stay below the bound of 512 MB. */
const usualRun = {
  /** Some hundred thousand facts, in 20 MB. */
  cells: 2_500_000,
  /** Characters of its texts, which seldom take a third of that. */
  weight: 24_000_000,
}

/** A sorted run: as rows in memory, or as packed blocks in memory or in the spool. */
export type FactRun =
  | { readonly kind: 'rows'; readonly rows: FactRows }
  | { readonly kind: 'blocks'; readonly blocks: readonly PackedFacts[] }
  | { readonly kind: 'spooled'; readonly spool: Spool; readonly handles: readonly number[] }

/** Collects facts in any order and gives them up as sorted runs; only the last, unfilled run stays in memory. */
export class FactCollector {
  readonly #spool: Spool
  readonly #largest: typeof usualRun
  readonly #runs: FactRun[] = []
  #rows = new FactRows()

  constructor(spool: Spool, largest = usualRun) {
    this.#spool = spool
    this.#largest = largest
  }

  add(fact: Fact): void {
    const rows = this.#rows
    rows.add(fact)
    if (rows.cells < this.#largest.cells && rows.weight < this.#largest.weight) return
    rows.sort()
    const handles = Array.from(rows.blocks(), (block) => this.#spool.write(block))
    this.#runs.push({ kind: 'spooled', spool: this.#spool, handles })
    rows.clear()
  }

  finish(): FactRun[] {
    const runs = [...this.#runs.splice(0), ...(this.#rows.count > 0 ? [rowsRun(this.#rows)] : [])]
    this.#rows = new FactRows()
    return runs
  }
}

function rowsRun(rows: FactRows): FactRun {
  rows.sort()
  return { kind: 'rows', rows }
}

/** These facts as one run. */
export function runOf(facts: readonly Fact[]): FactRun {
  const rows = new FactRows()
  for (const fact of facts) rows.add(fact)
  return rowsRun(rows)
}

/** Gives one fact after the other, then undefined. */
type Stream = () => Fact | undefined

function streamOf(run: FactRun): Stream {
  switch (run.kind) {
    case 'rows':
      return run.rows.unpacking()
    case 'blocks':
      return inBlocks(run.blocks.length, (index) => run.blocks[index] as PackedFacts)
    case 'spooled':
      return inBlocks(run.handles.length, (index) => run.spool.read(run.handles[index] as number))
    default:
      return run satisfies never
  }
}

/** One block after the other, each unpacked when it is due. */
function inBlocks(count: number, block: (index: number) => PackedFacts): Stream {
  let index = 0
  let next: Stream = () => undefined
  return () => {
    let fact = next()
    while (fact === undefined && index < count) {
      next = unpacking(block(index++))
      fact = next()
    }
    return fact
  }
}

/** A fact, and the further inputs that hold the same record. */
export interface MergedFact {
  readonly fact: Fact
  readonly alsoIn: readonly number[]
  /** The same as the fact's, where the clock of its host was set back before. */
  readonly clockOffset?: number
  /** It came when later ones had gone by for good. */
  readonly isLate?: boolean
}

const nowhereElse: readonly number[] = []

/** All runs as one stream in total order, each record once. */
export function* mergeRuns(runs: readonly FactRun[]): Generator<MergedFact> {
  let alsoIn: number[] | undefined
  const next = merged(runs.map(streamOf))
  let held = next()
  while (held !== undefined) {
    const fact = next()
    if (fact !== undefined && isSameRecord(held, fact)) {
      if (fact.source !== held.source && alsoIn?.at(-1) !== fact.source) alsoIn = [...(alsoIn ?? []), fact.source]
      continue
    }
    yield { fact: held, alsoIn: alsoIn ?? nowhereElse }
    held = fact
    alsoIn = undefined
  }
}

interface Head {
  fact: Fact
  readonly stream: Stream
}

/** Merges sorted streams with a binary heap of their heads. */
function merged(streams: readonly Stream[]): Stream {
  const heads = streams.flatMap((stream): Head[] => {
    const fact = stream()
    return fact === undefined ? [] : [{ fact, stream }]
  })
  heads.sort((a, b) => compareFacts(a.fact, b.fact))
  return () => {
    const top = heads[0]
    if (top === undefined) return undefined
    const { fact } = top
    const following = top.stream()
    if (following !== undefined) top.fact = following
    else {
      const last = heads.pop() as Head
      if (last !== top) heads[0] = last
    }
    sink(heads)
    return fact
  }
}

function sink(heads: Head[]): void {
  const moving = heads[0]
  if (moving === undefined) return
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heads.length) break
    if (child + 1 < heads.length && compareFacts((heads[child + 1] as Head).fact, (heads[child] as Head).fact) < 0)
      child++
    if (compareFacts((heads[child] as Head).fact, moving.fact) >= 0) break
    heads[at] = heads[child] as Head
    at = child
  }
  heads[at] = moving
}
