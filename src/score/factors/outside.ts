import type { RunProcess } from '../../model/chain.ts'
import { isAtOthersBidding } from '../../model/windows/programs.ts'
import { type Factor, quote } from '../factor.ts'
import { launchesOf, scriptEnding } from '../launch.ts'
import { comparablePath } from '../location.ts'
import { nameOf } from '../programs.ts'
import { type SightingId, sighting } from '../sightings.ts'
import { isAtHome } from '../traits/disguise.ts'

const hasScript = ({ commandLine }: RunProcess): boolean =>
  launchesOf(commandLine ?? '').some(({ payload }) => payload !== null && scriptEnding.test(payload))

/** What the connection is like: scripts of administrators fetch things too, and what one user installed keeps itself up to date. */
function kindOf(process: RunProcess): SightingId | undefined {
  if (process.outside === null) return undefined
  if (!isAtOthersBidding(nameOf(process.image)))
    return isAtHome(comparablePath(process.image ?? '')) ? undefined : 'outside-by-program'
  return hasScript(process) ? 'outside-by-program' : 'outside-by-shell'
}

/** A shell, a script host or a program that was not installed, which the run started, opened a connection to another network. */
export const outside: Factor = {
  id: 'connects-outside',
  weigh({ roots, descendants }) {
    let best: { bits: number; says: string } | undefined
    for (const process of [...roots, ...descendants]) {
      const kind = kindOf(process)
      if (kind === undefined || process.outside === null) continue
      const { bits, seen } = sighting(kind)
      if (bits <= (best?.bits ?? 0)) continue
      const { address, port, host } = process.outside
      const to = `${host === null ? '' : `${host}, `}${address} port ${port}`
      best = { bits, says: `${quote(process.image ?? '')} connected to ${quote(to)}; ${seen}.` }
    }
    return best
  },
}
