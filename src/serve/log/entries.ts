import type { ReadPost } from '../ports.ts'
import { type FactData, packShardFacts } from './shard-facts.ts'

/** Facts of a shard as an entry has them: packed, with what is asked for without unpacking them. */
export interface PackedShard {
  readonly shard: string
  readonly count: number
  /** Times of the earliest and latest fact; 0 and 0 without facts. */
  readonly first: number
  readonly last: number
  /** As `packShardFacts` made it. */
  readonly data: Uint8Array
  /** The same unpacked, where it is at hand: not a part of the entry. */
  readonly unpacked?: FactData
}

/** A post that is kept. */
export interface PostEntry {
  readonly kind: 'post'
  /** When it came, by this machine's clock, in milliseconds; no entry's is before that of the one before it. */
  readonly arrival: number
  /** Name of the sender's token, and how evidence names what it sent. */
  readonly sender: string
  readonly source: string
  /** Bytes of the post: places in the next of its source begin after them. */
  readonly bytes: number
  readonly records: number
  readonly shards: readonly PackedShard[]
  /** Counts of what could not be read, by code, with an example's reason. */
  readonly problems: readonly { readonly code: string; readonly count: number; readonly reason: string }[]
}

/** The clock's word that time goes on where nothing comes. */
export interface TickEntry {
  readonly kind: 'tick'
  readonly time: number
}

/** From here on chains are weighed by this baseline. */
export interface BaselineEntry {
  readonly kind: 'baseline'
  readonly time: number
  /** Id of a learned one, or `none`. */
  readonly id: string
}

export type LogEntry = PostEntry | TickEntry | BaselineEntry

/** The head of an entry as JSON, then what is packed. */
export function writeEntry(entry: LogEntry): Uint8Array[] {
  if (entry.kind !== 'post') return [headOf(entry)]
  const shards = entry.shards.map(({ data, unpacked: _, ...shard }) => ({ ...shard, bytes: data.length }))
  return [headOf({ ...entry, shards }), ...entry.shards.map(({ data }) => data)]
}

function headOf(value: object): Uint8Array {
  const json = Buffer.from(JSON.stringify(value))
  const head = Buffer.alloc(4 + json.length)
  head.writeUInt32LE(json.length)
  json.copy(head, 4)
  return head
}

type WrittenShard = Omit<PackedShard, 'data' | 'unpacked'> & { readonly bytes: number }

export function readEntry(body: Uint8Array): LogEntry {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  let at = 4 + bytes.readUInt32LE(0)
  const entry = JSON.parse(bytes.toString('utf8', 4, at)) as LogEntry
  if (entry.kind !== 'post') return entry
  const shards = (entry.shards as unknown as readonly WrittenShard[]).map(({ bytes: length, ...shard }) => {
    const data = bytes.subarray(at, at + length)
    at += length
    return { ...shard, data }
  })
  return { ...entry, shards }
}

/** Reasons are the sender's text: so much of one is kept. */
const longestReason = 300

/** What is kept of a post that was read. */
export function postEntry(
  read: ReadPost,
  about: Pick<PostEntry, 'arrival' | 'sender' | 'source' | 'bytes'>,
): PostEntry {
  const problems = new Map<string, { code: string; count: number; reason: string }>()
  for (const { code, reason } of read.problems) {
    const known = problems.get(code)
    if (known) known.count++
    else problems.set(code, { code, count: 1, reason: reason.slice(0, longestReason) })
  }
  const unlisted = { code: 'unlisted', count: read.unlisted, reason: 'more than are told one by one' }
  return {
    kind: 'post',
    ...about,
    records: read.records,
    shards: read.shards.map((shard) => ({
      shard: shard.shard,
      count: shard.facts.count,
      first: shard.first,
      last: shard.last,
      data: packShardFacts(shard),
      unpacked: shard,
    })),
    problems: [...problems.values(), ...(read.unlisted > 0 ? [unlisted] : [])],
  }
}
