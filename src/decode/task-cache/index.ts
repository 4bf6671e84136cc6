export { type CachedAction, type CachedActions, readActions } from './actions.ts'
export { toCachedTask } from './cached-task.ts'
export { type DynamicInfo, type DynamicInfoReading, readDynamicInfo } from './dynamic-info.ts'
export { readTaskCache, TASK_CACHE, type TaskCacheReading } from './read-task-cache.ts'
export { readSecurityDescriptor, type SecurityDescriptor } from './security-descriptor.ts'
export {
  type TaskCacheConflict,
  type TaskCacheEntry,
  type TaskCachePart,
  type TaskGroup,
  taskGroups,
} from './task-cache-entry.ts'
export type { TaskKey } from './task-key.ts'
export type { TreeKey } from './tree-key.ts'
export type { JobBucket } from './triggers/job-bucket.ts'
export { type CachedTriggers, readTriggers } from './triggers/triggers.ts'
export type { Unread } from './unread.ts'
