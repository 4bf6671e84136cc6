import { type Bounds, holdAgainst } from '../../measure/bounds.ts'
import { score } from '../../measure/score.ts'
import { scoreJson, scoreJunit, scoreText } from '../../measure/score-report.ts'
import { readTold, type Told } from '../../measure/told.ts'
import { readTruth, type Truth } from '../../measure/truth.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { parseJson, readTextFile } from '../text-file.ts'
import { type MeasureFormat, measureReport } from './measure-report.ts'

export interface LabScoreWanted {
  readonly findings: string
  readonly truth: string
  readonly format: MeasureFormat
  readonly bounds: Bounds
}

/** `tasktrail lab score`: a scan's findings against what is true; exits with 1 when a bound is not reached. */
export function labScoreWork({ findings, truth, format, ...wanted }: LabScoreWanted, { out }: Surroundings): number {
  const labelled = readLabels(truth)
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

function readLabels(path: string): Truth {
  const truth = readTruth(parseJson(readTextFile(path), path))
  if (typeof truth === 'string') throw new UsageError(`${path}: ${truth}`)
  return truth
}

/** What `scan --all` wrote, as a line for each finding or as one document. */
function readFindings(path: string): Told[] {
  const text = readTextFile(path)
  const told = (value: unknown, where: string): Told => {
    const finding = readTold(value)
    if (finding === null) throw new UsageError(`${where}: not a finding of \`scan --format jsonl\` or json`)
    return finding
  }
  if (text.startsWith('{"schema":"tasktrail.scan/')) {
    const { findings } = parseJson(text, path) as { findings: unknown }
    if (!Array.isArray(findings)) throw new UsageError(`${path}: no list of findings`)
    return findings.map((value, index) => told(value, `${path}, finding ${index + 1}`))
  }
  return text.split('\n').flatMap((line, index) => {
    const where = `${path}, line ${index + 1}`
    return line.trim() === '' ? [] : [told(parseJson(line, where), where)]
  })
}
