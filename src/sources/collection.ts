/** Where in a host's file system a collected file came from, told by the folders that lead to it. */
export interface Place {
  /** What stands before the host's own folders: files with the same root are of one host. */
  readonly root: string
  /** What lies below `Windows\System32\Tasks` (or a folder named Tasks), as a task's path; null elsewhere. */
  readonly taskPath: string | null
  /** Folders of Windows lead to it, so that the root is a disk, or a copy of one. */
  readonly isOfDisk: boolean
}

/** Folders of Windows that collections keep, in any case, deepest first. */
const anchors: readonly (readonly string[])[] = [
  ['windows', 'system32', 'tasks'],
  ['windows', 'syswow64', 'tasks'],
  ['windows', 'system32', 'winevt', 'logs'],
  ['windows', 'system32', 'config'],
  ['windows', 'tasks'],
]

/**
 * A mounted disk, KAPE's `C\Windows\…` and Velociraptor's `uploads\auto\C%3A\Windows\…` all keep the folders below the drive.
 * Where there are none, files that lie in one folder belong together, and a folder named Tasks is the task folder.
 */
export function placeOf(path: string): Place {
  const parts = path.split(/[\\/]/)
  const lower = parts.map((p) => p.toLowerCase())
  for (const anchor of anchors) {
    const at = lastIndexOf(lower, anchor)
    if (at < 0) continue
    const isTasks = anchor[anchor.length - 1] === 'tasks'
    return {
      root: parts.slice(0, at).join('/'),
      taskPath: isTasks ? taskPathOf(parts.slice(at + anchor.length)) : null,
      isOfDisk: true,
    }
  }
  const tasks = lower.lastIndexOf('tasks', lower.length - 2)
  if (tasks >= 0)
    return { root: parts.slice(0, tasks).join('/'), taskPath: taskPathOf(parts.slice(tasks + 1)), isOfDisk: false }
  return { root: parts.slice(0, -1).join('/'), taskPath: null, isOfDisk: false }
}

const taskPathOf = (parts: readonly string[]): string => `\\${parts.map(decoded).join('\\')}`

/** Velociraptor writes characters that a file system may refuse as %XX. */
function decoded(name: string): string {
  if (!/%[0-9a-f]{2}/i.test(name)) return name
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function lastIndexOf(parts: readonly string[], anchor: readonly string[]): number {
  for (let at = parts.length - anchor.length; at >= 0; at--) {
    if (anchor.every((name, i) => parts[at + i] === name)) return at
  }
  return -1
}
