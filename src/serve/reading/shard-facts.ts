import { zstdCompressSync } from 'node:zlib'
import { type LogCounts, logCountsAsJson, noLogCounts } from '../../coverage/index.ts'
import { shardOf } from '../../engine/fact-order.ts'
import { packFacts } from '../../engine/fact-packing.ts'
import type { Fact } from '../../model/fact.ts'
import { hostKey } from '../../model/host.ts'
import type { ShardFacts } from '../ports.ts'
import { contentHash, type OriginalBytes } from './original-bytes.ts'

/** Facts and counts of records of a post as they are kept: by shard, in the order of their names. */
export function shardFacts(facts: readonly Fact[], counts: LogCounts, originals: OriginalBytes): ShardFacts[] {
  const factsOf = Map.groupBy(facts, shardOf)
  const countsOf = countsByShard(counts)
  const shards = [...new Set([...factsOf.keys(), ...countsOf.keys()])].sort()
  return shards.map((shard) =>
    packShard(shard, factsOf.get(shard) ?? [], countsOf.get(shard) ?? noLogCounts(), originals),
  )
}

function packShard(shard: string, facts: Fact[], counts: LogCounts, originals: OriginalBytes): ShardFacts {
  facts.sort((a, b) => a.position - b.position)
  const contentHashes = new Float64Array(facts.length)
  const ends = new Uint32Array(facts.length)
  const records: Buffer[] = []
  let [end, first, last] = [0, 0, 0]
  for (const [index, fact] of facts.entries()) {
    const original = originals.at(fact.position)
    records.push(original.bytes)
    end += original.bytes.length
    ends[index] = end
    if (fact.recordId === 0) contentHashes[index] = contentHash(fact, original)
    if (index === 0 || fact.time < first) first = fact.time
    if (index === 0 || fact.time > last) last = fact.time
  }
  return {
    shard,
    facts: packFacts(facts),
    contentHashes,
    first,
    last,
    originals: ownBytes(zstdCompressSync(Buffer.concat(records))),
    originalEnds: ends,
    counts: ownBytes(Buffer.from(JSON.stringify(logCountsAsJson(counts)))),
  }
}

/** A copy whose memory is nobody else's, so that it can be handed to another thread. */
const ownBytes = (bytes: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)

function countsByShard({ slot, series }: LogCounts): Map<string, LogCounts> {
  const shards = new Map<string, LogCounts>()
  for (const [key, own] of series) {
    const shard = hostKey(own.host)
    let counts = shards.get(shard)
    if (counts === undefined) {
      counts = { slot, cells: 0, series: new Map() }
      shards.set(shard, counts)
    }
    counts.series.set(key, own)
    counts.cells += own.cells.size
  }
  return shards
}
