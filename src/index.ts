/**
 * The public API: reads paths as `tasktrail scan` does, and gives the chains with their weights.
 *
 * ```ts
 * import { findingJson, isFinding, isOfTask, scanPaths } from 'tasktrail'
 *
 * const result = await scanPaths(['evidence'], { since: Date.UTC(2026, 2, 9) })
 * for (const scored of result.chains.filter(isFinding).filter(isOfTask)) {
 *   const { chain, score } = scored
 *   console.log(score.severity, chain.host, chain.taskPath, chain.runs.length)
 *   console.log(JSON.stringify(findingJson(scored, result.inputs)))
 * }
 * for (const { file, reason } of result.problems) console.error(`${file}: ${reason}`)
 * if (result.unmet !== null) console.error('nothing was looked at:', result.unmet.kind)
 * ```
 *
 * `scanPaths` reads in threads but correlates in the thread that calls it: a program that must stay answerable calls it in a worker.
 */

export type * from './model/chain.ts'
export type { HostSpans, Span } from './model/coverage.ts'
export type * from './model/definition.ts'
export {
  type FactorResult,
  isOfTask,
  type Score,
  type ScoredChain,
  type Severity,
  type Verdict,
} from './model/finding.ts'
export type { InventoryEntry } from './model/inventory.ts'
export type { Note } from './model/note.ts'
export type { Problem } from './model/problem.ts'
export type { Instant } from './model/time.ts'
export { formatInstant } from './model/time.ts'
export {
  findingJson,
  findingSchema,
  type InventoryItem,
  isFinding,
  type ScanResult,
  type ScanTally,
  type Unmet,
} from './report/index.ts'
export { type OnProgress, type RunProgress, type ScanOptions, scanPaths } from './run/index.ts'
