import type { LabRegistryValue } from './lab-key.ts'
import { regBytes, regNumber, regText } from './lab-key.ts'
import { securityDescriptor } from './security-descriptor.ts'
import type { LabCachedTask } from './task-cache.ts'

/**
 * Tasks as they are after known ways of hiding and forging. What the tools write is described in public write-ups of Tarrask
 * and in the source of GhostTask; the ways themselves in ATT&CK T1564 and T1053.005.
 */

/** Tarrask: the value SD is deleted, so that no query shows the task. */
export function withoutSd(task: LabCachedTask): LabCachedTask {
  return { ...task, tree: without(task.tree, ['SD']) }
}

/** The value SD lets nobody but SYSTEM in. */
export function hiddenBySd(task: LabCachedTask): LabCachedTask {
  const sd = securityDescriptor('S-1-5-18', [{ type: 'allow', sid: 'S-1-5-18', mask: 0x1f01ff }])
  return { ...task, tree: replaced(task.tree, regBytes('SD', sd)) }
}

/** Index 0: the service runs the task and lists it nowhere. */
export function withIndexZero(task: LabCachedTask): LabCachedTask {
  return { ...task, tree: replaced(task.tree, regNumber('Index', 0)) }
}

/** As GhostTask writes it: no Hash, no Schema, always Plain with Index 3. (It also writes no file.) */
export function ghostTask(task: LabCachedTask): LabCachedTask {
  const tree = replaced(task.tree, regNumber('Index', 3))
  return { ...task, tree, task: without(task.task, ['Hash', 'Schema']), groups: ['Plain'] }
}

/** Only the key below Tasks is left: the service runs it until it starts anew. */
export function withoutTree(task: LabCachedTask): LabCachedTask {
  return { ...task, tree: null }
}

/** Tree leads to a GUID that is not there. */
export function withoutTask(task: LabCachedTask): LabCachedTask {
  return { ...task, task: null }
}

/** The task's own key names another path than Tree. */
export function withOtherPath(task: LabCachedTask, path: string): LabCachedTask {
  return { ...task, task: replaced(task.task, regText('Path', path)) }
}

function without(values: readonly LabRegistryValue[] | null, names: readonly string[]): LabRegistryValue[] {
  return (values ?? []).filter(({ name }) => !names.includes(name))
}

function replaced(values: readonly LabRegistryValue[] | null, value: LabRegistryValue): LabRegistryValue[] {
  return [...without(values, [value.name]), value]
}
