/** Stable words for what is wrong with a hive, its logs or what lies in it; they become `Problem.code`. */
export type DamageCode =
  | 'not-a-hive'
  | 'bad-base-block'
  | 'bad-checksum'
  | 'dirty-hive'
  | 'bad-log'
  | 'log-gap'
  | 'bad-cell'
  | 'bad-list'
  | 'bad-key'
  | 'bad-value'
  | 'bad-security-descriptor'
  | 'bad-task-cache'
  | 'bad-job'
  | 'loop'
  | 'too-deep'
  | 'too-large'
  | 'truncated'
  | 'unknown-layout'
  | 'more-problems'

/** Thrown while one cell or blob is read and caught at its border; it never leaves the decoder. */
export class Damage extends Error {
  readonly code: DamageCode
  /** Offset of what could not be read: in the hive's file, or in the blob. */
  readonly at: number

  constructor(code: DamageCode, at: number, message: string) {
    super(message)
    this.name = 'Damage'
    this.code = code
    this.at = at
  }
}

/** `0x1a40`, as offsets are written in every message. */
export function hex(offset: number): string {
  return `0x${offset.toString(16)}`
}
