import { imageName } from '../../model/command-line.ts'
import type { Factor } from '../factor.ts'
import { comparablePath, isInProgramFiles, isInWindows } from '../location.ts'
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

/** Anybody can call a program setup.exe: it must lie where only administrators and software distribution write. */
const isInstaller = (image: string): boolean => {
  const path = comparablePath(image)
  return installers.has(imageName(path)) && (isInWindows(path) || isInProgramFiles(path))
}

/** Windows Installer, servicing or software distribution made the change as the system's own account. */
export const installer: Factor = {
  id: 'installer',
  weigh({ chain }) {
    const process = chain.change?.actor.process
    if (!process || !isMachineActor(chain)) return undefined
    const found = [process, ...process.ancestry].find((p) => isInstaller(p.image ?? ''))
    return found && { bits: -3, says: `An installer made the change (${imageName(found.image ?? '')}).` }
  },
}
