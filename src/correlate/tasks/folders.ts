import type { HostMemory } from '../memory/host-memory.ts'
import { limits } from '../settings.ts'
import type { TaskState } from './task-state.ts'

/** Notes the folders that a task with this key lies in, from the outermost on. */
export function noteFolders({ folders }: HostMemory, key: string): void {
  let end = key.indexOf('\\', 1)
  for (let depth = 0; end > 0 && depth < limits.folderDepth; depth++) {
    folders.add(key.slice(0, end))
    end = key.indexOf('\\', end + 1)
  }
  if (folders.size <= limits.folders) return
  let spare = folders.size - limits.folders / 2
  for (const oldest of folders) {
    if (spare-- <= 0) break
    folders.delete(oldest)
  }
}

/** Creating `\A\B` also creates the folder `\A` on disk and in the registry: only a path seen as such a by-product is one. */
export function isFolder({ folders }: HostMemory, key: string, task: TaskState): boolean {
  if (!folders.has(key) || task.eras.some((e) => e.change?.kind === 'tampered')) return false
  return task.eras.every(
    (e) =>
      e.runs.length === 0 &&
      e.laterChanges.length === 0 &&
      (e.change === null || e.change.witness === 'file' || e.change.witness === 'registry'),
  )
}
