import type { HostState } from './host-state.ts'
import type { TaskState } from './task-state.ts'

/** Keys of every folder that a task of this host lies in. */
export function foldersOf(host: HostState): Set<string> {
  const folders = new Set<string>()
  for (const key of host.tasks.keys()) {
    for (let end = key.lastIndexOf('\\'); end > 0; end = key.lastIndexOf('\\', end - 1)) {
      const folder = key.slice(0, end)
      // Whoever added it has added those above it.
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return folders
}

/** Creating `\A\B` also creates the folder `\A` on disk and in the registry: only a path seen as such a by-product is one. */
export function isFolder(folders: ReadonlySet<string>, key: string, task: TaskState): boolean {
  if (!folders.has(key) || task.eras.some((e) => e.change?.kind === 'tampered')) return false
  return task.eras.every(
    (e) =>
      e.runs.length === 0 &&
      e.laterChanges.length === 0 &&
      (e.change === null || e.change.witness === 'file' || e.change.witness === 'registry'),
  )
}
