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

function readFindings(path: string): Told[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return []
      const told = readTold(parsed(line, `${path}, line ${index + 1}`))
      if (told === null) throw new UsageError(`${path}, line ${index + 1}: not a finding of \`scan --format jsonl\``)
      return [told]
    })
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${where}: ${(error as Error).message}`)
  }
}
