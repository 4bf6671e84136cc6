import { readFileSync } from 'node:fs'
import { casesJson, casesJunit, casesText } from '../measure/case-report.ts'
import { type CaseResult, type ExpectedCase, isAsExpected, validateCase } from '../measure/cases.ts'
import { presets } from '../measure/presets.ts'
import { readTold } from '../measure/told.ts'
import { parseInstant } from '../model/time.ts'
import { jsonLines, type ScanResult } from '../report/index.ts'
import { duration, readCases } from './cases-file.ts'
import { exitCodes } from './exit-codes.ts'
import { openOutput } from './output.ts'
import { ProblemLines } from './problem-lines.ts'
import { readingExitCode, scanPaths } from './scan-paths.ts'
import { withTemporaryFolder } from './temporary-folder.ts'
import { UsageError } from './usage-error.ts'

export interface ValidateOptions {
  readonly expect: string | undefined
  readonly preset: readonly string[]
  readonly host: string | undefined
  readonly time: string | undefined
  readonly within: string | undefined
  readonly failOn: 'missed' | 'short' | 'none'
  readonly format: 'text' | 'json' | 'junit'
  readonly out: string | undefined
  readonly jobs: number | undefined
  readonly quiet: boolean
}

/** `tasktrail validate --expect FILE PATH…`: was what we did on purpose seen, and if not, for want of which telemetry. */
export async function validateCommand(paths: readonly string[], options: ValidateOptions): Promise<number> {
  const expected = [
    ...(options.expect === undefined ? [] : readCases(readFileSync(options.expect, 'utf8'), options.expect)),
    ...options.preset.flatMap((name) => casesOfPreset(name, options)),
  ]
  if (expected.length === 0) throw new UsageError('nothing is expected: give --expect FILE or --preset NAME')
  const everything = { since: null, until: null, host: null }
  const result = await withTemporaryFolder((temporary) =>
    scanPaths(paths, { ...options, source: null }, everything, temporary),
  )
  const findings = told(result)
  const results = expected.map((one) => validateCase(one, findings, result.coverage))
  const report = { text: casesText, json: casesJson, junit: casesJunit }[options.format](results)
  const output = openOutput(options.out)
  output.write(report)
  output.end()
  const problems = new ProblemLines(options.quiet)
  for (const problem of result.problems) problems.add(problem)
  problems.end(result.unlistedProblems)
  return results.some(failsOn[options.failOn]) ? exitCodes.found : readingExitCode(result)
}

const failsOn: Readonly<Record<ValidateOptions['failOn'], (result: CaseResult) => boolean>> = {
  missed: ({ outcome }) => outcome === 'not-found',
  short: (result) => !isAsExpected(result),
  none: () => false,
}

/** What a scan told, in the form in which findings are judged. */
export const told = (result: ScanResult) =>
  [...jsonLines(result, { all: true })].flatMap((line) => readTold(JSON.parse(line)) ?? [])

function casesOfPreset(name: string, { host, time, within }: ValidateOptions): ExpectedCase[] {
  const preset = presets[name]
  if (!preset) throw new UsageError(`no preset ${name}; there are ${Object.keys(presets).join(', ')}`)
  if (host === undefined || time === undefined)
    throw new UsageError('--preset needs --host and --time: where and when the tests ran')
  const at = parseInstant(time)?.time
  if (at === undefined) throw new UsageError(`--time ${time} is no ISO 8601 time such as 2026-03-10T10:00:00Z`)
  const span = duration(within ?? '2h')
  if (span === undefined) throw new UsageError(`--within ${within} is no number with s, m or h, such as 30m`)
  return preset.map((one) => ({ ...one, host, time: at, within: span }))
}
