import type { RunProcess } from '../../model/chain.ts'
import { counted } from '../../model/counted.ts'
import { questionOf } from '../discovery.ts'
import { type Factor, quote } from '../factor.ts'
import { comparablePath } from '../location.ts'
import { isRunner, nameOf } from '../programs.ts'
import { placeOf } from '../traits/place.ts'

/** What N quiet runs prove, at most: a program's own habits change, too. */
const most = 5
/** Fewer earlier runs than this are no habit. */
const enough = 3

const notable = (process: RunProcess): boolean =>
  isRunner(process.image) ||
  questionOf(process) !== undefined ||
  /^(?:public|recycled|windows-writable|temp|received|appdata-root|programdata-root|drive-root)$/.test(
    placeOf(comparablePath(process.image ?? '')),
  )

/**
 * The first run that starts a shell, a script host, a question about the system or a file from a folder for all, after runs of the
 * same task that started none: by Laplace's rule a further quiet run was to be expected with N + 1 to 1.
 */
export const newOffspring: Factor = {
  id: 'new-offspring',
  weigh({ chain, past }) {
    const known = new Set(past.programs)
    let quiet = past.runs
    // Runs like the one before are only counted: they lie between those that are kept, nearly always before the last.
    const uncounted = Math.max(0, (chain.runSummary?.count ?? 0) - chain.runs.length)
    for (const [index, run] of chain.runs.entries()) {
      const fresh = run.processes.find((process) => !known.has(nameOf(process.image)) && notable(process))
      if (fresh && quiet >= enough) {
        const bits = Math.min(most, Math.log2(quiet + 2))
        return {
          bits,
          says: `${counted(quiet, 'earlier run')} of this task did not start ${quote(fresh.commandLine ?? fresh.image ?? '')}.`,
        }
      }
      for (const process of run.processes) known.add(nameOf(process.image))
      // A run of which no process was seen proves nothing.
      if (run.processes.length > 0) quiet += 1 + (index === 2 ? uncounted : 0)
    }
    return undefined
  },
}
