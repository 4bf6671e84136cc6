import type { HostSpans } from '../model/coverage.ts'
import type { FleetCoverageReport } from '../model/coverage-report.ts'
import type { ScoredChain } from '../model/finding.ts'
import type { HostRole } from '../model/host-role.ts'
import type { InventoryEntry } from '../model/inventory.ts'
import type { Note } from '../model/note.ts'
import type { Problem } from '../model/problem.ts'
import type { Instant } from '../model/time.ts'

/** What a scan read, in numbers. */
export interface ScanTally {
  /** Files that were read, at least in part. */
  readonly files: number
  /** Files of a kind that is not known, which were left alone. */
  readonly skippedFiles: number
  /** The same by their ending, the most frequent first; without one it is empty. */
  readonly skipped: readonly { readonly ending: string; readonly count: number }[]
  readonly bytes: number
  readonly records: number
  /** Facts taken from the records, copies of the same record counted once. */
  readonly facts: number
  readonly hosts: readonly string[]
  readonly first: Instant | null
  readonly last: Instant | null
}

/** A task with the hashes by which it is compared over hosts. */
export interface InventoryItem {
  readonly entry: InventoryEntry
  /** Of the definition's canonical and loose form; null without a definition that was read whole. */
  readonly definitionHash: string | null
  readonly looseHash: string | null
}

/** What was asked for and is not in the evidence. */
export type Unmet =
  /** Nothing at all could be read. */
  | { readonly kind: 'no-input' }
  | { readonly kind: 'no-such-host'; readonly host: string; readonly hosts: readonly string[] }
  /** The records of what was asked for lie between these times, none of them in the time asked for. */
  | { readonly kind: 'no-such-time'; readonly first: Instant; readonly last: Instant }

/** All that a report needs: it sees nothing else. */
export interface ScanResult {
  /** Paths of the inputs; evidence names them by index. */
  readonly inputs: readonly string[]
  readonly tally: ScanTally
  /** Every chain, by host, time and id. */
  readonly chains: readonly ScoredChain[]
  /** What each host is for, as far as its logs and tasks tell. */
  readonly roles: ReadonlyMap<string, HostRole>
  /** Null: what was asked for is there. Else no chain was looked at, and that there are none says nothing. */
  readonly unmet: Unmet | null
  /** Every task on every host, by host and path. */
  readonly inventory: readonly InventoryItem[]
  /** What is known to have worked on each host, by host. */
  readonly coverage: readonly HostSpans[]
  /** What could have been seen, over all hosts; computed when it is asked for. */
  readonly fleet: FleetCoverageReport
  /** What no chain of the input could have shown, by host, one sentence each. */
  readonly blindSpots: readonly string[]
  /** What should be known of inputs, by name. */
  readonly notes: readonly Note[]
  readonly problems: readonly Problem[]
  /** Problems beyond those that are listed. */
  readonly unlistedProblems: number
}

/** A finding in the narrow sense: someone should look at it. */
export const isFinding = ({ score }: ScoredChain): boolean => score.severity !== 'informational'
