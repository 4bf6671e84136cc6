import type { CachedTask } from '../../model/artifact.ts'
import { cachedDefinition } from './cached-definition.ts'
import type { TaskCacheConflict, TaskCacheEntry, TaskCachePart } from './task-cache-entry.ts'

/** What it means that a part is not there, which makes Tree and Tasks contradict each other. */
const broken: Readonly<Partial<Record<TaskCachePart, string>>> = {
  tree: 'Tasks has the task, Tree does not name it',
  id: 'its key in Tree has no Id',
  task: 'Tree names the task, Tasks does not have it',
  path: 'its key in Tasks has no Path',
}

/** Parts that every task has on the hosts that were looked at. */
const usual: Readonly<Partial<Record<TaskCachePart, string>>> = {
  index: 'its key in Tree has no Index',
  hash: 'its key in Tasks has no Hash',
  schema: 'its key in Tasks has no Schema',
  actions: 'its key in Tasks has no Actions',
  triggers: 'its key in Tasks has no Triggers',
  'dynamic-info': 'its key in Tasks has no DynamicInfo',
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
    definition: cachedDefinition(task),
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
      ...entry.missing.flatMap((part) => broken[part] ?? []),
      ...entry.conflicts.filter(({ kind }) => doubtful.includes(kind)).map(({ says }) => says),
    ],
    oddities: [
      ...entry.missing.flatMap((part) => usual[part] ?? []),
      ...unread.flatMap((rest) => (rest ? [`not understood, kept as bytes: ${rest.reason}`] : [])),
    ],
    lastWritten: (task ?? tree)?.lastWritten ?? null,
  }
}
