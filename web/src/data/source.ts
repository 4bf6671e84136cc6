import type { FindingJson } from '../../../src/report/finding-json.ts'
import type { AnswerTo, Question } from '../../../src/report/page/answers/questions.ts'
import type { PageCoverage, PageCoverageGroup } from '../../../src/report/page/coverage.ts'
import type { PageData, PageFinding, Row } from '../../../src/report/page/data.ts'

export type { FindingJson, PageCoverage, PageCoverageGroup, PageData, PageFinding, Row }

export const severityNames = ['informational', 'low', 'medium', 'high', 'critical'] as const
export type SeverityName = (typeof severityNames)[number]

/** At once, or when it has come. */
export type Soon<T> = T | Promise<T>

/** What is said of all that was looked at, where nothing was found. */
export interface Looked {
  /** Null: what was asked for is there. */
  readonly unmet: string | null
  readonly facts: number
  /** Chains that are no findings. */
  readonly informational: number
}

/** Where the page has all that it shows from: what is embedded in it, or a service. */
export interface Source {
  /** Also chains that are no findings are in it. */
  readonly all: boolean
  /** The folder or archive that all inputs lie in; empty where there is none. */
  readonly root: string
  /** What a scan has read; null: a service is fed. */
  readonly read: PageData | null
  ask<Q extends Question>(question: Q): Soon<AnswerTo<Q>>
  looked(): Soon<Looked>
  /** Of all hosts, or of one. */
  coverage(host?: string): Soon<PageCoverage>
  /** With its records, as far as they are at hand. */
  finding(id: string): Promise<PageFinding | undefined>
  /** As other tools read them. */
  findings(ids: readonly string[]): Promise<FindingJson[]>
  /** On how many of how many hosts tasks start a program, by its name; null: that is not counted. */
  rarity(program: string): { readonly hosts: number; readonly of: number } | null
}
