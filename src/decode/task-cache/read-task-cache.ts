import type { Problem } from '../../model/problem.ts'
import type { RegistryTree, TreeNode } from '../registry/registry-tree.ts'
import { taskCacheBudget } from './key-values.ts'
import { MAX_TASKS } from './limits.ts'
import { reconcile } from './reconcile.ts'
import { type TaskCacheEntry, type TaskGroup, taskGroups } from './task-cache-entry.ts'
import { readTaskKey, type TaskKey } from './task-key.ts'
import { readTree } from './tree-key.ts'

export interface TaskCacheReading {
  /** False when the hive has no TaskCache: another hive than SOFTWARE, or one older than Windows Vista. */
  readonly found: boolean
  readonly tasks: readonly TaskCacheEntry[]
  /** All problems of the hive up to now, those of opening it among them. */
  readonly problems: readonly Problem[]
}

/** Below the root of the hive SOFTWARE. */
export const TASK_CACHE = 'Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache'

/**
 * What the registry knows of every task: Tree (path to GUID), Tasks (GUID to what it does) and the groups that name each
 * GUID once more, put together and held against each other. Files are not looked at.
 * Sources: libyal/winreg-kb, Task scheduler keys; GDATAAdvancedAnalytics/winreg-tasks.
 */
export function readTaskCache<Node extends TreeNode>(hive: RegistryTree<Node>): TaskCacheReading {
  const cache = hive.key(TASK_CACHE)
  if (cache === undefined) return { found: false, tasks: [], problems: hive.problems.all() }
  const budget = taskCacheBudget(hive.size)
  const tree = hive.key(`${TASK_CACHE}\\Tree`)
  for (const name of ['Tree', 'Tasks']) {
    const isThere = name === 'Tree' ? tree !== undefined : cache.subkey(name) !== undefined
    if (!isThere)
      hive.problems.add('bad-task-cache', cache.offset, `TaskCache has no key ${name}, which Windows always writes`)
  }
  const tasks: TaskKey[] = []
  for (const key of subkeysOf(hive, cache, 'Tasks')) tasks.push(readTaskKey(hive, key, budget))
  const groups = new Map<string, TaskGroup[]>()
  for (const group of taskGroups) {
    for (const { name } of subkeysOf(hive, cache, group)) {
      const id = name.toUpperCase()
      const known = groups.get(id)
      if (known === undefined) groups.set(id, [group])
      else if (!known.includes(group)) known.push(group)
    }
  }
  const entries = reconcile({ tree: tree === undefined ? [] : readTree(hive, tree, budget), tasks, groups })
  return { found: true, tasks: entries, problems: hive.problems.all() }
}

/** The keys below TaskCache\<name>, as many as there can be tasks. */
function* subkeysOf(hive: Pick<RegistryTree, 'problems'>, cache: TreeNode, name: string): Generator<TreeNode> {
  const parent = cache.subkey(name)
  if (parent === undefined) return
  let count = 0
  for (const key of parent.subkeys()) {
    count += 1
    if (count > MAX_TASKS) {
      hive.problems.add('too-large', parent.offset, `more than ${MAX_TASKS} keys below ${name}`)
      return
    }
    yield key
  }
}
