import type { TaskCommand } from './command.ts'
import type { TaskDefinition } from './definition.ts'
import type { FileIdentity } from './file-identity.ts'
import type { PartialDefinition } from './partial-definition.ts'
import type { Sensor } from './sensor.ts'
import type { Instant } from './time.ts'

/** Where a fact was read: enough to find the record again. */
export interface Provenance {
  /** Index of the input in the scan's list of inputs, which is sorted by path. */
  readonly source: number
  readonly channel: string
  readonly eventId: number
  readonly recordId: number
  /** Byte offset of the record in its input, so that two records of one input never compare equal. */
  readonly position: number
}

/** What every fact has. `host` is the name as the record had it, lower case. */
export interface FactHead extends Instant, Provenance {
  readonly host: string
  /** How much more the time is than the record's own, in milliseconds, because the host's clock had been set back before. */
  readonly clockOffset?: number
}

/** Process ids are numbers, GUIDs lower case with braces, logon ids `0x` and lower-case hex without leading zeros. */
interface OfProcess {
  /** 0 where a collector lost it (Sysmon through some exports): then `guid` alone says which process it is. */
  readonly pid: number
  /** Sysmon's ProcessGuid, or a sensor's own id with the sensor's name before it; null where the source has none. */
  readonly guid: string | null
  readonly image: string | null
}

export interface ProcessStarted extends FactHead {
  readonly kind: 'process-started'
  readonly by: '4688' | 'sysmon-1' | Sensor
  /** 0 where a collector lost it: then `guid` alone says which process it is. */
  readonly pid: number
  readonly guid: string | null
  /** 0 where it is not told. */
  readonly parentPid: number
  readonly parentGuid: string | null
  readonly image: string
  readonly originalFileName: string | null
  /** Null when the source does not record command lines. */
  readonly commandLine: string | null
  readonly currentDirectory: string | null
  /** `DOMAIN\name` of the account that the process runs as, as far as the source tells. */
  readonly user: string | null
  readonly userSid: string | null
  readonly logonId: string | null
  /** `Low`, `Medium`, `High`, `System`. */
  readonly integrity: string | null
  readonly parentImage: string | null
  readonly parentCommandLine: string | null
  /** What the command line asks of the Task Scheduler, when it does. */
  readonly command: TaskCommand | null
  /** What else it asks for: `cmd /c schtasks … & schtasks …`. Null where there is nothing else. */
  readonly moreCommands: readonly TaskCommand[] | null
  /** What the source says of the program's file. */
  readonly file: FileIdentity | null
}

export interface ProcessEnded extends FactHead, OfProcess {
  readonly kind: 'process-ended'
  /** Null where the source does not say it. */
  readonly exitCode: number | null
}

/** A change of a task that the Task Scheduler or the audit log vouches for. */
interface TaskChanged extends FactHead {
  readonly task: string
  readonly by: '4698' | '4699' | '4700' | '4701' | '4702' | '106' | '140' | '141' | '142' | Sensor
  readonly definition: TaskDefinition | null
  /** Why the definition could not be read whole; null when it was, or when the event carries none. */
  readonly definitionProblem: string | null
  /** What the task is to run, where the source tells that without a definition. */
  readonly statedAction: string | null
  /** The caller for 4698…4702; for 141 the actor; null for 106, 140 and 142, whose user is not reliably the actor. */
  readonly user: string | null
  readonly userSid: string | null
  readonly logonId: string | null
  /** The process that called the service; 0 for a caller on another host; null where the event does not say. */
  readonly clientPid: number | null
  /** The same process by a sensor's id. */
  readonly clientGuid: string | null
  /** Its program, as a sensor names it. */
  readonly clientImage: string | null
  readonly clientParentPid: number | null
  /** 106, 140, 142: the user that the event names, most often the task's principal. */
  readonly userContext: string | null
  /** The Schedule service's own process id, from the header of its events (0 where that does not say); null for Security events. */
  readonly servicePid: number | null
}
export interface TaskRegistered extends TaskChanged {
  readonly kind: 'task-registered'
}
export interface TaskUpdated extends TaskChanged {
  readonly kind: 'task-updated'
}
export interface TaskDeleted extends TaskChanged {
  readonly kind: 'task-deleted'
}
export interface TaskEnabled extends TaskChanged {
  readonly kind: 'task-enabled'
}
export interface TaskDisabled extends TaskChanged {
  readonly kind: 'task-disabled'
}

/** What the scheduler's own log says of a run. */
interface OfRun extends FactHead {
  readonly task: string
  /** 0 where the event's header does not say. */
  readonly servicePid: number
}
/** TaskScheduler 129: the only event that ties a task to a process id on its own; it knows no arguments. */
export interface TaskProcessCreated extends OfRun {
  readonly kind: 'task-process-created'
  readonly pid: number
  /** The action as written in the task, not a resolved path. */
  readonly action: string
}
/** Why a run began. */
export type StartedBy = 'time' | 'logon' | 'boot' | 'event' | 'idle' | 'registration' | 'session' | 'user' | 'unknown'
export interface TaskTriggered extends OfRun {
  readonly kind: 'task-triggered'
  readonly instance: string | null
  readonly cause: StartedBy
  readonly user: string | null
}
export interface TaskRunStarted extends OfRun {
  readonly kind: 'task-run-started'
  readonly instance: string | null
  readonly user: string | null
}
export interface TaskActionStarted extends OfRun {
  readonly kind: 'task-action-started'
  readonly instance: string | null
  readonly action: string
  /** Equal to the launched process for Exec actions, to taskhostw for COM handlers; null before Windows 10. */
  readonly enginePid: number | null
}
export interface TaskActionCompleted extends OfRun {
  readonly kind: 'task-action-completed'
  readonly instance: string | null
  readonly action: string
  /** `not-started` (203): there never was a process. */
  readonly outcome: 'completed' | 'failed' | 'not-started'
  /** The program's exit code or an HRESULT; null where the event has none. */
  readonly result: number | null
  readonly enginePid: number | null
}
export interface TaskRunEnded extends OfRun {
  readonly kind: 'task-run-ended'
  readonly instance: string | null
  readonly outcome: 'completed' | 'terminated' | 'failed'
  readonly result: number | null
}

export interface LoggedOn extends FactHead {
  readonly kind: 'logged-on'
  /** 2 interactive, 3 network, 4 batch, 5 service, 10 remote interactive, … */
  readonly logonType: number
  readonly logonId: string
  readonly linkedLogonId: string | null
  readonly user: string | null
  readonly userSid: string | null
  readonly address: string | null
  readonly port: number | null
  readonly workstation: string | null
}

/** Security 5140 and 5145 on the IPC$ share (the atsvc pipe). */
export interface ShareAccessed extends FactHead {
  readonly kind: 'share-accessed'
  readonly logonId: string | null
  readonly user: string | null
  readonly userSid: string | null
  readonly address: string | null
  readonly share: string
  readonly target: string | null
}

export interface LogCleared extends FactHead {
  readonly kind: 'log-cleared'
  /** The channel that was cleared. */
  readonly log: string
  readonly user: string | null
  readonly userSid: string | null
  readonly logonId: string | null
}

/** Sysmon 7 of taskschd.dll, with which a process talks to the Task Scheduler, or of a library that nobody has signed. */
export interface ModuleLoaded extends FactHead, OfProcess {
  readonly kind: 'module-loaded'
  readonly module: string
  readonly file: FileIdentity | null
  readonly user: string | null
}

/** Sysmon 11 in a task folder, or of a library. */
export interface FileCreated extends FactHead, OfProcess {
  readonly kind: 'file-created'
  readonly path: string
  readonly file: FileIdentity | null
  /** The task whose file this is; null for a legacy .job file, a library or another file. */
  readonly task: string | null
}

/** Sysmon 6 and 15: what a file is that was loaded as a driver, or that got a stream as downloads do. */
export interface FileIdentified extends FactHead {
  readonly kind: 'file-identified'
  readonly path: string
  readonly file: FileIdentity
}

/** Sysmon 2. */
export interface FileTimeChanged extends FactHead, OfProcess {
  readonly kind: 'file-time-changed'
  readonly path: string
  readonly created: string | null
  readonly previouslyCreated: string | null
}

/**
 * Sysmon 12, 13, 14 on TaskCache, on a user's environment (which changes what a task's action expands to), or on a user's own
 * registration of a COM class (which comes before the machine's, also for a task's handler).
 */
export interface RegistryChanged extends FactHead, OfProcess {
  readonly kind: 'registry-changed'
  readonly action: 'create-key' | 'delete-key' | 'set-value' | 'delete-value' | 'rename'
  readonly target: string
  /** What the target is to us. `tree`: below TaskCache\Tree, `task` then names the task and `value` the value. */
  readonly area: 'tree' | 'tasks' | 'taskcache' | 'environment' | 'class'
  readonly task: string | null
  /** Name of the value, lower case; null for a key. Of a class its id, `{…}`. */
  readonly value: string | null
  /** What was written; Sysmon shows binary values only as "Binary Data". */
  readonly details: string | null
  readonly user: string | null
}

/** Sysmon 17 and 18 on the atsvc pipe. */
export interface PipeUsed extends FactHead, OfProcess {
  readonly kind: 'pipe-used'
  readonly action: 'created' | 'connected'
  readonly pipe: string
  readonly user: string | null
}

/** Sysmon 3. */
export interface NetworkConnected extends FactHead, OfProcess {
  readonly kind: 'network-connected'
  readonly user: string | null
  readonly initiated: boolean
  readonly sourceAddress: string
  readonly sourcePort: number
  readonly destinationAddress: string
  readonly destinationPort: number
  readonly destinationHost: string | null
}

/** GroupPolicy 4016 to 7016 of the extension that makes scheduled tasks. */
export interface PolicyApplied extends FactHead {
  readonly kind: 'policy-applied'
  readonly phase: 'begun' | 'ended'
  /** The policy client. */
  readonly pid: number
  /** Whose policy it is, from the event's header: SYSTEM for the computer's own. */
  readonly userSid: string | null
}

/** Security 4616 and Kernel-General 1: the host's clock was moved by seconds or more. In milliseconds. */
export interface ClockChanged extends FactHead {
  readonly kind: 'clock-changed'
  readonly from: number
  readonly to: number
  readonly user: string | null
}

/**
 * Security 4719, 1100, 1101, 1104, Sysmon 4, 16 and 255, and a log's switch in the registry: records began or ceased to be written.
 * `stopped`: the service that writes them, as it also does when the host is shut down; `lost`: some were dropped;
 * `reconfigured`: what is written may be another thing from then on.
 */
export interface TelemetrySwitched extends FactHead {
  readonly kind: 'telemetry-switched'
  /** The channel that it is about. */
  readonly log: string
  /** The GUID of the audit policy's part that it is about, lower case with braces; null: all of the log. */
  readonly subcategory: string | null
  readonly turns: 'off' | 'on' | 'stopped' | 'lost' | 'reconfigured'
  readonly user: string | null
}

/** PowerShell 4103 and 4104 that speak of scheduled tasks. */
export interface ScriptRan extends FactHead {
  readonly kind: 'script-ran'
  readonly by: '4103' | '4104'
  /** The PowerShell process, from the event's header. */
  readonly pid: number
  readonly userSid: string | null
  readonly scriptBlockId: string | null
  /** From 1; 0 for the whole script, joined from all its parts. Then the record is that of the last part. */
  readonly part: number
  readonly parts: number
  readonly text: string
  readonly file: string | null
  readonly command: TaskCommand | null
  /** What else it asks for; null where there is nothing else. */
  readonly moreCommands: readonly TaskCommand[] | null
  /** Parts of a task that it makes and does not register (`New-ScheduledTaskAction`); another script of the process may. */
  readonly made: PartialDefinition | null
}

export type Fact =
  | ProcessStarted
  | ProcessEnded
  | TaskRegistered
  | TaskUpdated
  | TaskDeleted
  | TaskEnabled
  | TaskDisabled
  | TaskProcessCreated
  | TaskTriggered
  | TaskRunStarted
  | TaskActionStarted
  | TaskActionCompleted
  | TaskRunEnded
  | LoggedOn
  | ShareAccessed
  | LogCleared
  | ModuleLoaded
  | FileCreated
  | FileIdentified
  | FileTimeChanged
  | RegistryChanged
  | PipeUsed
  | NetworkConnected
  | PolicyApplied
  | ClockChanged
  | TelemetrySwitched
  | ScriptRan

export type FactKind = Fact['kind']
export type FactOf<K extends FactKind> = Extract<Fact, { kind: K }>
