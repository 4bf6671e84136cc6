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

/** What a list shows of a finding, and what it is found, sorted and joined by: all that must be known of it before it is opened. */
export interface Row {
  readonly id: string
  readonly kind: string
  readonly host: string
  /** The task's path, or what else it is called. */
  readonly title: string
  readonly gist: string
  /** Into the list of severities, 0 for informational. */
  readonly severity: number
  readonly bits: number
  /** Bits of the change, of what ran, of what surrounds them. */
  readonly parts: readonly [change: number, ran: number, around: number]
  /** Milliseconds; null: nothing says when. */
  readonly time: number | null
  /** Of the last thing known of it. */
  readonly end: number | null
  readonly verdict: string
  readonly change: string | null
  readonly route: string | null
  readonly user: string | null
  /** The address or name that the change came from. */
  readonly origin: string | null
  /** Another host that the change was commanded on. */
  readonly target: string | null
  readonly action: string | null
  readonly definition: string | null
  readonly programs: readonly string[]
  /** Hashes of what it starts and of what ran. */
  readonly hashes: readonly string[]
  /** The same for all whose stories are the same. */
  readonly alike: string
}

/**
 * The rows of all chains (`Row`): a list for each thing said, in the order of the chains. Texts are numbers into `texts`, for most are said
 * many times, and −1 where there is none.
 */
export interface PageIndex {
  readonly texts: readonly string[]
  readonly ids: readonly string[]
  readonly kinds: readonly number[]
  readonly hosts: readonly number[]
  readonly titles: readonly number[]
  readonly gists: readonly number[]
  readonly severities: readonly number[]
  /** Tenths of bits. */
  readonly bits: readonly (readonly [change: number, ran: number, around: number])[]
  readonly times: readonly (number | null)[]
  readonly ends: readonly (number | null)[]
  readonly verdicts: readonly number[]
  readonly changes: readonly number[]
  readonly routes: readonly number[]
  readonly users: readonly number[]
  readonly origins: readonly number[]
  readonly targets: readonly number[]
  readonly actions: readonly number[]
  readonly definitions: readonly number[]
  readonly programs: readonly (readonly number[])[]
  readonly hashes: readonly (readonly number[])[]
  /** Chains whose stories are the same have one number, that of the first of them. */
  readonly alike: readonly number[]
}
