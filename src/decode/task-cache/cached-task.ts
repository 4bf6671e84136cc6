import type { CachedTask } from '../../model/artifact.ts'
import type { TaskCacheConflict, TaskCacheEntry, TaskCachePart } from './task-cache-entry.ts'

/**
 * What it means that a part is not there. Null: the model has a field for it, or (for groups) nobody has verified that
 * Windows always writes it.
 */
const missing: Readonly<Record<TaskCachePart, string | null>> = {
  tree: 'Tasks has the task, Tree does not name it',
  id: 'its key in Tree has no Id',
  index: 'its key in Tree has no Index',
  'security-descriptor': null,
  task: 'Tree names the task, Tasks does not have it',
  path: 'its key in Tasks has no Path',
  hash: 'its key in Tasks has no Hash, which the service always writes',
  schema: 'its key in Tasks has no Schema, which the service always writes',
  actions: 'its key in Tasks has no Actions',
  triggers: 'its key in Tasks has no Triggers',
  'dynamic-info': 'its key in Tasks has no DynamicInfo',
  group: null,
}

/** Conflicts that are doubts; the others have a field, or (several groups) may be ordinary. */
const doubtful: readonly TaskCacheConflict['kind'][] = ['path-differs', 'id-shared']

/** The entry in the words of the model; null when it has no path: a GUID in a group that leads to nothing. */
export function toCachedTask(entry: TaskCacheEntry, source: number): CachedTask | null {
  const { tree, task, path } = entry
  if (path === null) return null
  const actions = task?.actions ?? null
  const bucket = task?.triggers?.bucket ?? null
  const info = task?.dynamicInfo?.info ?? null
  const unread = [task?.actions?.unread, task?.triggers?.unread, task?.dynamicInfo?.unread]
  return {
    source,
    id: entry.id,
    path,
    author: task?.author ?? null,
    uri: task?.uri ?? null,
    hash: task?.hash ?? null,
    actions: actions === null || (actions.actions.length === 0 && actions.unread !== null) ? null : actions.actions,
    runsAs: bucket?.principal.userId ?? bucket?.principal.groupId ?? null,
    isEnabled: bucket?.settings.enabled ?? null,
    isHidden: bucket?.settings.hidden ?? null,
    registered: info?.created ?? null,
    lastRun: info?.lastRun ?? null,
    lastResult: info?.lastResult ?? null,
    inTree: tree !== null,
    inTasks: task !== null,
    hasSecurityDescriptor: tree?.hasSecurityDescriptor ?? null,
    isHiddenFromEveryone: tree?.securityDescriptor?.hidesFromEveryone ?? false,
    index: tree?.index ?? null,
    doubts: [
      ...entry.missing.flatMap((part) => missing[part] ?? []),
      ...entry.conflicts.filter(({ kind }) => doubtful.includes(kind)).map(({ says }) => says),
      ...unread.flatMap((rest) => (rest ? [`not understood, kept as bytes: ${rest.reason}`] : [])),
    ],
    lastWritten: (task ?? tree)?.lastWritten ?? null,
  }
}
