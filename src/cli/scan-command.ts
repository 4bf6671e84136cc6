import { isatty } from 'node:tty'
import { scan } from '../engine/scan.ts'
import { type Severity, severities } from '../model/finding.ts'
import { isFinding, jsonDocument, jsonLines, type ScanResult, textReport } from '../report/index.ts'
import { findInputs } from '../sources/inputs.ts'
import { exitCodes } from './exit-codes.ts'
import { compareProblems, extractInputs } from './extract-inputs.ts'
import { openOutput } from './output.ts'
import { ProblemLines } from './problem-lines.ts'
import { ProgressLine } from './progress.ts'
import { TemporaryFolder } from './temporary-folder.ts'

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
  readonly failOn: Severity | undefined
}

/** `tasktrail scan`: paths in, report out; returns the exit code. */
export async function scanCommand(paths: readonly string[], options: ScanOptions): Promise<number> {
  const temporary = new TemporaryFolder()
  const interrupted = () => {
    temporary.remove()
    process.exit(exitCodes.interrupted)
  }
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    const result = await scanPaths(paths, options, temporary)
    print(result, options)
    return exitCodeOf(result, options)
  } finally {
    temporary.remove()
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
  }
}

async function scanPaths(
  paths: readonly string[],
  options: ScanOptions,
  temporary: TemporaryFolder,
): Promise<ScanResult> {
  const { inputs, skipped, problems } = findInputs(paths)
  const progress = new ProgressLine(
    inputs.reduce((sum, input) => sum + input.bytes, 0),
    options.quiet,
  )
  const { runs, tally } = await extractInputs(inputs, options.jobs, temporary, (bytes, records) =>
    progress.add(bytes, records),
  )
  progress.end()
  tally.problems.push(...problems)
  tally.problems.sort(compareProblems)
  const unread = new Set(tally.problems.filter((p) => p.code === 'cannot-read').map((p) => p.file))
  return scan(
    {
      inputs: inputs.map((input) => input.name),
      runs,
      tally,
      files: inputs.length - unread.size,
      skippedFiles: skipped,
    },
    options,
  )
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
  if (result.tally.files === 0 && result.tally.records === 0) return exitCodes.nothing
  if (failOn !== undefined) {
    const from = severities.indexOf(failOn)
    if (result.chains.some((c) => isFinding(c) && severities.indexOf(c.score.severity) >= from)) return exitCodes.found
  }
  return result.problems.length > 0 ? exitCodes.damaged : exitCodes.done
}
