import { availableParallelism } from 'node:os'
import { readDefinition } from '../decode/task-xml/index.ts'
import { extract, newTally } from '../engine/extract.ts'
import { FactCollector } from '../engine/fact-runs.ts'
import type { Unit } from '../engine/ports.ts'
import { unreadableProblems } from '../engine/unreadable-records.ts'
import { append } from '../model/lists.ts'
import type { Problem } from '../model/problem.ts'
import { interests } from '../normalize/index.ts'
import { openReader, stepsOf } from '../sources/index.ts'
import type { Input } from '../sources/inputs.ts'
import { TemporaryFacts } from '../stores/temporary-facts.ts'
import type { ExtractResult, Progress } from './extract-result.ts'
import { extractWithWorkers } from './extract-workers.ts'
import type { TemporaryFolder } from './temporary-folder.ts'

/** Steps (chunks of an EVTX file) in one unit: 16 MiB, small enough to share out evenly, large enough not to count. */
const stepsInUnit = 256
/** Below this many bytes starting a thread costs more than it gains. */
const worthWorkers = 24_000_000

/** The inputs cut into pieces that can be read by themselves. */
export function unitsOf(inputs: readonly Input[]): Unit[] {
  return inputs.flatMap((input, source) => {
    const steps = stepsOf(input)
    const units: Unit[] = []
    for (let from = 0; from < steps; from += stepsInUnit) {
      const to = Math.min(from + stepsInUnit, steps)
      units.push({
        source,
        path: input.path,
        ...(input.packed ? { packed: input.packed } : {}),
        name: input.name,
        kind: input.kind,
        from,
        to,
        bytes: Math.ceil((input.bytes * (to - from)) / steps),
      })
    }
    return units
  })
}

/** Facts of all inputs as sorted runs. The number of workers (by default one for each core) cannot show in what comes of them. */
export async function extractInputs(
  inputs: readonly Input[],
  jobs: number | undefined,
  temporary: TemporaryFolder,
  progress: Progress,
): Promise<ExtractResult> {
  const units = unitsOf(inputs)
  const bytes = units.reduce((sum, unit) => sum + unit.bytes, 0)
  const wanted = jobs ?? (bytes < worthWorkers ? 1 : availableParallelism())
  const workers = Math.min(wanted, units.length)
  const result =
    workers > 1
      ? await extractWithWorkers(units, workers, temporary, progress)
      : await extractHere(units, temporary, progress)
  append(result.tally.problems, unreadableProblems(result.tally.unreadable))
  result.tally.problems.sort(compareProblems)
  result.tally.notes.sort((a, b) => byCodeUnit(a.file, b.file) || byCodeUnit(a.text, b.text))
  return result
}

async function extractHere(
  units: readonly Unit[],
  temporary: TemporaryFolder,
  progress: Progress,
): Promise<ExtractResult> {
  const reader = openReader(interests)
  const collector = new FactCollector(new TemporaryFacts(temporary.file('facts')))
  const tally = newTally()
  for (const unit of units) await extract(unit, reader, readDefinition, (fact) => collector.add(fact), tally, progress)
  return { runs: collector.finish(), tally }
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
