import type { Story } from '../fleet/life.ts'
import { consoleTask, maintenanceScript, reportTask } from './administrators.ts'
import {
  backup,
  conferencing,
  configurationManager,
  groupPolicy,
  intune,
  inventoryAgent,
  updateOrchestrator,
} from './management.ts'
import { networkLogons, peopleAtWork, windowsAtWork } from './people.ts'
import { adobeUpdater, chromeUpdater, edgeUpdater, office, oneDrive } from './updaters.ts'
import { windowsOwnTasks } from './windows-tasks.ts'

/** Ordinary life, all of it: what must stay quiet. */
export const ordinaryLife: readonly Story[] = [
  windowsOwnTasks,
  edgeUpdater,
  chromeUpdater,
  oneDrive,
  office,
  adobeUpdater,
  updateOrchestrator,
  configurationManager,
  intune,
  groupPolicy,
  inventoryAgent,
  backup,
  conferencing,
  maintenanceScript,
  reportTask,
  consoleTask,
  peopleAtWork,
  windowsAtWork,
  networkLogons,
]
