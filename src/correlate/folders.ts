import { taskKey } from '../model/task-path.ts'
import type { HostState } from './host-state.ts'
import type { TaskState } from './task-state.ts'

/** Creating `\A\B` also creates the folder `\A` on disk and in the registry: only a path seen as such a by-product is one. */
export function isFolder(host: HostState, task: TaskState): boolean {
  const onlyOnDisk = task.eras.every(
    (e) =>
      e.runs.length === 0 &&
      e.laterChanges.length === 0 &&
      (e.change === null || e.change.witness === 'file' || e.change.witness === 'registry'),
  )
  if (!onlyOnDisk || task.eras.some((e) => e.change?.kind === 'tampered')) return false
  const prefix = `${taskKey(task.path)}\\`
  for (const key of host.tasks.keys()) if (key.startsWith(prefix)) return true
  return false
}
