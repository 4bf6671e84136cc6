import type { RunProcess } from '../../model/chain.ts'
import { type Factor, quote } from '../factor.ts'
import { comparablePath, isInWindows } from '../location.ts'
import { isHandlerHost, isRunner, isShell, nameOf } from '../programs.ts'
import { sighting } from '../sightings.ts'
import { actionsOf, isScripted } from '../subject.ts'

/** Windows' own programs that start PowerShell for themselves: telemetry tests it with a fixed, restricted command. */
const starters = new Set(['compattelrunner', 'sdiagnhost'])
/** Beyond the other factors: the library that does this was not in the definition, and no program of Windows does it. */
const underHandler = 6

/**
 * What the task's own program started is a shell, a script host or a program that runs others' code: what a planted library, a COM class
 * or an implant does. The program itself may be the right one, so only what it starts gives it away.
 */
export const offspring: Factor = {
  id: 'offspring',
  weigh({ chain, roots, descendants }) {
    const runner = descendants.find((process) => isRunner(process.image))
    const [root] = roots
    if (!runner || !root) return undefined
    const started = quote(runner.commandLine ?? runner.image ?? '')
    if (isHandlerHost(root.image)) {
      return {
        bits: underHandler,
        says: `${nameOf(root.image)} holds COM handlers, which are libraries; here it started ${started}.`,
      }
    }
    if (roots.some((each) => isRunner(each.image)) || isScripted(chain)) return scriptBelowScript(roots, runner)
    if (starters.has(nameOf(root.image)) || actionsOf(chain).some((action) => isRunner(action))) return undefined
    const { bits, seen } = sighting(
      isInWindows(comparablePath(root.image ?? '')) ? 'shell-below-windows' : 'shell-below-program',
    )
    return { bits, says: `${nameOf(root.image)} started ${started}; ${seen}.` }
  },
}

/** A script that starts another script host or shell of another kind. */
function scriptBelowScript(roots: readonly RunProcess[], runner: RunProcess) {
  const isOther = roots.every((root) => nameOf(root.image) !== nameOf(runner.image))
  if (!isOther || (roots.some((root) => isShell(root.image)) && nameOf(runner.image) === 'cmd')) return undefined
  const { bits, seen } = sighting('script-below-script')
  return {
    bits,
    says: `A script started another host of scripts, ${quote(runner.commandLine ?? runner.image ?? '')}; ${seen}.`,
  }
}
