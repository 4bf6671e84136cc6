import { casesJson, casesJunit, casesText } from '../../measure/case-report.ts'
import { type CaseResult, type ExpectedCase, isAsExpected, validateCase } from '../../measure/cases.ts'
import { presets } from '../../measure/presets.ts'
import { scanPathsWith } from '../../run/index.ts'
import { exitCodes } from '../exit-codes.ts'
import { writeReport } from '../output.ts'
import { readingExitCode } from '../reading-exit-code.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { readTextFile } from '../text-file.ts'
import { duration, readCases } from './cases-file.ts'
import { sayGaps } from './gaps.ts'
import { type MeasureFormat, measureReport } from './measure-report.ts'
import { told } from './told.ts'

export interface ValidateWanted {
  readonly paths: readonly string[]
  readonly expect: string | undefined
  readonly preset: readonly string[]
  readonly host: string | undefined
  /** Milliseconds. */
  readonly time: number | undefined
  readonly within: string | undefined
  readonly failOn: 'missed' | 'short' | 'none'
  readonly format: MeasureFormat
  readonly jobs: number | undefined
  readonly followLinks: boolean
  readonly quiet: boolean
}

/** `tasktrail validate --expect FILE PATH…`: was what we did on purpose seen, and if not, for want of which telemetry. */
export async function validateWork(wanted: ValidateWanted, around: Surroundings): Promise<number> {
  const expected = [
    ...(wanted.expect === undefined ? [] : readCases(readTextFile(wanted.expect), wanted.expect)),
    ...wanted.preset.flatMap((name) => casesOfPreset(name, wanted)),
  ]
  if (expected.length === 0) throw new UsageError('nothing is expected: give --expect FILE or --preset NAME')
  const { temporary, standardInput, onProgress, out, say } = around
  const { paths, jobs, followLinks } = wanted
  const result = await scanPathsWith(temporary, paths, { jobs, followLinks, standardInput, onProgress })
  const findings = told(result)
  const results = expected.map((one) => validateCase(one, findings, result.coverage))
  const report = measureReport(wanted.format, {
    text: () => casesText(results),
    json: () => casesJson(results),
    junit: () => casesJunit(results),
  })
  writeReport(out, [report])
  if (!wanted.quiet) sayGaps(result, 'nothing', say)
  // That nothing of it was found says nothing where nothing was read.
  return result.unmet === null && results.some(failsOn[wanted.failOn]) ? exitCodes.found : readingExitCode(result)
}

const failsOn: Readonly<Record<ValidateWanted['failOn'], (result: CaseResult) => boolean>> = {
  missed: ({ outcome }) => outcome === 'not-found',
  short: (result) => !isAsExpected(result),
  none: () => false,
}

function casesOfPreset(name: string, { host, time, within }: ValidateWanted): ExpectedCase[] {
  const preset = presets[name]
  if (!preset) throw new UsageError(`no preset ${name}; there are ${Object.keys(presets).join(', ')}`)
  if (host === undefined || time === undefined)
    throw new UsageError('--preset needs --host and --time: where and when the tests ran')
  const span = duration(within ?? '2h')
  if (span === undefined) throw new UsageError(`--within ${within} is no number with s, m or h, such as 30m`)
  return preset.map((one) => ({ ...one, host, time, within: span }))
}
