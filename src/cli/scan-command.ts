import { isatty } from 'node:tty'
import { type Severity, severities } from '../model/finding.ts'
import { isFinding, jsonDocument, jsonLines, type ScanResult, textReport } from '../report/index.ts'
import type { ForcedKind } from '../sources/forced-kind.ts'
import { exitCodes } from './exit-codes.ts'
import { openOutput } from './output.ts'
import { ProblemLines } from './problem-lines.ts'
import { readingExitCode, scanPaths } from './scan-paths.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

export interface ScanOptions {
  readonly all: boolean
  readonly format: 'text' | 'json' | 'jsonl'
  readonly out: string | undefined
  /** Milliseconds. */
  readonly since: number | null
  readonly until: number | null
  readonly host: string | null
  readonly jobs: number | undefined
  readonly quiet: boolean
  readonly source: ForcedKind | null
  readonly failOn: Severity | undefined
}

/** `tasktrail scan`: paths in, report out; returns the exit code. */
export async function scanCommand(paths: readonly string[], options: ScanOptions): Promise<number> {
  return (await printScan(paths, options)).code
}

/** Scans and prints; what was found is there for more. */
export async function printScan(
  paths: readonly string[],
  options: ScanOptions,
): Promise<{ readonly result: ScanResult; readonly code: number }> {
  const result = await withTemporaryFolder((temporary) => scanPaths(paths, options, options, temporary))
  print(result, options)
  return { result, code: exitCodeOf(result, options) }
}

function print(result: ScanResult, options: ScanOptions): void {
  const output = openOutput(options.out)
  const color = options.out === undefined && isatty(1) && !process.env.NO_COLOR
  const report =
    options.format === 'text'
      ? textReport(result, { all: options.all, color })
      : options.format === 'json'
        ? jsonDocument(result, options)
        : jsonLines(result, options)
  for (const piece of report) output.write(piece)
  output.end()
  if (options.format !== 'jsonl') return
  // Lines of findings do not tell what could not be read: say so where people look.
  const told = new ProblemLines(options.quiet)
  for (const problem of result.problems) told.add(problem)
  told.end(result.unlistedProblems)
}

function exitCodeOf(result: ScanResult, { failOn }: ScanOptions): number {
  if (failOn !== undefined && readingExitCode(result) !== exitCodes.nothing) {
    const from = severities.indexOf(failOn)
    if (result.chains.some((c) => isFinding(c) && severities.indexOf(c.score.severity) >= from)) return exitCodes.found
  }
  return readingExitCode(result)
}
