import { explain } from '../../engine/explain.ts'
import { explainJson, explainText, legible } from '../../report/index.ts'
import { plainLayout } from '../../report/paragraph.ts'
import { scanPathsWith } from '../../run/index.ts'
import type { ForcedKind } from '../../sources/forced-kind.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { readingExitCode } from '../reading-exit-code.ts'
import type { Surroundings } from '../surroundings.ts'
import { chainNamed } from './chain-named.ts'
import { sayGaps } from './gaps.ts'
import { layoutOf } from './scan.ts'

export interface ExplainWanted {
  readonly id: string
  readonly paths: readonly string[]
  readonly format: 'text' | 'json'
  readonly baseline: string | null
  readonly settings: string | null
  readonly jobs: number | undefined
  readonly quiet: boolean
  readonly source: ForcedKind | null
  readonly followLinks: boolean
}

/** `tasktrail explain ID PATH…`: all about one finding. */
export async function explainWork(
  { id, paths, format, baseline: path, settings: settingsPath, quiet, ...wanted }: ExplainWanted,
  { temporary, standardInput, onProgress, freeTerminal, terminal, out, say }: Surroundings,
): Promise<number> {
  const file = path === null || path === 'none' ? null : (await import('./baseline-file.ts')).openBaseline(path)
  const baseline = file ?? (path === 'none' ? 'none' : 'input')
  const settings = settingsPath === null ? null : (await import('./settings-file.ts')).openSettings(settingsPath)
  const result = await scanPathsWith(temporary, paths, { ...wanted, baseline, settings, standardInput, onProgress })
  file?.close()
  if (!quiet) sayGaps(result, 'nothing', say)
  const scored = chainNamed(result.chains, id)
  if (scored === undefined) {
    say(`no finding or chain ${legible(id)} is among the ${result.chains.length} of this evidence`)
    return exitCodes.nothing
  }
  const explanation = explain(scored, result.coverage)
  const layout = { ...plainLayout, ...(out === null ? layoutOf(terminal) : {}) }
  const pieces =
    format === 'json' ? explainJson(explanation, result.inputs) : explainText(explanation, result.inputs, layout)
  writeReport(out, pieces, freeTerminal)
  return readingExitCode(result)
}
