import { taskKey } from '../../model/task-path.ts'
import type { TaskCacheConflict, TaskCacheEntry, TaskCachePart, TaskGroup } from './task-cache-entry.ts'
import type { TaskKey } from './task-key.ts'
import type { TreeKey } from './tree-key.ts'

/** What was read below TaskCache. */
export interface TaskCacheParts {
  /** Folders among them. */
  readonly tree: readonly TreeKey[]
  readonly tasks: readonly TaskKey[]
  /** By the task's GUID in upper case. */
  readonly groups: ReadonlyMap<string, readonly TaskGroup[]>
}

/**
 * One entry for each task, in the order of Tree, then what Tree does not name. Tree and Tasks belong together by the GUID;
 * a key of Tree whose Id is gone or leads nowhere, by the path that the task itself has.
 */
export function reconcile({ tree, tasks, groups }: TaskCacheParts): TaskCacheEntry[] {
  const byId = new Map(tasks.map((task) => [task.id.toUpperCase(), task]))
  const known = (key: TreeKey) => key.id !== null && byId.has(key.id.toUpperCase())
  const named = new Set(tree.filter(known).map((key) => (key.id as string).toUpperCase()))
  const orphans = new Map<string, TaskKey>()
  for (const task of tasks) {
    if (!named.has(task.id.toUpperCase()) && task.path !== null) orphans.set(taskKey(task.path), task)
  }
  const namedBy = new Map<string, TreeKey[]>()
  for (const key of tree) {
    if (key.id !== null) append(namedBy, key.id.toUpperCase(), key)
  }

  const entries: TaskCacheEntry[] = []
  const done = new Set<string>()
  const add = (key: TreeKey | null, task: TaskKey | null, id: string | null) => {
    const upper = id?.toUpperCase()
    if (upper !== undefined) done.add(upper)
    const inGroups = upper === undefined ? [] : (groups.get(upper) ?? [])
    const sharers = upper === undefined ? [] : (namedBy.get(upper) ?? [])
    entries.push({
      path: key?.path ?? task?.path ?? null,
      id,
      tree: key,
      task,
      groups: inGroups,
      missing: missingOf(key, task, inGroups),
      conflicts: conflictsOf(key, task, inGroups, sharers),
    })
  }
  for (const key of tree) {
    const task = known(key) ? byId.get((key.id as string).toUpperCase()) : orphans.get(taskKey(key.path))
    if (key.isFolder && task === undefined) continue
    add(key, task ?? null, task?.id ?? key.id)
  }
  for (const task of tasks) if (!done.has(task.id.toUpperCase())) add(null, task, task.id)
  for (const id of groups.keys()) if (!done.has(id)) add(null, null, id)
  return entries
}

function missingOf(tree: TreeKey | null, task: TaskKey | null, groups: readonly TaskGroup[]): TaskCachePart[] {
  const missing: TaskCachePart[] = []
  const need = (part: TaskCachePart, there: boolean) => {
    if (!there) missing.push(part)
  }
  need('tree', tree !== null)
  if (tree !== null) {
    need('id', tree.id !== null)
    need('index', tree.index !== null)
    need('security-descriptor', tree.hasSecurityDescriptor)
  }
  need('task', task !== null)
  if (task !== null) {
    need('path', task.path !== null)
    need('hash', task.hash !== null)
    need('schema', task.schema !== null)
    need('actions', task.actions !== null)
    need('triggers', task.triggers !== null)
    need('dynamic-info', task.dynamicInfo !== null)
  }
  need('group', groups.length > 0)
  return missing
}

function conflictsOf(
  tree: TreeKey | null,
  task: TaskKey | null,
  groups: readonly TaskGroup[],
  sharers: readonly TreeKey[],
): TaskCacheConflict[] {
  const conflicts: TaskCacheConflict[] = []
  if (tree !== null && task !== null && task.path !== null && taskKey(tree.path) !== taskKey(task.path)) {
    conflicts.push({ kind: 'path-differs', says: `Tree names the task ${tree.path}, its own key says ${task.path}` })
  }
  const others = sharers.filter((key) => key !== tree)
  if (tree !== null && others[0] !== undefined) {
    const more = others.length > 1 ? ` and ${others.length - 1} more` : ''
    conflicts.push({ kind: 'id-shared', says: `${others[0].path}${more} in Tree lead to the same task` })
  }
  if (groups.length > 1) {
    conflicts.push({ kind: 'several-groups', says: `the task is in ${groups.join(' and ')} at once` })
  }
  if (tree?.index === 0) {
    conflicts.push({ kind: 'index-0', says: 'Index is 0, which hides the task from the lists of the Task Scheduler' })
  }
  if (tree?.securityDescriptor?.hidesFromEveryone) {
    conflicts.push({
      kind: 'hidden-by-security-descriptor',
      says: 'the security descriptor lets nobody but SYSTEM see the task',
    })
  }
  return conflicts
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
