import type { FindingJson } from '../finding-json.ts'
import type { summaryJson } from '../json.ts'
import type { PageCoverage } from './coverage.ts'

// What is embedded in a page, and what its script reads out of it.

/** A finding as it lies in a block: with the records that prove it, in the order of its evidence, as far as they were decoded. */
export type PageFinding = FindingJson & { readonly records?: readonly unknown[] }

/** What the page begins with; its findings lie in blocks of their own, in the index's order. */
export interface PageData {
  readonly schema: 'tasktrail.page/1'
  /** Of the program that made it. */
  readonly version: string
  readonly summary: ReturnType<typeof summaryJson>
  /** Null: what was asked for is there. */
  readonly unmet: string | null
  /** Also chains that are no findings are in it. */
  readonly all: boolean
  /** Chains that are no findings, also where they are not in it. */
  readonly informational: number
  /** The folder or archive that all inputs lie in; empty where there is none. */
  readonly root: string
  readonly problems: readonly string[]
  readonly blindSpots: readonly string[]
  readonly coverage: PageCoverage
  readonly programHosts: Readonly<Record<string, number>>
  readonly index: PageIndex
  readonly blockSize: number
  readonly blocks: number
}

/**
 * What the page must know of every chain before one is opened: what it is found, sorted and joined by. A list for each thing said, in the
 * order of the chains; texts are numbers into `texts`, for most are said many times, and −1 where there is none.
 */
export interface PageIndex {
  readonly texts: readonly string[]
  readonly ids: readonly string[]
  readonly kinds: readonly number[]
  readonly hosts: readonly number[]
  /** The task's path, or what else it is called. */
  readonly titles: readonly number[]
  readonly gists: readonly number[]
  /** Into the list of severities, 0 for informational. */
  readonly severities: readonly number[]
  /** Tenths of bits: of the change, of what ran, of what surrounds them. */
  readonly bits: readonly (readonly [change: number, ran: number, around: number])[]
  /** Milliseconds; null: nothing says when. */
  readonly times: readonly (number | null)[]
  /** Of the last thing known of it. */
  readonly ends: readonly (number | null)[]
  readonly verdicts: readonly number[]
  readonly changes: readonly number[]
  readonly routes: readonly number[]
  readonly users: readonly number[]
  /** The address or name that the change came from. */
  readonly origins: readonly number[]
  /** Another host that the change was commanded on. */
  readonly targets: readonly number[]
  readonly actions: readonly number[]
  readonly definitions: readonly number[]
  readonly programs: readonly (readonly number[])[]
  /** Hashes of what it starts and of what ran. */
  readonly hashes: readonly (readonly number[])[]
  /** Chains whose stories are the same have one number, that of the first of them. */
  readonly alike: readonly number[]
}
