import type { Lister } from '../lister.ts'
import { autoruns } from './autoruns.ts'
import { getScheduledTask } from './get-scheduled-task.ts'
import { kapeTaskFiles, recmdTaskCache } from './kape.ts'
import { osquery } from './osquery.ts'
import { schtasks } from './schtasks.ts'
import { velociraptor } from './velociraptor.ts'

export const listers: readonly Lister[] = [
  schtasks,
  getScheduledTask,
  autoruns,
  osquery,
  velociraptor,
  kapeTaskFiles,
  recmdTaskCache,
]
