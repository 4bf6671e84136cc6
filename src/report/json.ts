import { formatInstant } from '../model/time.ts'
import { jsonLine } from './clean.ts'
import { findingJson } from './finding-json.ts'
import { notThere } from './not-there.ts'
import type { ScanResult, Unmet } from './result.ts'
import { type ReportOptions, shownOf } from './shown.ts'

/** One finding a line. */
export function* jsonLines(result: ScanResult, options: ReportOptions): Iterable<string> {
  for (const scored of shownOf(result, options)) yield `${jsonLine(findingJson(scored, result.inputs))}\n`
}

/** The whole result as one document: summary, findings, what could not be read. */
export function* jsonDocument(result: ScanResult, options: ReportOptions): Iterable<string> {
  yield `{"schema":"tasktrail.scan/1","summary":${jsonLine(summaryJson(result))},"findings":[`
  let first = true
  for (const scored of shownOf(result, options)) {
    yield `${first ? '\n' : ',\n'}${jsonLine(findingJson(scored, result.inputs))}`
    first = false
  }
  yield '\n]}\n'
}

/** What was read, and what could not be. */
export function summaryJson(result: ScanResult) {
  const { tally, unmet, blindSpots, notes, problems, unlistedProblems } = result
  return {
    ...tally,
    first: tally.first && formatInstant(tally.first),
    last: tally.last && formatInstant(tally.last),
    unmet: unmet && unmetJson(unmet),
    notThere: notThere(result),
    ...{ blindSpots, notes, problems, unlistedProblems },
  }
}

const unmetJson = (unmet: Unmet): object =>
  unmet.kind === 'no-such-time'
    ? { ...unmet, first: formatInstant(unmet.first), last: formatInstant(unmet.last) }
    : unmet
