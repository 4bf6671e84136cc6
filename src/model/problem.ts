/** Something in the input that could not be read: where it is and why. Reading goes on around it. */
export interface Problem {
  /** The input as the user named it, or its path below the folder that was named. */
  readonly file: string
  /** Byte offset in the file, where there is one. */
  readonly offset: number | null
  /** Index of the 64 KiB chunk of an EVTX file, where there is one. */
  readonly chunk: number | null
  /** A stable word for the kind of damage, e.g. `bad-checksum`, `truncated`, `bad-record`. */
  readonly code: string
  /** One sentence for a person: expected, found, what was lost. */
  readonly reason: string
}
