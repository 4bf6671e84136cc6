import type { RunProcess, TaskChain } from '../model/chain.ts'
import { emptyDefinition } from '../model/definition.ts'
import { momentOf } from '../model/time.ts'

/**
 * Of a chain that is told no more what later ones are weighed beside: what its task was to run, who made it, and which programs its runs
 * started. It takes a tenth of the room.
 */
export function pastChain(chain: TaskChain): TaskChain {
  const { change, definition, runs, runSummary } = chain
  const programs = new Map<string, RunProcess>()
  for (const { processes } of runs)
    for (const process of processes) {
      const key = `${process.depth === 0} ${process.image?.toLowerCase()}`
      if (!programs.has(key)) programs.set(key, process)
    }
  const [first] = runs
  const times = runSummary ?? (first && { count: runs.length, first, last: first })
  return {
    ...chain,
    formerIds: [],
    definition: definition && {
      ...emptyDefinition,
      actions: definition.actions,
      principals: definition.principals,
    },
    payload: [],
    change: change && {
      ...change,
      because: '',
      written: [],
      command: null,
      before: null,
      changed: [],
      differences: [],
      laterChanges: [],
    },
    runs: first ? [{ ...first, processes: [...programs.values()] }] : [],
    runSummary: times ? { count: times.count, first: momentOf(times.first), last: momentOf(times.last) } : null,
    circumstances: [],
    contradictions: [],
    blindSpots: [],
    evidence: [],
  }
}
