import type { Actor, Connection, Evidence, Run, TiedBy } from '../model/chain.ts'
import type { TaskCommand } from '../model/command.ts'
import type { ProcessStarted, StartedBy } from '../model/fact.ts'
import type { FileIdentity } from '../model/file-identity.ts'
import type { Instant } from '../model/time.ts'

// A process knows its run and a run its processes: the two are described in one place.

/** One process of the host from its start until it is forgotten; filled up when a second log shows the same start. */
export interface ProcessNode {
  /** 0 as long as only a log has shown it whose collector lost the id. */
  pid: number
  guid: string | null
  /** What other sources call it. */
  readonly otherGuids: string[]
  parentPid: number
  parent: ProcessNode | null
  /** How many of its ancestors are remembered at most. */
  generation: number
  parentImage: string | null
  parentCommandLine: string | null
  readonly image: string
  originalFileName: string | null
  commandLine: string | null
  user: string | null
  sid: string | null
  logonId: string | null
  integrity: string | null
  command: TaskCommand | null
  /** What the logs say of its program's file. */
  file: FileIdentity | null
  readonly start: Instant
  ended: Instant | null
  exitCode: number | null
  /** The logs that show the start. */
  readonly sources: ProcessStarted['by'][]
  readonly evidence: Evidence[]
  /** When it loaded taskschd.dll, and the record that shows it. */
  taskClient: Evidence | null
  /** Libraries that nobody has signed and that it loaded, the first ones; null for none. */
  unsigned: UnsignedModule[] | null
  /** The first connection that it opened to an address of another network. */
  outside: { readonly connection: Connection; readonly evidence: Evidence } | null
  /** The run of a task that it belongs to. */
  run: RunDraft | null
}

export interface UnsignedModule {
  readonly path: string
  readonly at: Instant
  readonly evidence: Evidence
}

/** A process of a run: seen in a process log, or (node null) known from the scheduler's log alone. */
export interface RunMember {
  node: ProcessNode | null
  pid: number
  /** What the scheduler calls the action it started. */
  readonly action: string | null
  readonly at: Instant
  readonly depth: number
  tiedBy: TiedBy
  /** The scheduler's own records of this process: 129, 200. */
  readonly named: Set<string>
}

/** One execution of a task while its facts come in. */
export interface RunDraft {
  /** Path of its task; null for a process of the scheduler whose task is not known. */
  readonly task: string | null
  start: Instant
  instance: string | null
  startedBy: StartedBy
  requestedBy: ActorSource | null
  readonly members: RunMember[]
  /** Members beyond the limit. */
  unlisted: number
  result: number | null
  outcome: Run['outcome']
  ended: Instant | null
  readonly evidence: Evidence[]
}

/** What is known of somebody who did something, before it is written down. */
export interface ActorSource {
  readonly user: string | null
  readonly sid: string | null
  readonly logonId: string | null
  /** The process as the table knows it, or what one record said of a process that the table does not know. */
  readonly node: ProcessNode | null
  readonly stated: { readonly pid: number; readonly image: string | null } | null
  readonly remote: Actor['remote']
}
