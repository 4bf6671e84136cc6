import type { Row } from '../data.ts'
import type { ToldStory } from './stories.ts'
import type { Wish } from './wish.ts'

// What the page asks of all findings, and what it is told: the same where they lie in the page and where a service has them.

/** All that is known when nothing was opened yet. */
export interface Board {
  /** The worst first. */
  readonly rows: readonly Row[]
  /** Every host that was read or heard of, findings or none. */
  readonly hosts: readonly string[]
  /** The time of all that was read; null: nothing has one. */
  readonly span: Span | null
}

/** Things that can be met in several places, as `Wish` names them. */
export const threadKinds = ['user', 'origin', 'task', 'definition', 'action', 'hash', 'program'] as const
export type ThreadKind = (typeof threadKinds)[number]

export type Question =
  | { readonly ask: 'total' }
  | { readonly ask: 'choices' }
  | { readonly ask: 'overview' }
  | {
      readonly ask: 'list'
      readonly wish: Wish
      readonly from: number
      readonly count: number
      /** The place of this finding's story is told, too. */
      readonly beside?: string | undefined
    }
  /** What fits, to be chosen or taken along. */
  | { readonly ask: 'fitting'; readonly wish: Wish }
  | { readonly ask: 'rows'; readonly ids: readonly string[] }
  | { readonly ask: 'hosts'; readonly text: string; readonly from: number; readonly count: number }
  | { readonly ask: 'host'; readonly host: string }
  | { readonly ask: 'scope'; readonly kind: string; readonly value: string }
  | { readonly ask: 'finding'; readonly id: string }
  | { readonly ask: 'threads'; readonly id: string }

export interface Answers {
  readonly total: number
  readonly choices: Choices
  readonly overview: Overview
  readonly list: ListPart
  readonly fitting: { readonly ids: readonly string[]; readonly left: number }
  readonly rows: readonly Row[]
  readonly hosts: HostsPart
  readonly host: HostAnswer
  readonly scope: Scope
  readonly finding: FindingPlace | null
  readonly threads: readonly Thread[]
}
export type Ask = keyof Answers
export type AnswerTo<Q extends Question> = Answers[Q['ask']]

type Counted = readonly (readonly [value: string, count: number])[]

/** What a list can be filtered by, the most frequent first. */
export interface Choices {
  readonly total: number
  readonly severities: readonly number[]
  readonly host: Counted
  readonly user: Counted
  readonly origin: Counted
  readonly route: Counted
  readonly verdict: Counted
  readonly program: Counted
}

export interface ListPart {
  /** Findings that fit, of how many, in how many stories. */
  readonly findings: number
  readonly of: number
  readonly total: number
  readonly items: readonly ToldStory[]
  /** Of the story asked for; null: it does not fit. */
  readonly place: number | null
}

export interface HostLine {
  readonly host: string
  readonly worst: number
  readonly bits: number
  readonly findings: number
  readonly marks: Marks
}

export interface HostsPart {
  readonly total: number
  readonly of: number
  readonly items: readonly HostLine[]
  readonly place: null
  readonly times: Span
}

export interface Overview {
  readonly hosts: number
  readonly span: Span | null
  readonly bySeverity: readonly number[]
  readonly stories: number
  readonly first: readonly ToldStory[]
  /** Hosts with findings of tasks, and with logs that were cleared. */
  readonly taskHosts: number
  readonly clearedHosts: number
  readonly touched: number
  readonly worst: readonly HostLine[]
  readonly worstStory: { readonly first: Row; readonly more: number } | null
  readonly users: readonly Reach[]
  readonly origins: readonly Reach[]
  readonly times: Span
}

export interface HostAnswer {
  readonly findings: number
  readonly worst: number
  readonly isWorst: boolean
  readonly users: readonly string[]
  readonly origins: readonly string[]
  readonly times: Span
  readonly marks: Marks
  readonly stories: number
  readonly told: readonly ToldStory[]
  readonly paths: readonly Path[]
}

export interface Scope {
  readonly findings: number
  readonly ordinary: number
  readonly first: Row | null
  readonly last: Row | null
  readonly hosts: number
  /** In the order in which they were met. */
  readonly lines: readonly (HostLine & { readonly first: number | null })[]
  readonly times: Span
  readonly paths: readonly Path[]
  readonly stories: number
  readonly told: readonly ToldStory[]
}

/** Where a finding stands among the others. */
export interface FindingPlace {
  readonly row: Row
  readonly before: string | null
  readonly after: string | null
  readonly alike: { readonly count: number; readonly hosts: number; readonly rows: readonly Row[] }
}

/** One thing of a finding, and where else it was met. */
export interface Thread {
  readonly kind: ThreadKind
  readonly value: string
  readonly findings: number
  readonly ordinary: number
  readonly hosts: number
  readonly first: Row | null
}

/** Who, or where from, with what they touched. */
export interface Reach {
  readonly name: string
  readonly findings: number
  readonly hosts: number
  /** Of an account an address, of an address an account; and how many more there are. */
  readonly other: string | null
  readonly moreOthers: number
  readonly worst: number
  readonly bits: number
}

/** A stretch of time. */
export interface Span {
  readonly first: number
  readonly last: number
}

/** In which pieces of a time something was found: how much, and the worst of it. */
export type Marks = readonly (readonly [bin: number, worst: number, count: number])[]

/** From where, as whom, on which host: what is the same in these is one. */
export interface Path {
  readonly origin: string | null
  readonly user: string | null
  readonly host: string
  readonly first: number
  readonly worst: number
  readonly count: number
}
