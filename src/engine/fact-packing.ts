import type { Fact } from '../model/fact.ts'
import { rowKinds } from './fact-layout.ts'
import { FactRows, RowFacts } from './fact-rows.ts'
import type { PackedFacts } from './ports.ts'

/** These facts in their order. */
export function packFacts(facts: readonly Fact[]): PackedFacts {
  const rows = new FactRows()
  for (const fact of facts) rows.add(fact)
  return rows.packed()
}

export function* unpackFacts(packed: PackedFacts): Generator<Fact> {
  const next = unpacking(packed)
  for (let fact = next(); fact !== undefined; fact = next()) yield fact
}

/** The facts one after the other, then undefined. */
export function unpacking({ count, numbers, texts }: PackedFacts): () => Fact | undefined {
  const table = JSON.parse(Buffer.from(texts.buffer, texts.byteOffset, texts.byteLength).toString('utf8')) as string[]
  const facts = new RowFacts(numbers, table)
  let left = count
  let start = 0
  return () => {
    if (left-- <= 0) return undefined
    const fact = facts.at(start)
    start += rowKinds[numbers[start] as number]?.length ?? 0
    return fact
  }
}
