import type { Agenda } from '../host/agenda.ts'
import type { BootServices, Host, Process, Session, User } from '../host/host.ts'
import type { TaskService } from '../host/task-service.ts'

/** A user at work: an interactive session and its shell. */
export interface Desk {
  readonly user: User
  readonly session: Session
  readonly explorer: Process
}

/** A host of the fleet as a story sees it that happens there. */
export interface Stage {
  readonly host: Host
  readonly tasks: TaskService
  readonly agenda: Agenda
  readonly services: BootServices
  /** Who is logged on at this moment, the latest last; empty on a server or at night. */
  readonly desks: readonly Desk[]
}
