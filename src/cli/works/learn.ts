import { counted } from '../../model/counted.ts'
import { clean } from '../../report/clean.ts'
import { scanPathsWith } from '../../run/index.ts'
import { Learning } from '../../score/index.ts'
import { chainsOfService, isOfService } from '../../serve/kept-chains.ts'
import { DatabaseRefused } from '../../serve/store/database.ts'
import type { ForcedKind } from '../../sources/forced-kind.ts'
import { writeBaseline } from '../../stores/baseline-file.ts'
import { exitCodes } from '../exit-codes.ts'
import { commit, type Reserved, writingTo } from '../outputs.ts'
import { readingExitCode } from '../reading-exit-code.ts'
import { UsageError } from '../refusals.ts'
import type { Surroundings } from '../surroundings.ts'
import { openBaseline } from './baseline-file.ts'
import { sayGaps } from './gaps.ts'

export interface LearnWanted {
  readonly paths: readonly string[]
  /** The paths are baselines, to be put together. */
  readonly merge: boolean
  /** Ids of held chains that are to teach after all. */
  readonly release: readonly string[]
  readonly jobs: number | undefined
  readonly quiet: boolean
  readonly source: ForcedKind | null
  readonly followLinks: boolean
}

/** `tasktrail learn PATH… --out BASELINE`, and `learn --merge BASELINE… --out BASELINE`. */
export async function learnWork(wanted: LearnWanted, around: Surroundings): Promise<number> {
  const learning = new Learning()
  const code = wanted.merge ? mergeFiles(wanted.paths, learning) : await learnPaths(wanted, learning, around)
  const unheld = learning.release(wanted.release)
  if (unheld.length > 0) throw new UsageError(`no chain ${unheld.join(', ')} is held`)
  const out = around.out as Reserved
  const { id, hosts, held } = learning
  writingTo(out, (partial) => writeBaseline(partial, learning, id))
  commit(out)
  if (!wanted.quiet) {
    const kept = held.filter(({ isReleased }) => !isReleased).length
    around.say(
      `baseline ${id}: ${counted(hosts.length, 'host')}; ${counted(kept, 'chain')} held, being out of the ordinary`,
    )
  }
  return code
}

function mergeFiles(paths: readonly string[], learning: Learning): number {
  for (const path of paths) {
    const file = openBaseline(path)
    learning.merge(file)
    file.close()
  }
  return exitCodes.done
}

async function learnPaths({ paths: all, quiet, ...wanted }: LearnWanted, learning: Learning, around: Surroundings) {
  const { temporary, standardInput, onProgress, say } = around
  const paths = all.filter((path) => !isOfService(path))
  for (const path of all) if (!paths.includes(path)) learnService(path, learning, say)
  if (paths.length === 0 && all.length > 0) return exitCodes.done
  // What does not teach is decided without rarity, or it would depend on what was learned before.
  const result = await scanPathsWith(temporary, paths, { ...wanted, baseline: 'none', standardInput, onProgress })
  for (const scored of result.chains) learning.learn(scored, result.roles.get(scored.chain.host))
  if (!quiet) sayGaps(result, 'nothing', say)
  return readingExitCode(result)
}

/** What a service knows by now, while it runs or not. */
function learnService(folder: string, learning: Learning, say: Surroundings['say']): void {
  try {
    const broken = (host: string, reason: string) => say(clean(`tasktrail: ${host} does not teach: ${reason}`))
    for (const { scored, role } of chainsOfService(folder, broken)) learning.learn(scored, role)
  } catch (error) {
    throw error instanceof DatabaseRefused ? new UsageError(error.message) : error
  }
}
