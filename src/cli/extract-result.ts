import type { ExtractTally } from '../engine/extract.ts'
import type { FactRun } from '../engine/fact-runs.ts'

/** What reading the inputs gave. */
export interface ExtractResult {
  readonly runs: readonly FactRun[]
  readonly tally: ExtractTally
}

/** Called with the bytes and records read since the last call. */
export type Progress = (bytes: number, records: number) => void
