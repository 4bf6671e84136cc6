import type { ExtractTally } from '../engine/extract.ts'
import type { FactRun } from '../engine/fact-runs.ts'

/** What reading the inputs gave. */
export interface ExtractResult {
  readonly runs: readonly FactRun[]
  readonly tally: ExtractTally
}

/** Where reading tells how it goes on. */
export interface ReadWatch {
  /** A unit of this input is begun. */
  begin(name: string): void
  /** Bytes and records read since the last call. */
  add(bytes: number, records: number): void
}
