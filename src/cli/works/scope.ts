import { scopeOf } from '../../hunt/index.ts'
import { legible, type ScopeFormat, scopeFormats } from '../../report/index.ts'
import { scanPathsWith } from '../../run/index.ts'
import type { ForcedKind } from '../../sources/forced-kind.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { readingExitCode } from '../reading-exit-code.ts'
import type { Surroundings } from '../surroundings.ts'
import { findingNamed, looseHashes, readFinding, subjectOf } from './finding-form.ts'
import { sayGaps } from './gaps.ts'

export interface ScopeWanted {
  readonly id: string
  readonly paths: readonly string[]
  /** Findings of an earlier scan; null: it is one of this scan. */
  readonly from: string | null
  readonly format: ScopeFormat
  readonly failOnHit: boolean
  readonly baseline: string | null
  readonly settings: string | null
  readonly jobs: number | undefined
  readonly quiet: boolean
  readonly source: ForcedKind | null
  readonly followLinks: boolean
}

/** `tasktrail scope ID PATH…`: where else what a finding shows is met. */
export async function scopeWork(
  { id, paths, from, settings: settingsPath, ...wanted }: ScopeWanted,
  around: Surroundings,
): Promise<number> {
  const { temporary, standardInput, onProgress, freeTerminal, out, say } = around
  const kept = from === null ? null : readFinding(from, id)
  const { baseline: path } = wanted
  const file = path === null || path === 'none' ? null : (await import('./baseline-file.ts')).openBaseline(path)
  const baseline = file ?? (path === 'none' ? 'none' : 'input')
  const settings = settingsPath === null ? null : (await import('./settings-file.ts')).openSettings(settingsPath)
  const result = await scanPathsWith(temporary, paths, { ...wanted, baseline, settings, standardInput, onProgress })
  file?.close()
  const finding = kept ?? findingNamed(result.chains, id, result.inputs)
  if (!wanted.quiet) sayGaps(result, 'nothing', say)
  if (finding === undefined) {
    say(`no finding or chain ${legible(id)} is among the ${result.chains.length} of this evidence`)
    return exitCodes.nothing
  }
  const { inputs, chains, tally } = result
  const scope = scopeOf(subjectOf(finding), { inputs, chains, hosts: tally.hosts }, looseHashes())
  writeReport(out, scopeFormats[wanted.format](scope), freeTerminal)
  if (wanted.failOnHit && scope.hits.length > 0) return exitCodes.found
  return readingExitCode(result)
}
