import { formatInstant } from '../model/time.ts'
import { findingJson } from './finding-json.ts'
import { isFinding, type ScanResult } from './result.ts'

/** What JSON leaves as it is, though a terminal obeys it or a reader of lines takes it for the end of one. */
const unsafe = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu

/** JSON of one line whose text can neither steer a terminal nor break the line; it parses to the same value. */
function lineOf(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, (character) =>
    Array.from(character.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  )
}

/** What a report shows. */
export interface ReportOptions {
  /** Also chains that are not findings. */
  readonly all: boolean
}

/** One finding a line. */
export function* jsonLines(result: ScanResult, { all }: ReportOptions): Iterable<string> {
  for (const scored of result.chains) {
    if (all || isFinding(scored)) yield `${lineOf(findingJson(scored, result.inputs))}\n`
  }
}

/** The whole result as one document: summary, findings, what could not be read. */
export function* jsonDocument(result: ScanResult, { all }: ReportOptions): Iterable<string> {
  const { tally } = result
  const summary = {
    ...tally,
    first: tally.first && formatInstant(tally.first),
    last: tally.last && formatInstant(tally.last),
    notes: result.notes,
    problems: result.problems,
    unlistedProblems: result.unlistedProblems,
  }
  yield `{"schema":"tasktrail.scan/1","summary":${lineOf(summary)},"findings":[`
  let first = true
  for (const scored of result.chains) {
    if (!all && !isFinding(scored)) continue
    yield `${first ? '\n' : ',\n'}${lineOf(findingJson(scored, result.inputs))}`
    first = false
  }
  yield '\n]}\n'
}
