import { formatInstant } from '../model/time.ts'
import { findingJson } from './finding-json.ts'
import { isFinding, type ScanResult } from './result.ts'

/** What a report shows. */
export interface ReportOptions {
  /** Also chains that are not findings. */
  readonly all: boolean
}

/** One finding a line. */
export function* jsonLines(result: ScanResult, { all }: ReportOptions): Iterable<string> {
  for (const scored of result.chains) {
    if (all || isFinding(scored)) yield `${JSON.stringify(findingJson(scored, result.inputs))}\n`
  }
}

/** The whole result as one document: summary, findings, what could not be read. */
export function* jsonDocument(result: ScanResult, { all }: ReportOptions): Iterable<string> {
  const { tally } = result
  const summary = {
    ...tally,
    first: tally.first && formatInstant(tally.first),
    last: tally.last && formatInstant(tally.last),
    problems: result.problems,
    unlistedProblems: result.unlistedProblems,
  }
  yield `{"schema":"tasktrail.scan/1","summary":${JSON.stringify(summary)},"findings":[`
  let first = true
  for (const scored of result.chains) {
    if (!all && !isFinding(scored)) continue
    yield `${first ? '\n' : ',\n'}${JSON.stringify(findingJson(scored, result.inputs))}`
    first = false
  }
  yield '\n]}\n'
}
