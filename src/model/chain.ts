import type { TaskCommand } from './command.ts'
import type { TaskDefinition } from './definition.ts'
import type { StartedBy } from './fact.ts'
import type { FileIdentity } from './file-identity.ts'
import type { Instant } from './time.ts'
import type { Written } from './written.ts'

/** A record that shows something, as it is named in a finding. */
export interface Evidence extends Instant {
  /** Index of the input in the scan's list of inputs. */
  readonly source: number
  readonly channel: string
  readonly eventId: number
  readonly recordId: number
  /** Further inputs that hold the very same record. */
  readonly alsoIn: readonly number[]
  /** It came when later records had been read already, as only a live source's can. */
  readonly isLate?: true
  /** For state instead of a record: what it is. It has no channel, event id or record id, and a time only where it keeps one. */
  readonly artifact?: 'task-file' | 'registry' | 'job-file' | 'event-log' | 'listing'
}

export type Route =
  | 'schtasks'
  | 'at'
  | 'powershell'
  | 'com'
  | 'wmi'
  | 'remote-rpc'
  | 'task-file'
  | 'registry'
  | 'group-policy'
  | 'unknown'

/** A process as far as the telemetry knows it. */
export interface ProcessSummary {
  readonly pid: number
  readonly image: string | null
  readonly commandLine: string | null
}

export interface ActorProcess extends ProcessSummary {
  /** Parents from the nearest to the furthest that is known. */
  readonly ancestry: readonly ProcessSummary[]
}

/** Who did something: user, session, process and where from. */
export interface Actor {
  /** `DOMAIN\name`. */
  readonly user: string | null
  readonly sid: string | null
  readonly logonId: string | null
  readonly process: ActorProcess | null
  readonly remote: { readonly address: string | null; readonly host: string | null } | null
}

export type ChangeKind = 'created' | 'modified' | 'deleted' | 'enabled' | 'disabled' | 'tampered'

/** How sure the attribution to a process (or, for a remote caller, to an address) is. */
export type Confidence = 'certain' | 'strong' | 'weak' | 'none'

export interface LaterChange extends Instant {
  readonly kind: ChangeKind
  readonly actor: Actor
}

export interface Change extends Instant {
  readonly kind: ChangeKind
  /** `attempted`: only the command was seen, nothing shows that it succeeded. */
  readonly outcome: 'confirmed' | 'attempted'
  /** The other host that an attempted change was commanded on, as the command names it; null for this host. */
  readonly target: string | null
  /** The account that the command uses there, where it names one. */
  readonly connectAs: string | null
  readonly route: Route
  readonly actor: Actor
  readonly confidence: Confidence
  /** One sentence: what ties the change to its actor. */
  readonly because: string
  /** For a tampering: all that was written, in the order of the records. */
  readonly written: readonly Written[]
  /** What the command line or script that goes with the change asks for; null where none does. */
  readonly command: TaskCommand | null
  /** The change was made by a process that a run of this very task had started: a task that keeps itself up to date. */
  readonly byOwnRun: boolean
  /** For a modification: the definition before it, where it was seen. */
  readonly before: TaskDefinition | null
  /** For a modification: which parts differ from `before`. */
  readonly changed: readonly string[]
  /** The same as plain statements: `now hidden`, `action: a.exe → b.exe`. */
  readonly differences: readonly string[]
  readonly laterChanges: readonly LaterChange[]
}

/** What ties a process to a run. */
export type TiedBy =
  /** The scheduler's log names the process id. */
  | 'pid'
  /** Started by the scheduler with the very command line of the task's action. */
  | 'command-line'
  /** Started by the scheduler in the moment in which its log has a run of this task, and the program that it runs. */
  | 'run-log'
  /** Started by the scheduler just after somebody asked it to run this task. */
  | 'run-request'
  /** Began in the moment of the registration with the program of the action, and itself started what the action names. */
  | 'registration'
  /** Started by the scheduler; which task is not known. */
  | 'lineage'
  /** Child of a process of the run. */
  | 'parent'

export interface RunProcess extends Instant {
  readonly pid: number
  readonly parentPid: number | null
  readonly image: string | null
  readonly commandLine: string | null
  readonly user: string | null
  readonly integrity: string | null
  /** What the logs say of its program's file. */
  readonly file: FileIdentity | null
  /** The name that its program's file was built with, which a copy under another name keeps. */
  readonly originalFileName: string | null
  /** The first connection that it opened to an address of another network. */
  readonly outside: Connection | null
  /** 0 for a process that the scheduler started, 1 for its children, … */
  readonly depth: number
  readonly tiedBy: TiedBy
  /** Which events show the process, e.g. `4688+sysmon-1`; `129` alone knows no command line. */
  readonly source: string
}

/** Where a process connected to. */
export interface Connection {
  readonly address: string
  readonly port: number
  readonly host: string | null
}

export interface Run extends Instant {
  readonly instance: string | null
  readonly startedBy: StartedBy
  /** Who asked for the run by hand. */
  readonly requestedBy: Actor | null
  readonly processes: readonly RunProcess[]
  readonly result: number | null
  readonly outcome: 'completed' | 'terminated' | 'failed' | null
}

/** A file that a task is to start or to open, and what the logs say of it. */
export interface PayloadFile {
  /** As the definition or a command writes it. */
  readonly path: string
  readonly file: FileIdentity | null
}

export interface RunSummary {
  readonly count: number
  readonly first: Instant
  readonly last: Instant
}

/** How often the same happened in all, and when for the last time. */
export interface Repeated {
  readonly count: number
  readonly last: Instant
}

/** What a piece of telemetry showed near a chain that is not itself a step of it. */
export interface Circumstance extends Instant {
  readonly kind:
    | 'environment-changed'
    | 'handler-changed'
    /** A run of one of Windows' own tasks loaded a library that nobody has signed: its time is when it was written, where that was seen. */
    | 'module-planted'
    | 'timestamp-changed'
    | 'log-cleared'
  /** The registry value with what was written, the file, the library and who loaded it, or the log. */
  readonly what: string
  readonly actor: Actor
  /** Absent: once. */
  readonly repeated?: Repeated
}

/** Something that two sources contradict each other about, or that no source should say, with one plain sentence. */
export type Contradiction = { readonly says: string } & ContradictionKind

type ContradictionKind =
  | {
      readonly id:
        | 'actions-differ'
        | 'asked-otherwise'
        | 'hash-differs'
        | 'index-zero'
        | 'no-file'
        | 'no-registry'
        | 'pretends'
        | 'registry-oddities'
        | 'unaudited-creation'
        | 'unknown-class'
        | 'uri-differs'
    }
  /** The security descriptor is not there, or it lets nobody but SYSTEM read. */
  | { readonly id: 'hidden-by-descriptor'; readonly descriptor: 'missing' | 'denies' }
  /** Whether the task is under both of the keys that must name each other. */
  | { readonly id: 'registry-doubts'; readonly isUnderBoth: boolean }

/** What is found on a host and weighed: the unit of detection and triage. */
export type Chain = TaskChain | ClearedLog

interface AnyChain {
  /** Stable for the life of the case: it hangs on the task, and on kind and time of the best witness of its change. */
  readonly id: string
  /** What the id is where the better witnesses are missing, as before they were collected. */
  readonly formerIds: readonly string[]
  readonly host: string
  readonly blindSpots: readonly string[]
  readonly evidence: readonly Evidence[]
  /** When it began: of the change, else of the first run. */
  readonly at: Instant
}

/**
 * A change of a task and the runs that followed it. Without a change: a task that ran or that is there although nobody was seen
 * changing it, or (task path null) a process of the scheduler whose task is not known.
 */
export interface TaskChain extends AnyChain {
  readonly kind: 'chain' | 'tampering' | 'hidden-task' | 'reconciliation'
  readonly taskPath: string | null
  /** For a deletion or a switch: the id of the chain in whose story it stands as a later change. */
  readonly partOf: string | null
  readonly definition: TaskDefinition | null
  /** Hash of the definition's canonical form; null without a definition that was read whole. Made by the engine. */
  readonly definitionHash: string | null
  /** Why the definition could not be read whole. */
  readonly definitionProblem: string | null
  /** The action as a command line where only a command or the registry names it, or the registry another than the file; else null. */
  readonly statedAction: string | null
  /** Who the task runs as where only a command said so, else null. */
  readonly statedRunAs: string | null
  /** The files that it is to start, or that these are to open. */
  readonly payload: readonly PayloadFile[]
  readonly change: Change | null
  readonly runs: readonly Run[]
  readonly runSummary: RunSummary | null
  readonly circumstances: readonly Circumstance[]
  /** Where artifacts and logs contradict each other about the task, or hide it. */
  readonly contradictions: readonly Contradiction[]
}

/** A log that was cleared or whose file holds nothing; the tasks that were changed next to it name it among their circumstances. */
export interface ClearedLog extends AnyChain {
  readonly kind: 'log-cleared'
  readonly log: string
  /**
   * `cleared`: a record says so. Else the log's file is empty, or nothing but zeros, or its header counts records of which none is
   * there: nothing says when, and its time is 0.
   */
  readonly how: 'cleared' | 'emptied' | 'zeroed' | 'without-records'
  /** Null: nothing says who. */
  readonly by: Actor | null
  /** Absent: once. */
  readonly repeated?: Repeated
}
