import type { Attack } from './attack.ts'
import { atCommand, cmdlets, comScript, insider, wmi } from './interfaces.ts'
import { busyPayload, consoleDocument, logCleared, masquerade, unusualArgument } from './masquerade.ts'
import { comHijack, environmentHijack, hiddenBySd, plantedLibrary, registryOnly } from './registry.ts'
import { atexec, schtasksRemote } from './remote.ts'
import { actionSwap, longSleep, registryPayload, schtasksCreate, startupScript, xmlImport } from './schtasks.ts'

export type { Attack, Scene } from './attack.ts'

/** Every attack that the lab knows. */
export const attacks: readonly Attack[] = [
  schtasksCreate,
  xmlImport,
  startupScript,
  registryPayload,
  actionSwap,
  longSleep,
  masquerade,
  busyPayload,
  unusualArgument,
  consoleDocument,
  logCleared,
  cmdlets,
  comScript,
  wmi,
  insider,
  atCommand,
  atexec,
  schtasksRemote,
  hiddenBySd,
  registryOnly,
  comHijack,
  environmentHijack,
  plantedLibrary,
]
