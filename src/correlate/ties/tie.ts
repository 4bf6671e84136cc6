import type { TiedBy } from '../../model/chain.ts'
import type { HostState } from '../memory/host-state.ts'
import type { ProcessNode, RunDraft } from '../nodes.ts'
import type { SchedulerRole } from '../processes/schedule-service.ts'
import type { TaskState } from '../tasks/task-state.ts'

/** What a process is to a run. */
export type Tie =
  /** It belongs to a run that is known. */
  | {
      readonly kind: 'member'
      readonly run: RunDraft
      /** 0 where the scheduler itself started it. */
      readonly depth: number
      readonly tiedBy: TiedBy
      /** Whether its parent is the scheduler's own process, by this tie alone. */
      readonly showsService: boolean
    }
  /** The scheduler started it for this task; null where the task is not known. */
  | {
      readonly kind: 'root'
      /** The process itself, or one before it that only now is known for what it is. */
      readonly root: ProcessNode
      readonly task: TaskState | null
      readonly tiedBy: TiedBy
      readonly showsService: boolean
    }

/** One way in which a new process is known to belong to a run; nothing where it does not apply. */
export type Rule = (host: HostState, node: ProcessNode) => Tie | undefined

/** The same for a child of the scheduler, or of what may be the scheduler. */
export type ChildRule = (host: HostState, node: ProcessNode, role: SchedulerRole) => Tie | undefined
