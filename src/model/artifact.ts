import type { Action, TaskDefinition } from './definition.ts'
import type { Instant } from './time.ts'

// State that a host keeps of its tasks, as opposed to events: each as a decoder read it.

/** A task's XML file below System32\Tasks. */
export interface FiledTask {
  /** Index of the input. */
  readonly source: number
  /** From the file's place below the task folder, else from its URI. */
  readonly path: string
  readonly definition: TaskDefinition | null
  /** Why the definition could not be read whole. */
  readonly problem: string | null
  /** SHA-256 of the file without its byte order mark: said to be what TaskCache keeps as Hash. */
  readonly sha256: string
}

/** A task as TaskCache in the SOFTWARE hive has it. */
export interface CachedTask {
  readonly source: number
  /** `{GUID}`. */
  readonly id: string | null
  readonly path: string
  readonly author: string | null
  readonly uri: string | null
  /** Hexadecimal. */
  readonly hash: string | null
  /** Null when the value is not understood or not there. */
  readonly actions: readonly Action[] | null
  /** As far as the registry keeps it: some settings are in the task's file alone. Null when it is not all understood. */
  readonly definition: TaskDefinition | null
  readonly runsAs: string | null
  readonly isEnabled: boolean | null
  readonly isHidden: boolean | null
  /** From DynamicInfo; a tool that writes the registry itself can put anything here. */
  readonly registered: Instant | null
  readonly lastRun: Instant | null
  readonly lastResult: number | null
  readonly inTree: boolean
  readonly inTasks: boolean
  /** Null when the task is not in Tree. */
  readonly hasSecurityDescriptor: boolean | null
  /** The security descriptor shows the task to nobody but SYSTEM. */
  readonly isHiddenFromEveryone: boolean
  readonly index: number | null
  /** Where Tree and Tasks do not fit together, one plain sentence each. */
  readonly doubts: readonly string[]
  /** What it lacks or holds otherwise than on the hosts that were looked at; nobody has verified that Windows never writes it so. */
  readonly oddities: readonly string[]
  readonly lastWritten: Instant | null
}

/** A legacy .job file in the Windows\Tasks folder. */
export interface JobTask {
  readonly source: number
  readonly path: string
  readonly definition: TaskDefinition
  /** Local time, ISO 8601 without a zone. */
  readonly lastRun: string | null
  /** The exit code of the last run; null where it never ran. */
  readonly lastResult: number | null
  readonly problem: string | null
}

/** An event log's file without even the header that Windows writes into an empty log, or whose header counts records that are not there. */
export interface WipedLog {
  readonly source: number
  /** As its file is named: `Security`. */
  readonly log: string
  readonly holds: 'nothing' | 'zeros' | 'header'
}

/** A task as a tool listed it on the running host (schtasks /query, Get-ScheduledTask, Autoruns, osquery, …) or exported it: what it says, and no more. */
export interface ListedTask {
  readonly source: number
  readonly path: string
  /** Where the tool tells all of it. */
  readonly definition: TaskDefinition | null
  /** Why the definition could not be read whole. */
  readonly problem: string | null
  /** Null where the tool does not tell them. */
  readonly actions: readonly Action[] | null
  readonly author: string | null
  readonly runsAs: string | null
  readonly isEnabled: boolean | null
  readonly isHidden: boolean | null
  readonly lastRun: Instant | null
  /** Local time, ISO 8601 without a zone, where the tool writes no other. */
  readonly lastRunLocal: string | null
  readonly lastResult: number | null
}

/** What `auditpol` says of the successes of one subcategory. */
export interface AuditSetting {
  /** Its GUID in braces, lower case. */
  readonly subcategory: string
  readonly isOn: boolean
}

/** What `wevtutil gl` says of one log. */
export interface LogSetting {
  readonly channel: string
  readonly isOn: boolean
  readonly maxBytes: number | null
}

/** What the host was set to record when it was collected. */
export interface CollectedSettings {
  readonly audit: readonly AuditSetting[]
  readonly logs: readonly LogSetting[]
}

/** What was collected of one host besides its logs. Null: that kind was not among the evidence. */
export interface HostArtifacts {
  readonly files: readonly FiledTask[] | null
  readonly cache: readonly CachedTask[] | null
  readonly jobs: readonly JobTask[] | null
  readonly wipedLogs: readonly WipedLog[] | null
  readonly listed: readonly ListedTask[] | null
  readonly settings: CollectedSettings | null
}

export const nothingCollected: HostArtifacts = {
  files: null,
  cache: null,
  jobs: null,
  wipedLogs: null,
  listed: null,
  settings: null,
}

/** What two collections of one host hold. */
export const joinedArtifacts = (a: HostArtifacts, b: HostArtifacts): HostArtifacts => ({
  files: both(a.files, b.files),
  cache: both(a.cache, b.cache),
  jobs: both(a.jobs, b.jobs),
  wipedLogs: both(a.wipedLogs, b.wipedLogs),
  listed: both(a.listed, b.listed),
  settings: a.settings && b.settings ? joinedSettings(a.settings, b.settings) : (a.settings ?? b.settings),
})

export const joinedSettings = (a: CollectedSettings, b: CollectedSettings): CollectedSettings => ({
  audit: [...a.audit, ...b.audit],
  logs: [...a.logs, ...b.logs],
})

const both = <T>(a: readonly T[] | null, b: readonly T[] | null): readonly T[] | null =>
  a && b ? [...a, ...b] : (a ?? b)
