/** Something about an input that is no damage, but that whoever reads the results should know. */
export interface Note {
  /** The input as the user named it. */
  readonly file: string
  /** A stable word, e.g. `clock-corrected`. */
  readonly code: string
  /** What it is, as the rest of a sentence about the input. */
  readonly text: string
}
