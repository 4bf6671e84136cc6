import type { HostMemory } from './host-memory.ts'
import { limits } from './settings.ts'
import type { TaskState } from './task-state.ts'

/** Notes the folders that a task with this key lies in. */
export function noteFolders({ folders, tasks }: HostMemory, key: string): void {
  if (folders.size > limits.tasks * 2) {
    folders.clear()
    for (const known of tasks.keys()) addFolders(folders, known)
  }
  addFolders(folders, key)
}

function addFolders(folders: Set<string>, key: string): void {
  for (let end = key.lastIndexOf('\\'); end > 0; end = key.lastIndexOf('\\', end - 1)) {
    const folder = key.slice(0, end)
    // Whoever added it has added those above it.
    if (folders.has(folder)) break
    folders.add(folder)
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
