/** Stable words for what is wrong with an EVTX file; they become `Problem.code`. */
export type DamageCode =
  | 'bad-file-header'
  | 'bad-chunk-header'
  | 'bad-checksum'
  | 'bad-record'
  | 'bad-binxml'
  | 'bad-template'
  | 'bad-value'
  | 'too-deep'
  | 'too-large'
  | 'truncated'
  | 'more-problems'

/** Thrown while one record is read and caught at the record's border; it never leaves the decoder. */
export class Damage extends Error {
  readonly code: DamageCode
  /** Offset inside the chunk of what could not be read. */
  readonly at: number

  constructor(code: DamageCode, at: number, message: string) {
    super(message)
    this.name = 'Damage'
    this.code = code
    this.at = at
  }
}

/** What went wrong, whatever was thrown: a read past the end of the chunk is a RangeError of DataView. */
export function damageOf(error: unknown, at: number): Damage {
  if (error instanceof Damage) return error
  if (error instanceof RangeError) return new Damage('bad-binxml', at, 'something points outside of its chunk')
  throw error
}

/** `0x1a40`, as offsets are written in every message. */
export function hex(offset: number): string {
  return `0x${offset.toString(16)}`
}
