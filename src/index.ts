/** The public API: the form of a finding, and what reads and weighs. */

export { type Extracted, type ScanSelection, scan } from './engine/scan.ts'
export type * from './model/chain.ts'
export type * from './model/definition.ts'
export type { FactorResult, Score, ScoredChain, Severity, Verdict } from './model/finding.ts'
export type { Problem } from './model/problem.ts'
export { findingJson, findingSchema, type ScanResult } from './report/index.ts'
