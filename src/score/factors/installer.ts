import { imageName } from '../../model/command-line.ts'
import type { Factor } from '../factor.ts'
import { isMachineActor } from '../subject.ts'

const installers = new Set([
  'msiexec.exe',
  'trustedinstaller.exe',
  'tiworker.exe',
  'ccmexec.exe',
  'setup.exe',
  'officeclicktorun.exe',
  'wuauclt.exe',
  'mousocoreworker.exe',
])

/** Windows Installer, servicing or software distribution made the change as the system's own account. */
export const installer: Factor = {
  id: 'installer',
  weigh({ chain }) {
    const process = chain.change?.actor.process
    if (!process || !isMachineActor(chain)) return undefined
    const name = [process, ...process.ancestry].map((p) => imageName(p.image ?? '')).find((n) => installers.has(n))
    return name === undefined ? undefined : { bits: -3, says: `An installer made the change (${name}).` }
  },
}
