import type { Provenance } from './fact.ts'
import type { Instant } from './time.ts'

// What the telemetry at hand could have shown of scheduled tasks: per host and capability, since when, and with which holes.

/** What can be shown of a scheduled task, from the change to what ran, as a table has it. */
export const capabilities = {
  'task-registration': 'tasks registered, with content',
  'task-modification': 'tasks modified, with content',
  'task-deletion': 'tasks deleted',
  'task-switching': 'tasks enabled, disabled',
  'client-process': 'process that asked for it',
  'scheduling-command': 'schtasks and at commands',
  'script-block': 'scripts (PowerShell 4104)',
  'com-client': 'COM clients (taskschd.dll)',
  'network-logon': 'network logons',
  'pipe-access': 'atsvc pipe opened',
  'registry-write': 'TaskCache written',
  'task-file': 'task files written',
  'run-start': 'runs start, with pid (129)',
  'run-action': 'run actions, ends (200, 201)',
  'process-creation': 'processes created',
  'command-line': 'command lines',
  'parent-name': 'names of parents',
  'process-end': 'processes ended',
  'logon-session': 'logon sessions',
  'kept-file': 'task files, as they are now',
  'kept-registry': 'TaskCache, as it is now',
} as const

export type CapabilityId = keyof typeof capabilities
export const capabilityIds = Object.keys(capabilities) as CapabilityId[]

/**
 * `seen`: a record proves it; `partial`: proved, and something is missing; `absent`: its log is there, what it would show has
 * happened, and it shows none; `no-channel`: the log that would show it is not there; `unknown`: its log is there, and nothing has to have
 * happened that it would show.
 */
export type CapabilityState = 'seen' | 'partial' | 'absent' | 'no-channel' | 'unknown'

/** Where a capability's records come from. `kept`: collected files, not events. */
export type Telemetry = 'security' | 'scheduler' | 'sysmon' | 'powershell' | 'sensor' | 'kept'

/** What was seen at the end of the input of the way from a change to what ran, the best first. */
export const grades = {
  'full-chain': 'full chain',
  unlinked: 'change and run without link',
  'change-only': 'change only',
  'run-only': 'run only',
  blind: 'blind',
} as const
export type Grade = keyof typeof grades
export const gradeNames = Object.keys(grades) as Grade[]

/** What puts a capability right. */
export const mends = [
  ...(['audit-task-changes', 'audit-process-creation', 'audit-process-termination', 'command-line-policy'] as const),
  ...(['audit-logon', 'audit-file-share', 'scheduler-log', 'script-block-logging', 'log-size'] as const),
  ...([
    'sysmon-process',
    'sysmon-image-load',
    'sysmon-registry',
    'sysmon-file',
    'sysmon-pipe',
    'sysmon-service',
  ] as const),
  ...(['eventlog-service', 'host-forwarding', 'collect-task-files', 'collect-hive'] as const),
] as const
export type MendId = (typeof mends)[number]

/** A record that proves a statement. */
export type Proof = Instant & Provenance

export type GapKind =
  /** Nothing of this came while the host's other telemetry went on. */
  | 'silent'
  /** Nothing of the whole log came while the host's other logs went on. */
  | 'log-silent'
  /** A record says that it was switched off. */
  | 'switched-off'
  /** It ceased, or did not come before, when what writes it was given another configuration. */
  | 'reconfigured'
  /** The log was cleared: what it held is gone. */
  | 'log-cleared'
  /** Older records were overwritten. */
  | 'rolled-over'
  /** Record ids are missing. */
  | 'ids-missing'

/** A stretch of time in which something could not be seen. Times are the host's own, in milliseconds. */
export interface Gap {
  readonly kind: GapKind
  /** Null: from before the first record. */
  readonly from: number | null
  /** Null: until the end of the input. */
  readonly to: number | null
  readonly telemetry: Telemetry | null
  /** Records that were lost, where that can be counted; else as many as would have been expected. */
  readonly records: number | null
  /** The record that says so. */
  readonly proof: Proof | null
}

/** One source of a capability on one host. */
export interface SourceOfCapability {
  readonly telemetry: Telemetry
  readonly count: number
  readonly first: Proof
  readonly last: number
  /** How many lack what the capability asks for: a command line, a content. */
  readonly lacking: number
}

export interface CapabilityCoverage {
  readonly state: CapabilityState
  /** The first record that shows it; null where none does. */
  readonly proof: Proof | null
  /** What is missing of it, one plain sentence each. */
  readonly missing: readonly string[]
  readonly sources: readonly SourceOfCapability[]
  /** By time. */
  readonly gaps: readonly Gap[]
  /** How many records of it there would have been in this span, where it is not seen and that can be told. */
  readonly expected: number | null
  /** What would make it seen, the least effort first; none where nothing is missing. */
  readonly mend: readonly MendId[]
}

/** Two sources of one thing, where both were on. */
export interface SourceComparison {
  readonly what: 'process' | 'task-change' | 'run'
  readonly sources: readonly [Telemetry, Telemetry]
  /** What the first saw, what the second saw, and what both did. */
  readonly first: number
  readonly second: number
  readonly both: number
}

/** How long records were under way to where they were collected: times within which so many came, in milliseconds. */
export interface ArrivalDelay {
  /** Of how many it is known. */
  readonly records: number
  readonly median: number
  readonly p95: number
}

/** A log of a host, as far as the input holds it. */
export interface ChannelCoverage {
  readonly channel: string
  readonly records: number
  /** False: only records that are of use were counted, because others were not read. */
  readonly isWhole: boolean
  /** Its record ids have holes everywhere: an export of a part of the log. */
  readonly isPart: boolean
  readonly first: number
  readonly last: number
  readonly bytesPerDay: number | null
  /** Days that the log reaches back at the present rate; null where it has not rolled over yet, or that cannot be told. */
  readonly retentionDays: number | null
  /** Null where the carrier does not tell when records arrived. */
  readonly delay: ArrivalDelay | null
  readonly gaps: readonly Gap[]
}

/** A test of Atomic Red Team, or a route of the analytic, and whether it would have been seen. */
export type Visible = 'seen' | 'not-seen' | 'unknown'

export interface HostCoverageReport {
  readonly host: string
  readonly role: string | null
  readonly owner: string | null
  /** `silent`: expected, and not in the input. `unexpected`: in the input, and not in the list of those expected. */
  readonly presence: 'seen' | 'silent' | 'stale' | 'unexpected'
  /** As proved by records at the end of the input. */
  readonly grade: Grade
  /** As it would be if all that is unknown worked. */
  readonly atBest: Grade
  readonly first: number | null
  readonly last: number | null
  readonly capabilities: Readonly<Record<CapabilityId, CapabilityCoverage>>
  readonly channels: readonly ChannelCoverage[]
  readonly comparisons: readonly SourceComparison[]
  /** How often the clock was moved, which makes times doubtful. */
  readonly clockSteps: number
  /** By route of the analytic and by number of the Atomic test. */
  readonly routes: Readonly<Record<string, Visible>>
  readonly tests: Readonly<Record<string, Visible>>
  /** How much of the analytic's ExecutionWindow lies within what is kept of the logs that show runs, 0 to 1. */
  readonly executionWindowShare: number
}

export interface FleetCoverageReport {
  readonly inputs: readonly string[]
  readonly first: number | null
  readonly last: number | null
  /** Worst first. */
  readonly hosts: readonly HostCoverageReport[]
}

/** A host that should be there. */
export interface ExpectedHost {
  readonly name: string
  readonly role: string | null
  readonly owner: string | null
}

/** A host that was not heard of for a week is not one that is off over a weekend. */
export const usualStaleDays = 7

export interface CoverageWish {
  /** Null: nobody said which hosts there should be. */
  readonly expected: readonly ExpectedHost[] | null
  /** A host whose last record is older than the input's last by more days counts as silent. */
  readonly staleDays: number
}
