import type { PackedFacts } from '../engine/ports.ts'
import type { SourceKind } from '../sources/kinds.ts'

// What the parts of the service know of each other. Doors hand posts to the intake; the intake reads them, keeps them, and says so.

/** Who sends: the holder of a token. */
export interface Sender {
  /** The token's name. */
  readonly name: string
  /** Hosts for which it may speak, by the first label of their names, lower case; null: any. */
  readonly hosts: readonly string[] | null
}

/** What a door hands over: text or an event log, with where its items begin. */
export interface Post {
  readonly sender: Sender
  /** How evidence names it: the door and the sender, or a watched file. */
  readonly source: string
  /** Unpacked, in a buffer that threads share. */
  readonly bytes: Uint8Array<SharedArrayBuffer>
  /** What it is read as; null: what its content says. */
  readonly kind: SourceKind | null
  /** Where in `bytes` each item of the protocol begins, rising; null: the protocol has no items of its own. */
  readonly items: Float64Array | null
  /** Records of an event log that begin before this place were taken before, and stand there because later ones are written by means of them. */
  readonly takenTo?: number
}

/** What could not be read or was not taken. */
export interface ItemProblem {
  /** Place among the post's items; null: of the whole. */
  readonly item: number | null
  /** `not-a-record`: no reader knows it; `damaged`: a record with a field that cannot be read; `not-yours`: of a host for which the sender may not speak. */
  readonly code: 'not-a-record' | 'damaged' | 'not-yours'
  readonly reason: string
}

/** What was made of a post, before it is kept. */
export interface ReadPost {
  readonly records: number
  /** Places of records are below it: the bytes of the post, or more where it is packed in itself or in UTF-16. */
  readonly contentBytes: number
  /** By shard, in order. */
  readonly shards: readonly ShardFacts[]
  /** At most a thousand. */
  readonly problems: readonly ItemProblem[]
  /** Problems beyond those that are listed. */
  readonly unlisted: number
}

/** Facts of the hosts of one shard (names with one first label), as they are kept until nothing can need them any more. */
export interface ShardFacts {
  readonly shard: string
  /** In the order of the post; `source` is 0 and `position` the place in the post's bytes: whoever takes them up puts others there. */
  readonly facts: PackedFacts
  /** Of each fact whose record has no id a hash of its record's bytes (52 bits), by which it is known when it is sent again; else 0. */
  readonly contentHashes: Float64Array<ArrayBuffer>
  /** The earliest and latest time of a fact; 0 and 0 without facts. */
  readonly first: number
  readonly last: number
  /** The records of the facts as they were sent, one after the other, zstd. */
  readonly originals: Uint8Array<ArrayBuffer>
  /** Where each ends, unpacked. */
  readonly originalEnds: Uint32Array<ArrayBuffer>
  /** All records of these hosts by host and log, wanted or not: `LogCounts` as JSON. */
  readonly counts: Uint8Array<ArrayBuffer>
}

/** What becomes of a post. */
export type Taken =
  /** Its facts are on the disk. */
  | {
      readonly kind: 'kept'
      readonly records: number
      readonly problems: readonly ItemProblem[]
      readonly unlisted: number
    }
  /** Too much waits to be read: to be sent again after so many seconds. */
  | { readonly kind: 'full'; readonly retryAfter: number }
  /** The service ends, or its disk takes nothing more. */
  | { readonly kind: 'unavailable'; readonly reason: string }

/** Takes posts. */
export interface Intake {
  /** Settles when the post is kept, or is not going to be. */
  take(post: Post): Promise<Taken>
  /** Whether a body of so many bytes would be taken now: asked before it is read from the network. */
  hasRoomFor(bytes: number): boolean
}
