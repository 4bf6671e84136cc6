import { counted } from '../../model/counted.ts'
import { taskPath } from '../../model/task-path.ts'
import type { Instant } from '../../model/time.ts'
import type { RegistryTree, TreeNode } from '../registry/registry-tree.ts'
import { type CachedActions, readActions } from './actions.ts'
import { type DynamicInfoReading, readDynamicInfo } from './dynamic-info.ts'
import { type ByteBudget, KeyValues } from './key-values.ts'
import { type CachedTriggers, readTriggers } from './triggers/triggers.ts'
import type { Unread } from './unread.ts'

/** A key below TaskCache\Tasks: what the service runs. A value that is not there is null. */
export interface TaskKey {
  /** `{GUID}`, the key's name. */
  readonly id: string
  readonly path: string | null
  readonly uri: string | null
  readonly author: string | null
  readonly date: string | null
  readonly description: string | null
  readonly documentation: string | null
  readonly source: string | null
  readonly version: string | null
  /** SDDL, from the task's definition. */
  readonly securityDescriptor: string | null
  readonly data: string | null
  /** Of the task schema: `1.2`. */
  readonly schema: string | null
  /** Of the task's file, said to be without its byte order mark: 64 hexadecimal digits SHA-256, 8 CRC-32. */
  readonly hash: string | null
  readonly actions: CachedActions | null
  readonly triggers: CachedTriggers | null
  readonly dynamicInfo: DynamicInfoReading | null
  /** Names of values that are not known here. */
  readonly otherValues: readonly string[]
  readonly lastWritten: Instant | null
  /** Offset of the key in the hive. */
  readonly offset: number
}

export function readTaskKey(hive: Pick<RegistryTree, 'problems'>, key: TreeNode, budget: ByteBudget): TaskKey {
  const values = new KeyValues(key, budget, hive.problems)
  const path = values.text('Path')
  const schema = values.number('Schema')
  const actions = values.bytes('Actions')
  const triggers = values.bytes('Triggers')
  const dynamicInfo = values.bytes('DynamicInfo')
  const task = {
    id: key.name,
    path: path === null ? null : taskPath(path),
    uri: values.text('URI'),
    author: values.text('Author'),
    date: values.text('Date'),
    description: values.text('Description'),
    documentation: values.text('Documentation'),
    source: values.text('Source'),
    version: values.text('Version'),
    securityDescriptor: values.text('SecurityDescriptor'),
    data: values.text('Data'),
    schema: schema === null ? null : `${schema >>> 16}.${schema & 0xffff}`,
    hash: values.bytes('Hash')?.toString('hex', 0, 32) ?? null,
    actions: actions === null ? null : readActions(actions),
    triggers: triggers === null ? null : readTriggers(triggers),
    dynamicInfo: dynamicInfo === null ? null : readDynamicInfo(dynamicInfo),
    otherValues: values.others(),
    lastWritten: key.lastWritten,
    offset: key.offset,
  }
  const tell = (name: string, unread: Unread | null | undefined) => {
    if (!unread) return
    const reason = `${name} of ${path ?? key.name}: ${unread.reason}; ${counted(unread.size, 'byte is kept as it is', 'bytes are kept as they are')}`
    hive.problems.add('unknown-layout', key.offset, reason)
  }
  tell('Actions', task.actions?.unread)
  tell('Triggers', task.triggers?.unread)
  tell('DynamicInfo', task.dynamicInfo?.unread)
  return task
}
