import { differences } from '../../model/canonical/index.ts'
import type { TaskDefinition } from '../../model/definition.ts'

/** What makes one definition another than the one before. */
interface Compared {
  /** The parts that differ, by the schema's names. */
  readonly changed: readonly string[]
  readonly differences: readonly string[]
}

/** A live host is looked at again and again, and its definitions stay what they are. */
const known = new WeakMap<TaskDefinition, { readonly after: TaskDefinition; readonly told: Compared }>()

export function compared(before: TaskDefinition, after: TaskDefinition): Compared {
  const earlier = known.get(before)
  if (earlier?.after === after) return earlier.told
  const parts = ['actions', 'triggers', 'principals', 'settings', 'registrationInfo'] as const
  const changed = parts.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
  const told = { changed, differences: differences(before, after) }
  known.set(before, { after, told })
  return told
}
