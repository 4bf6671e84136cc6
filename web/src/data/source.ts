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
  readonly hasFacts: boolean
  /** Chains that are no findings. */
  readonly informational: number
  /** Findings that are not listed because there are too many. */
  readonly leftOut: number
}

/** What a service is fed with, and how it does. Times are ISO 8601. */
export interface Fed {
  readonly health: {
    readonly phase: string
    readonly refusal: string | null
    readonly version: string
    readonly started: string | null
    readonly lagSeconds: number
    readonly hosts: number
    readonly queue: { readonly bytes: number }
    readonly totals: { readonly records: number; readonly bytes: number; readonly late: number }
    readonly faults: readonly { readonly time: string | null; readonly text: string }[]
  }
  readonly sources: readonly {
    readonly name: string
    readonly records: number
    readonly facts: number
    readonly arrived: string | null
    readonly newest: string | null
    readonly problems: readonly {
      readonly code: string
      readonly count: number
      readonly last: string | null
      readonly reason: string
    }[]
  }[]
  /** The newest first. */
  readonly notices: readonly {
    readonly id: number
    readonly time: string | null
    readonly host: string | null
    readonly text: string
  }[]
}

/** Where the page has all that it shows from: what is embedded in it, or a service. */
export interface Source {
  /** Also chains that are no findings are in it. */
  readonly all: boolean
  /** The folder or archive that all inputs lie in; empty where there is none. */
  readonly root: string
  /** What a scan has read; null: a service is fed. */
  readonly read: PageData | null
  fed?(): Promise<Fed>
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
