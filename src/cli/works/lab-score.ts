import { type Bounds, holdAgainst } from '../../measure/bounds.ts'
import type { Reading } from '../../measure/form.ts'
import { score } from '../../measure/score.ts'
import { scoreJson, scoreJunit, scoreText } from '../../measure/score-report.ts'
import { readTold, type Told } from '../../measure/told.ts'
import { readTruth } from '../../measure/truth.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { jsonValues, parseJson, readTextFile } from '../text-file.ts'
import { type MeasureFormat, measureReport } from './measure-report.ts'

export interface LabScoreWanted {
  readonly findings: string
  readonly truth: string
  readonly format: MeasureFormat
  readonly bounds: Bounds
}

/** `tasktrail lab score`: a scan's findings against what is true; exits with 1 when a bound is not reached. */
export function labScoreWork({ findings, truth, format, ...wanted }: LabScoreWanted, { out }: Surroundings): number {
  const labelled = trusted(readTruth(parseJson(readTextFile(truth), truth)), `${truth} is no truth`)
  const result = score(readFindings(findings), labelled)
  const bounds = holdAgainst(result, wanted.bounds)
  const isLab = labelled.set.startsWith('lab-')
  const report = measureReport(format, {
    text: () => scoreText(result, bounds, isLab),
    json: () => scoreJson(result, bounds, isLab),
    junit: () => scoreJunit(result, bounds),
  })
  writeReport(out, [report])
  return bounds.every(({ isReached }) => isReached) ? exitCodes.done : exitCodes.found
}

/** What `scan --all` wrote, as a line for each finding or as one document. */
const readFindings = (path: string): Told[] =>
  jsonValues(readTextFile(path), path, 'finding', (document) =>
    Array.isArray(document) ? document : (document as { findings?: unknown }).findings,
  ).map(({ value, where }) => trusted(readTold(value), `${where}: not a finding of \`scan --format jsonl\` or json`))

function trusted<T>(reading: Reading<T>, refusal: string): T {
  if ('wrong' in reading) throw new UsageError(`${refusal}: ${reading.wrong}`)
  return reading.value
}
