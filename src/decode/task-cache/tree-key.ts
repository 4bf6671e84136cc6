import { taskPath } from '../../model/task-path.ts'
import type { Instant } from '../../model/time.ts'
import { Damage } from '../registry/damage.ts'
import type { RegistryTree, TreeNode } from '../registry/registry-tree.ts'
import { type ByteBudget, KeyValues } from './key-values.ts'
import { MAX_PATH_LENGTH, MAX_TASKS, MAX_TREE_KEYS } from './limits.ts'
import { readSecurityDescriptor, type SecurityDescriptor } from './security-descriptor.ts'

/** A key below TaskCache\Tree: by these the service and its tools find a task by its path. */
export interface TreeKey {
  /** `\Folder\Name`. */
  readonly path: string
  /** `{GUID}` of the key below TaskCache\Tasks, as written. */
  readonly id: string | null
  /** 0 hides the task from the service's lists; 1 goes with Boot, 3 with Plain; other meanings are not verified. */
  readonly index: number | null
  /** Whether there is a value `SD`: without one the task is shown to nobody. */
  readonly hasSecurityDescriptor: boolean
  /** Null when there is none, or one that cannot be read. */
  readonly securityDescriptor: SecurityDescriptor | null
  readonly lastWritten: Instant | null
  /** Offset of the key in the hive. */
  readonly offset: number
  /** Neither Id nor Index: what a folder has. */
  readonly isFolder: boolean
}

type Problems = Pick<RegistryTree, 'problems'>

/** All keys below Tree, folders among them. */
export function readTree<Node extends TreeNode>(hive: RegistryTree<Node>, tree: Node, budget: ByteBudget): TreeKey[] {
  const keys: TreeKey[] = []
  for (const key of hive.walk(tree, MAX_TREE_KEYS)) {
    if (key === tree) continue
    if (keys.length >= MAX_TASKS) {
      hive.problems.add('too-large', tree.offset, `more than ${MAX_TASKS} keys below Tree`)
      break
    }
    const path = pathBelow(key, tree)
    if (path.length > MAX_PATH_LENGTH) {
      hive.problems.add('too-deep', key.offset, `a task's path has ${path.length} characters`)
    } else keys.push(readTreeKey(hive, key, path, budget))
  }
  return keys
}

function readTreeKey(hive: Problems, key: TreeNode, path: string, budget: ByteBudget): TreeKey {
  const values = new KeyValues(key, budget, hive.problems)
  const hasSecurityDescriptor = values.has('SD')
  const bytes = values.bytes('SD')
  return {
    path: taskPath(path),
    id: values.text('Id'),
    index: values.number('Index'),
    hasSecurityDescriptor,
    securityDescriptor: bytes === null ? null : securityOf(hive, key, bytes),
    lastWritten: key.lastWritten,
    offset: key.offset,
    isFolder: !values.has('Id') && !values.has('Index'),
  }
}

function securityOf(hive: Problems, key: TreeNode, bytes: Buffer): SecurityDescriptor | null {
  try {
    return readSecurityDescriptor(bytes)
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    hive.problems.add(error.code, key.offset, `SD of ${key.name}: ${error.message}`)
    return null
  }
}

function pathBelow(key: TreeNode, tree: TreeNode): string {
  const names: string[] = []
  for (let at: TreeNode | null = key; at !== null && at !== tree; at = at.parent) names.push(at.name)
  return names.reverse().join('\\')
}
