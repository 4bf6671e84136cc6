import type { Capability } from './coverage.ts'
import type { FactorResult, ScoredChain, Severity } from './finding.ts'

/** How many of how many. */
export type Share = readonly [seen: number, of: number]

/** What the weight of a factor rests on. */
export type FactorBasis =
  /** Counted over distinct sources of real definitions; `schtasks`: among those that are schtasks commands. */
  | {
      readonly kind: 'definitions'
      readonly ordinary: Share
      readonly attacks: Share
      readonly schtasks: { readonly ordinary: Share; readonly attacks: Share }
      /** The 95 % interval of the weight, in bits. */
      readonly interval: readonly [number, number]
    }
  /** Counted over runs or changes of ordinary tasks in real logs; the share of the attacks is a judgement. */
  | {
      readonly kind: 'logs'
      readonly among: 'runs' | 'changes'
      readonly ordinary: Share
      readonly attacks: number
      readonly most: number
      /** Too few were at hand to count. */
      readonly isAssumed: boolean
    }
  /** How many hosts show the same: of the input, or of a baseline. */
  | { readonly kind: 'hosts' }
  /** What this task's runs did before, on its host. */
  | { readonly kind: 'past' }
  /** The user's own settings. */
  | { readonly kind: 'settings' }
  | { readonly kind: 'by-hand' }

/** What a chain would be without one of its reasons, or with more. */
export interface Turns {
  /** The next severity, and the bits that are missing to it; null for the highest. */
  readonly next: { readonly severity: Severity; readonly bits: number } | null
  /** Reasons without any one of which the severity or the verdict would be another. */
  readonly without: readonly {
    readonly factor: FactorResult
    readonly severity: Severity
    readonly verdict: ScoredChain['verdict']
  }[]
  /** The fewest reasons without all of which it would be no finding; empty where it is none. */
  readonly toNone: readonly FactorResult[]
}

/** A kind of log that was not there, and what it would have said of this chain. */
export interface WantedLog {
  readonly log: Capability
  /** How many questions it answers that are open. */
  readonly says: readonly string[]
}

/** All about one finding. */
export interface Explanation {
  readonly scored: ScoredChain
  /** Of each factor, in its order. */
  readonly bases: readonly FactorBasis[]
  readonly turns: Turns
  /** The questions that no record answers. */
  readonly open: readonly string[]
  /** The logs that would answer one, the one that answers most first. */
  readonly wanted: readonly WantedLog[]
}
