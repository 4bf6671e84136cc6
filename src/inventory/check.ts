import type { HostArtifacts } from '../model/artifact.ts'
import type { Contradiction } from '../model/chain.ts'
import type { LoggedTask } from '../model/logged-task.ts'
import type { TaskSides } from './merge.ts'

/** What was collected of the host, and what its logs could have shown. */
export interface HostContext {
  readonly artifacts: HostArtifacts
  readonly logged: readonly LoggedTask[]
  /** From when to when the audit log is known to have recorded task events (4698–4702), in milliseconds; null when never. */
  readonly audited: { readonly first: number; readonly last: number } | null
}

/** One way in which the sources of a task can contradict each other, or in which it is hidden. */
export interface Check {
  readonly id: Contradiction['id']
  /** Undefined when all is well, or when what the check needs was not collected. */
  find(sides: TaskSides, context: HostContext): Contradiction | undefined
}
