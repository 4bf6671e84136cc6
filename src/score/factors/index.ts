import type { Factor } from '../factor.ts'
import { actionProgram } from './action-program.ts'
import { bareShell } from './bare-shell.ts'
import { creator } from './creator.ts'
import { credentialAccess } from './credential-access.ts'
import { definitionFromFile } from './definition-from-file.ts'
import { discovery } from './discovery.ts'
import { download } from './download.ts'
import { frequent } from './frequent.ts'
import { hidden } from './hidden.ts'
import { hijackedTask } from './hijacked-task.ts'
import { inboxOffspring } from './inbox-offspring.ts'
import { installer } from './installer.ts'
import { logCleared } from './log-cleared.ts'
import { logWiped } from './log-wiped.ts'
import { masquerade } from './masquerade.ts'
import { obfuscatedCommand } from './obfuscated-command.ts'
import { outputToFile } from './output-to-file.ts'
import { ownRun } from './own-run.ts'
import { protectiveTask } from './protective-task.ts'
import { rareAction } from './rare-action.ts'
import { remote } from './remote.ts'
import { runAtOnce } from './run-at-once.ts'
import { shortLived } from './short-lived.ts'
import { systemForUser } from './system-for-user.ts'
import { tampering } from './tampering.ts'
import { timestomp } from './timestomp.ts'
import { writablePath } from './writable-path.ts'

/** Every factor; the order is that in which a finding lists those of equal weight. */
export const factors: readonly Factor[] = [
  remote,
  tampering,
  hijackedTask,
  inboxOffspring,
  shortLived,
  creator,
  credentialAccess,
  obfuscatedCommand,
  download,
  outputToFile,
  discovery,
  writablePath,
  actionProgram,
  bareShell,
  systemForUser,
  protectiveTask,
  masquerade,
  hidden,
  runAtOnce,
  definitionFromFile,
  frequent,
  rareAction,
  timestomp,
  logCleared,
  logWiped,
  installer,
  ownRun,
]

/** What still counts for a deletion or a switch that is told as part of another chain's story: the rest is weighed there. */
export const factorsOfPart: readonly Factor[] = [protectiveTask]
