import { availableParallelism } from 'node:os'
import type { Unit } from '../engine/ports.ts'
import { unreadableProblems } from '../engine/unreadable-records.ts'
import { append } from '../model/lists.ts'
import type { Problem } from '../model/problem.ts'
import type { Input } from '../sources/inputs.ts'
import { TemporaryFacts } from '../stores/temporary-facts.ts'
import { Extraction } from './extract-here.ts'
import type { ExtractResult, ReadWatch } from './extract-result.ts'
import { extractWithWorkers } from './extract-workers.ts'
import type { TemporaryFolder } from './temporary-folder.ts'
import { unitsOf } from './units.ts'

/** Below this many bytes starting a thread costs more than it gains. */
const worthWorkers = 24_000_000

const nobody: ReadWatch = { begin: () => {}, add: () => {} }

/** Facts of all inputs as sorted runs. The number of workers (by default one for each core) cannot show in what comes of them. */
export async function extractInputs(
  inputs: readonly Input[],
  jobs: number | undefined,
  temporary: TemporaryFolder,
  watch: ReadWatch = nobody,
): Promise<ExtractResult> {
  const units = unitsOf(inputs)
  const bytes = units.reduce((sum, unit) => sum + unit.bytes, 0)
  const wanted = jobs ?? (bytes < worthWorkers ? 1 : availableParallelism())
  const workers = Math.min(wanted, units.length)
  const result =
    workers > 1
      ? await extractWithWorkers(units, workers, temporary, watch)
      : await extractHere(units, temporary, watch)
  append(result.tally.problems, unreadableProblems(result.tally.unreadable))
  result.tally.problems.sort(compareProblems)
  result.tally.notes.sort((a, b) => byCodeUnit(a.file, b.file) || byCodeUnit(a.text, b.text))
  return result
}

async function extractHere(
  units: readonly Unit[],
  temporary: TemporaryFolder,
  watch: ReadWatch,
): Promise<ExtractResult> {
  const extraction = new Extraction(new TemporaryFacts(temporary.file('facts')))
  for (const unit of units) {
    watch.begin(unit.name)
    await extraction.read(unit, (bytes, records) => watch.add(bytes, records))
  }
  return { runs: extraction.collector.finish(), tally: extraction.tally }
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function compareProblems(a: Problem, b: Problem): number {
  return (
    byCodeUnit(a.file, b.file) ||
    (a.offset ?? -1) - (b.offset ?? -1) ||
    byCodeUnit(a.code, b.code) ||
    byCodeUnit(a.reason, b.reason)
  )
}
