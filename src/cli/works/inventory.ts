import { formatNamed, inventoryFormats } from '../../report/index.ts'
import { scanPathsWith } from '../../run/index.ts'
import type { ForcedKind } from '../../sources/forced-kind.ts'
import { writeReport } from '../output.ts'
import { toldPieces } from '../progress.ts'
import { readingExitCode } from '../reading-exit-code.ts'
import type { Surroundings } from '../surroundings.ts'
import { sayGaps } from './gaps.ts'

export interface InventoryWanted {
  readonly paths: readonly string[]
  readonly format: string
  readonly host: string | null
  readonly jobs: number | undefined
  readonly quiet: boolean
  readonly source: ForcedKind | null
  readonly followLinks?: boolean
}

/** `tasktrail inventory`: every task that logs, files, registry and .job files know. */
export async function inventoryWork(
  { paths, format, quiet, ...wanted }: InventoryWanted,
  { temporary, standardInput, onProgress, freeTerminal, out, say }: Surroundings,
): Promise<number> {
  const result = await scanPathsWith(temporary, paths, { ...wanted, standardInput, onProgress })
  const report = formatNamed(inventoryFormats, format)
  writeReport(out, toldPieces(report.print(result, { all: true, color: false }), onProgress), freeTerminal)
  if (!quiet) sayGaps(result, report.tells, say)
  return readingExitCode(result)
}
