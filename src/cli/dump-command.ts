import { EvtxDecoder, JsonLines } from '../decode/evtx/index.ts'
import type { Problem } from '../model/problem.ts'
import { readEvtx } from '../sources/evtx-file.ts'
import type { ForcedKind } from '../sources/forced-kind.ts'
import { findInputs, type Inputs, reasonOf } from '../sources/inputs.ts'
import { exitCodes } from './exit-codes.ts'
import { openOutput } from './output.ts'
import { ProblemLines } from './problem-lines.ts'
import { ProgressLine } from './progress.ts'
import { standardInputFor } from './scan-paths.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

export interface DumpOptions {
  /** The kind that inputs are taken for, whatever they look like. */
  readonly source: ForcedKind | null
  readonly out: string | undefined
  /** Milliseconds. */
  readonly since: number | null
  readonly until: number | null
  readonly quiet: boolean
}

/** Bytes of output that are gathered before they are written. */
const writeSize = 1 << 20

/** `tasktrail dump`: every record as a JSON line, file by file in the order of their names; returns the exit code. */
export function dumpCommand(paths: readonly string[], options: DumpOptions): Promise<number> {
  return withTemporaryFolder(async (temporary) =>
    dump(
      await findInputs(paths, { standardInput: await standardInputFor(paths, temporary), forced: options.source }),
      options,
    ),
  )
}

async function dump({ inputs, problems }: Inputs, options: DumpOptions): Promise<number> {
  const told = new ProblemLines(options.quiet)
  const report = (problem: Problem) => told.add(problem)
  problems.forEach(report)
  const progress = new ProgressLine(
    inputs.reduce((sum, input) => sum + input.bytes, 0),
    options.quiet,
  )
  const output = openOutput(options.out)
  const decoder = new EvtxDecoder({ interests: 'all' })
  const lines = new JsonLines()
  const flush = () => {
    output.write(lines.bytes())
    lines.clear()
  }
  const { since, until } = options
  let read = 0
  for (const [source, { path, name, kind, packed }] of inputs.entries()) {
    if (kind !== 'evtx') {
      if (!options.quiet) process.stderr.write(`${JSON.stringify(name)}: left alone, only EVTX files are dumped\n`)
      continue
    }
    try {
      await readEvtx(
        decoder,
        { path, name, source, packed },
        {
          visit(record) {
            if ((since !== null && record.time < since) || (until !== null && record.time >= until)) return
            lines.write(record)
            if (lines.length >= writeSize) flush()
          },
          report,
          progress: (bytes) => progress.add(bytes, 0),
        },
      )
      read++
    } catch (error) {
      if (!(error instanceof Error && 'syscall' in error && error.syscall !== 'write')) throw error
      report({ file: name, offset: null, chunk: null, code: 'cannot-read', reason: reasonOf(error) })
    }
  }
  flush()
  output.end()
  progress.end()
  told.end()
  if (read === 0) return exitCodes.nothing
  return told.count > 0 ? exitCodes.damaged : exitCodes.done
}
