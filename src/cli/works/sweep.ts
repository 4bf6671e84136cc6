import { type SweepLanguageName, sweepText, valuesOf } from '../../hunt/index.ts'
import { cleanLines, legible } from '../../report/index.ts'
import { scanPathsWith } from '../../run/index.ts'
import type { ForcedKind } from '../../sources/forced-kind.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { readingExitCode } from '../reading-exit-code.ts'
import type { Surroundings } from '../surroundings.ts'
import { findingNamed, type KeptFinding, readFinding, subjectOf } from './finding-form.ts'
import { sayGaps } from './gaps.ts'

export interface SweepWanted {
  readonly id: string
  readonly paths: readonly string[]
  /** Findings of an earlier scan; null: it is one of the scan of the paths. */
  readonly from: string | null
  readonly language: SweepLanguageName
  readonly jobs: number | undefined
  readonly quiet: boolean
  readonly source: ForcedKind | null
  readonly followLinks: boolean
}

/** `tasktrail sweep ID --for LANGUAGE`: queries for what a finding shows. */
export async function sweepWork(wanted: SweepWanted, around: Surroundings): Promise<number> {
  if (wanted.from !== null) return print(readFinding(wanted.from, wanted.id), wanted.language, around, exitCodes.done)
  const { temporary, standardInput, onProgress, say } = around
  const { paths, jobs, source, followLinks } = wanted
  const result = await scanPathsWith(temporary, paths, { jobs, source, followLinks, standardInput, onProgress })
  if (!wanted.quiet) sayGaps(result, 'nothing', say)
  const finding = findingNamed(result.chains, wanted.id, result.inputs)
  if (finding) return print(finding, wanted.language, around, readingExitCode(result))
  say(`no finding or chain ${legible(wanted.id)} is among the ${result.chains.length} of this evidence`)
  return exitCodes.nothing
}

function print(
  finding: KeptFinding,
  language: SweepLanguageName,
  { out, freeTerminal }: Surroundings,
  code: number,
): number {
  const ran = finding.runs.flatMap(({ processes }) =>
    processes.flatMap(({ depth, commandLine }) => (depth === 0 && commandLine !== null ? [commandLine] : [])),
  )
  const text = sweepText(valuesOf(finding.id, subjectOf(finding).traced, [...new Set(ran)]), language)
  // A query has nothing in it that this changes: what would steer a terminal is written as the language escapes it.
  writeReport(out, [cleanLines(text)], freeTerminal)
  return code
}
