import type { TaskKey } from './task-key.ts'
import type { TreeKey } from './tree-key.ts'

/** The keys beside Tree and Tasks that name a task by its GUID: by these the service finds what to start. */
export const taskGroups = ['Boot', 'Logon', 'Plain', 'Maintenance'] as const
export type TaskGroup = (typeof taskGroups)[number]

/** Parts that Windows writes for every task. */
export type TaskCachePart =
  | 'tree'
  | 'id'
  | 'index'
  | 'security-descriptor'
  | 'task'
  | 'path'
  | 'hash'
  | 'schema'
  | 'actions'
  | 'triggers'
  | 'dynamic-info'
  | 'group'

/** What does not fit together, or is as Windows never writes it. */
export interface TaskCacheConflict {
  readonly kind: 'path-differs' | 'id-shared' | 'several-groups' | 'index-0' | 'hidden-by-security-descriptor'
  /** One plain sentence. */
  readonly says: string
}

/** One task as the registry knows it; at least one of `tree`, `task` and `groups` is there. */
export interface TaskCacheEntry {
  /** As Tree has it, else as the task's own value Path does. */
  readonly path: string | null
  /** `{GUID}`. */
  readonly id: string | null
  readonly tree: TreeKey | null
  readonly task: TaskKey | null
  readonly groups: readonly TaskGroup[]
  readonly missing: readonly TaskCachePart[]
  readonly conflicts: readonly TaskCacheConflict[]
}
