import type { Instant } from '../../model/time.ts'
import type { ProblemList } from './problem-list.ts'

/** A value of a key, out of a hive or an export of one. */
export interface TreeValue {
  readonly name: string
  readonly type: number
  readonly typeName: string | undefined
  readonly size: number
  readonly offset: number
  data(): Buffer
  text(): string | undefined
  number(): number | undefined
}

/** A key with what lies below it, out of a hive or an export of one. */
export interface TreeNode {
  readonly name: string
  readonly parent: TreeNode | null
  /** Null: an export does not say. */
  readonly lastWritten: Instant | null
  readonly offset: number
  subkey(name: string): TreeNode | undefined
  subkeys(): Iterable<TreeNode>
  values(): Iterable<TreeValue>
}

/** A registry that can be read: what is read of a hive can be read of an export, too. */
export interface RegistryTree<Node extends TreeNode = TreeNode> {
  readonly problems: ProblemList
  /** Bytes of it. */
  readonly size: number
  key(path: string): Node | undefined
  /** The key and all keys below it, parents first. */
  walk(from: NoInfer<Node>, most: number): Iterable<Node>
}
