import { zstdDecompressSync } from 'node:zlib'
import { recordsIn } from '../../correlate/index.ts'
import { unpackFacts } from '../../engine/fact-packing.ts'
import type { ShardBase } from '../../engine/live/shard-base.ts'
import type { Evidence } from '../../model/chain.ts'
import { type FactData, unpackShardFacts } from '../log/shard-facts.ts'
import type { FactsRow } from '../store/facts.ts'
import type { FindingRecord } from '../store/finding-records.ts'
import type { KeptRecord } from '../store/kept-records.ts'
import type { Store } from '../store/store.ts'
import { recordKey } from './record-key.ts'

/** Of one shard, records that are kept beyond their facts. A hostile host makes each as large as it can be, and its state name any of them. */
const mostKept = { records: 20_000, bytes: 32 << 20 }
/** The same of one finding, whose evidence is bounded already. */
const mostOfFinding = 16 << 20

/** The records that the facts of a row were made of, as they were sent, for those that somebody asks for. */
function* recordsOf(
  { facts, originals, originalEnds }: FactData,
  isWanted: (key: string) => boolean,
): Generator<KeptRecord> {
  let unpacked: Uint8Array | null = null
  let index = 0
  for (const fact of unpackFacts(facts)) {
    const [from, to] = [index === 0 ? 0 : (originalEnds[index - 1] as number), originalEnds[index] as number]
    index++
    const key = recordKey(fact)
    if (from === to || !isWanted(key)) continue
    unpacked ??= zstdDecompressSync(originals)
    yield { key, time: fact.time, bytes: unpacked.subarray(from, to) }
  }
}

/** Keeps records as they were sent as long as something can be proved by them. To be used within the store's transaction. */
export class Originals {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** The records of a finding's evidence go with it. */
  keepFor(finding: string, shard: string, evidence: readonly Evidence[]): void {
    const keys = evidence.map((one) => (one.artifact === undefined ? recordKey(one) : null))
    const found = this.#store.findingRecords.byKey(finding)
    const missing = new Map<string, number>()
    for (const [n, key] of keys.entries())
      if (key !== null && !found.has(key)) missing.set(key, (evidence[n] as Evidence).time)
    this.#find(shard, missing, found)
    const records: FindingRecord[] = []
    let bytes = 0
    for (const [n, key] of keys.entries()) {
      const own = key === null ? undefined : found.get(key)
      bytes += own?.length ?? 0
      if (key !== null) records.push({ n, key, bytes: own && bytes <= mostOfFinding ? own : null })
    }
    this.#store.findingRecords.put(finding, records)
  }

  #find(shard: string, missing: Map<string, number>, found: Map<string, Uint8Array>): void {
    if (missing.size === 0) return
    const kept = this.#store.keptRecords.of(shard)
    for (const key of missing.keys()) {
      const own = kept.get(key)
      if (!own) continue
      found.set(key, own.bytes)
      missing.delete(key)
    }
    if (missing.size === 0) return
    const times = [...missing.values()]
    const [first, last] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))]
    for (const row of this.#store.facts.within(shard, first, last))
      for (const { key, bytes } of recordsOf(unpackShardFacts(row.data), (one) => missing.has(one))) {
        if (found.has(key)) continue
        found.set(key, bytes)
        missing.delete(key)
      }
  }

  /** A base takes the place of these rows: of their records those stay that it can still name, and of those that were kept before, too. */
  moveOn(shard: string, base: ShardBase, rows: readonly FactsRow[]): void {
    const { keptRecords } = this.#store
    const named = namedIn(base)
    const kept = keptRecords.of(shard)
    for (const key of kept.keys()) if (!named.has(key)) kept.delete(key)
    for (const row of rows)
      for (const record of recordsOf(unpackShardFacts(row.data), (key) => named.has(key) && !kept.has(key)))
        kept.set(record.key, record)
    keptRecords.put(shard, kept.values(), mostKept)
  }
}

/** Records that the chains and the state of a base name. */
function namedIn({ hosts }: ShardBase): Set<string> {
  const named = new Set<string>()
  for (const { pass } of hosts) {
    for (const record of recordsIn(pass.machine)) named.add(recordKey(record))
    for (const { evidence } of pass.chains) for (const one of evidence) named.add(recordKey(one))
  }
  return named
}
