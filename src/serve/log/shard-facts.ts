import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { ShardFacts } from '../ports.ts'
import { packCells, unpackCells } from './cells.ts'

// The facts of a shard as the log and the store keep them. A head of 32-bit numbers (little endian): facts, numbers, records without
// an id, originals, then bytes of the four kinds of cells, of the texts unpacked, of the texts, of the originals and of the counts; then these.

const heads = 11

/** Texts below this are kept as they are: packing them would take longer than writing them. */
const worthPacking = 2_048
const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Without the name of the shard and the times, which are kept beside it. */
export type FactData = Omit<ShardFacts, 'shard' | 'first' | 'last'>

export function packShardFacts({ facts, contentHashes, originals, originalEnds, counts }: FactData): Uint8Array {
  const numbers = packCells(facts.numbers)
  const hashes = packCells(contentHashes)
  const ends = packCells(originalEnds)
  const texts = facts.texts.length < worthPacking ? facts.texts : zstdCompressSync(facts.texts, level)
  const head = Buffer.alloc(heads * 4)
  const sizes = [
    ...[facts.count, facts.numbers.length, contentHashes.length, originalEnds.length],
    ...[numbers.length, hashes.length, ends.length, facts.texts.length, texts.length, originals.length, counts.length],
  ]
  for (const [i, size] of sizes.entries()) head.writeUInt32LE(size, i * 4)
  return Buffer.concat([head, numbers, hashes, ends, texts, originals, counts])
}

export function unpackShardFacts(data: Uint8Array): FactData {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const size = (n: number) => bytes.readUInt32LE(4 * n)
  let at = heads * 4
  const part = (n: number): Buffer => {
    const from = at
    at += size(n)
    return bytes.subarray(from, at)
  }
  const numberCells = unpackCells(part(4), size(1))
  const contentHashes = unpackCells(part(5), size(2))
  const originalEnds = Uint32Array.from(unpackCells(part(6), size(3)))
  const texts = part(8)
  return {
    facts: {
      count: size(0),
      numbers: numberCells,
      texts: copyOf(size(7) === texts.length ? texts : zstdDecompressSync(texts)),
    },
    contentHashes,
    originalEnds,
    originals: copyOf(part(9)),
    counts: copyOf(part(10)),
  }
}

const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
