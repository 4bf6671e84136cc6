import type { Actor, Route } from './chain.ts'
import type { TaskDefinition } from './definition.ts'
import type { Instant } from './time.ts'

/** One task as the logs of a host know it, over all its changes and runs. */
export interface LoggedTask {
  readonly path: string
  /** The newest definition that a log carried. */
  readonly definition: TaskDefinition | null
  readonly firstSeen: Instant
  readonly lastSeen: Instant
  readonly lastRun: Instant | null
  readonly lastResult: number | null
  /** The newest creation, where one was seen. */
  readonly created: (Instant & { readonly route: Route; readonly actor: Actor }) | null
  /** Its last change was a deletion. */
  readonly isDeleted: boolean
  /** The task was created (4698), and not merely changed, in the sight of the audit log. */
  readonly isAudited: boolean
  /** When the audit log saw it updated (4702), in milliseconds; the newest ones. */
  readonly auditedUpdates: readonly number[]
}
