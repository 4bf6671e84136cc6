import { baselineJson, baselineText } from '../../report/baseline.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import type { Surroundings } from '../surroundings.ts'
import { openBaseline } from './baseline-file.ts'

export interface BaselineShowWanted {
  readonly path: string
  readonly format: 'text' | 'json'
}

/** `tasktrail baseline show FILE`: what a baseline knows. */
export function baselineShowWork({ path, format }: BaselineShowWanted, { out }: Surroundings): number {
  const baseline = openBaseline(path)
  writeReport(out, format === 'json' ? baselineJson(baseline) : baselineText(baseline))
  baseline.close()
  return exitCodes.done
}
