import { imageName, splitProgram } from '../../model/command-line.ts'
import { inboxTask } from '../../model/windows/inbox/index.ts'
import { type Factor, quote } from '../factor.ts'
import { actionsOf } from '../subject.ts'

const shells = new Set([
  'cmd.exe',
  'powershell.exe',
  'pwsh.exe',
  'wscript.exe',
  'cscript.exe',
  'mshta.exe',
  'rundll32.exe',
  'regsvr32.exe',
])

/** Windows' own programs that start PowerShell for themselves: telemetry tests it with a fixed, restricted command. */
const starters = new Set(['compattelrunner.exe', 'sdiagnhost.exe'])

/**
 * A task of Windows that nobody changed, whose program started a shell or a program that runs others' code: what a planted DLL, a
 * COM class or a telemetry command does. The program itself is the right one, so only what it starts gives it away.
 */
export const inboxOffspring: Factor = {
  id: 'inbox-offspring',
  weigh({ chain, roots, descendants }) {
    if (chain.change || chain.taskPath === null || !inboxTask(chain.taskPath)) return undefined
    const started = [...actionsOf(chain).map((a) => splitProgram(a).program), ...roots.map((p) => p.image ?? '')].map(
      imageName,
    )
    if (started.some((name) => shells.has(name) || starters.has(name))) return undefined
    const shell = descendants.find((p) => shells.has(imageName(p.image ?? '')))
    return (
      shell && {
        bits: 6,
        says: `${quote(chain.taskPath)} is Windows’ own and was not changed, but its program started ${quote(shell.commandLine ?? shell.image ?? '')}.`,
      }
    )
  },
}
