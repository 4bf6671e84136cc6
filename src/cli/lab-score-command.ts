import { readFileSync } from 'node:fs'
import { type Bounds, holdAgainst } from '../measure/bounds.ts'
import { score } from '../measure/score.ts'
import { scoreJson, scoreJunit, scoreText } from '../measure/score-report.ts'
import { readTold, type Told } from '../measure/told.ts'
import { readTruth, type Truth } from '../measure/truth.ts'
import { exitCodes } from './exit-codes.ts'
import { openOutput } from './output.ts'
import { UsageError } from './usage-error.ts'

/** `tasktrail lab score`: a scan's findings against what is true; exits with 1 when a bound is not reached. */
export function labScoreCommand(
  findings: string,
  truth: string,
  options: { readonly format: 'text' | 'json' | 'junit'; readonly out: string | undefined; readonly bounds: Bounds },
): number {
  const labelled = readLabels(truth)
  const result = score(readFindings(findings), labelled)
  const bounds = holdAgainst(result, options.bounds)
  const isLab = labelled.set.startsWith('lab-')
  const report = {
    text: () => scoreText(result, bounds, isLab),
    json: () => scoreJson(result, bounds, isLab),
    junit: () => scoreJunit(result, bounds),
  }[options.format]()
  const output = openOutput(options.out)
  output.write(report)
  output.end()
  return bounds.every(({ isReached }) => isReached) ? exitCodes.done : exitCodes.found
}

function readLabels(path: string): Truth {
  const truth = readTruth(parsed(readFileSync(path, 'utf8'), path))
  if (typeof truth === 'string') throw new UsageError(`${path}: ${truth}`)
  return truth
}

/** What `scan --all` wrote, as a line for each finding or as one document. */
function readFindings(path: string): Told[] {
  const text = readFileSync(path, 'utf8')
  const told = (value: unknown, where: string): Told => {
    const finding = readTold(value)
    if (finding === null) throw new UsageError(`${where}: not a finding of \`scan --format jsonl\` or json`)
    return finding
  }
  if (text.startsWith('{"schema":"tasktrail.scan/')) {
    const { findings } = parsed(text, path) as { findings: unknown[] }
    return findings.map((value, index) => told(value, `${path}, finding ${index + 1}`))
  }
  return text.split('\n').flatMap((line, index) => {
    const where = `${path}, line ${index + 1}`
    return line.trim() === '' ? [] : [told(parsed(line, where), where)]
  })
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${where}: ${(error as Error).message}`)
  }
}
