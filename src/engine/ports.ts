import type { Note } from '../model/note.ts'
import type { Problem } from '../model/problem.ts'
import type { Interest, WindowsRecord } from '../model/record.ts'

/** Where packed content lies, for whoever opens it: in a file, or in an archive that is kept in memory. */
export interface Packed {
  readonly base: { readonly path: string } | { readonly bytes: SharedArrayBuffer }
  /** Where the packed bytes begin, and how many they are. */
  readonly start: number
  readonly length: number
  readonly method: 'stored' | 'deflate' | 'gzip' | 'zstd'
  /** Bytes of what they unpack to that come before the content. */
  readonly skip: number
  /** Bytes of the content; null: all that is there. */
  readonly size: number | null
  /** CRC-32 of the content, where the archive keeps one. */
  readonly crc: number | null
}

/** One piece of input that can be read by itself: a file, or a range of a large one. */
export interface Unit {
  /** Index of the input in the scan's list of inputs. */
  readonly source: number
  /** Where it is, for whoever opens it. */
  readonly path: string
  /** The content within that file, where it is a member of an archive or packed itself; then it is read as a whole. */
  readonly packed?: Packed
  /** The input as it is named in results. */
  readonly name: string
  /** Kind of input, as `sources/` recognised it by its content; the engine only hands it back. */
  readonly kind: string
  /** Range in the kind's own steps (chunks of an EVTX file; 0 to 1 for what can only be read as a whole), end exclusive. */
  readonly from: number
  readonly to: number
  readonly bytes: number
}

export interface ReadTally {
  readonly notes?: readonly Note[]
  /** Records met, whether anybody wanted them or not. */
  readonly records: number
  readonly bytes: number
}

/** Reads one unit and hands out the records that somebody is interested in. */
export interface RecordReader {
  read(
    unit: Unit,
    visit: (record: WindowsRecord) => void,
    report: (problem: Problem) => void,
    progress: (bytes: number, records: number) => void,
  ): Promise<ReadTally>
}

/**
 * Told of records as they go by. `bytes`: how long the record is, from a reader that tells of every record whose head can be read, wanted
 * or not; null from one that tells only of those that are wanted.
 */
export type Look = (record: WindowsRecord, bytes: number | null) => void

/** Makes readers; one reader may keep what it learns (compiled templates) from unit to unit. */
export type OpenReader = (interests: readonly Interest[], look?: Look) => RecordReader

/** Facts in a compact form: numbers in one array, texts in another. Crosses threads and files. */
export interface PackedFacts {
  readonly count: number
  readonly numbers: Float64Array<ArrayBuffer>
  /** The texts as one JSON array, UTF-8. */
  readonly texts: Uint8Array<ArrayBuffer>
}

/** A place for packed facts beyond what fits in memory. */
export interface Spool {
  /** Keeps a block and returns the handle to read it by. */
  write(block: PackedFacts): number
  read(handle: number): PackedFacts
}
