import { type Grade, gradeNames } from '../../model/coverage-report.ts'
import { interests } from '../../normalize/index.ts'
import { coverageFormats, formatNamed, type MendForm, mendPieces } from '../../report/index.ts'
import { scanPathsWith } from '../../run/index.ts'
import type { ForcedKind } from '../../sources/forced-kind.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { toldPieces } from '../progress.ts'
import { readingExitCode } from '../reading-exit-code.ts'
import type { Surroundings } from '../surroundings.ts'
import { readExpectedHosts } from './expected-hosts.ts'
import { sayGaps } from './gaps.ts'

export interface CoverageWanted {
  readonly paths: readonly string[]
  readonly format: string
  /** What switches on all that is lacking is printed instead. */
  readonly mend: MendForm | null
  readonly host: string | null
  /** A file of the hosts that there should be. */
  readonly hosts: string | null
  readonly staleDays: number
  readonly failUnder: Grade | null
  readonly jobs: number | undefined
  readonly quiet: boolean
  readonly source: ForcedKind | null
  readonly followLinks?: boolean
}

/** Where nobody looks at a terminal. */
const widthOfFiles = 100

/** `tasktrail coverage`: what could have been seen on each host, since when, and with which holes. */
export async function coverageWork(
  { paths, format, mend, quiet, hosts, staleDays, failUnder, ...wanted }: CoverageWanted,
  { temporary, standardInput, onProgress, freeTerminal, terminal, out, say }: Surroundings,
): Promise<number> {
  const expected = hosts === null ? null : readExpectedHosts(hosts)
  const coverage = { expected, staleDays }
  const result = await scanPathsWith(temporary, paths, { ...wanted, coverage, standardInput, onProgress })
  const report = result.fleet
  const width = (out === null && terminal?.columns) || widthOfFiles
  const pieces =
    mend === null ? formatNamed(coverageFormats, format).print(report, { width }) : mendPieces(mend, report, interests)
  writeReport(out, toldPieces(pieces, onProgress), freeTerminal)
  if (!quiet) sayGaps(result, 'nothing', say)
  if (failUnder !== null && result.unmet === null) {
    const least = gradeNames.indexOf(failUnder)
    if (report.hosts.some(({ grade }) => gradeNames.indexOf(grade) > least)) return exitCodes.found
  }
  return readingExitCode(result)
}
