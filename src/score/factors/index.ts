import type { Factor } from '../factor.ts'
import { actionSwapped } from './action-swapped.ts'
import { badSignature } from './bad-signature.ts'
import { commandLineRegex } from './command-line-regex.ts'
import { creator } from './creator.ts'
import { definitionFromFile } from './definition-from-file.ts'
import { discovery } from './discovery.ts'
import { executionWindow } from './execution-window.ts'
import { hijackedTask } from './hijacked-task.ts'
import { installer } from './installer.ts'
import { interactiveJob } from './interactive-job.ts'
import { intrusions } from './intrusion.ts'
import { logCleared } from './log-cleared.ts'
import { madeByPerson } from './made-by-person.ts'
import { newOffspring } from './new-offspring.ts'
import { offspring } from './offspring.ts'
import { otherAccount } from './other-account.ts'
import { outside } from './outside.ts'
import { ownRun } from './own-run.ts'
import { plantedModule } from './planted-module.ts'
import { protectiveTask } from './protective-task.ts'
import { rareAction } from './rare-action.ts'
import { rareMaker } from './rare-maker.ts'
import { rareOffspring } from './rare-offspring.ts'
import { remote } from './remote.ts'
import { renamed } from './renamed.ts'
import { runAtOnce } from './run-at-once.ts'
import { runTraits } from './run-traits.ts'
import { shortLived } from './short-lived.ts'
import { tampering } from './tampering.ts'
import { targetSwapped } from './target-swapped.ts'
import { taskAuthor } from './task-author.ts'
import { timestomp } from './timestomp.ts'
import { twin } from './twin.ts'

/** How the task came to be and what became of it, what surrounds it, and how common it is. */
export const factorsOfChange: readonly Factor[] = [
  remote,
  tampering,
  shortLived,
  creator,
  madeByPerson,
  actionSwapped,
  targetSwapped,
  twin,
  protectiveTask,
  runAtOnce,
  definitionFromFile,
  interactiveJob,
  rareAction,
  rareMaker,
  timestomp,
  logCleared,
  installer,
  ownRun,
]

/** What ran, and whether this task ever ran such before. */
export const factorsOfRuns: readonly Factor[] = [
  hijackedTask,
  plantedModule,
  offspring,
  discovery,
  ...intrusions,
  runTraits,
  badSignature,
  outside,
  renamed,
  otherAccount,
  newOffspring,
  rareOffspring,
]

/** What the settings name, beside what the change and the runs show. */
export const factorsOfSettings: readonly Factor[] = [taskAuthor, commandLineRegex, executionWindow]

/** What still counts for a deletion or a switch that is told as part of another chain's story: the rest is weighed there. */
export const factorsOfPart: readonly Factor[] = [protectiveTask]
