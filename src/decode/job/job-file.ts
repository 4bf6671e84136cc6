import type { CalendarSchedule } from '../../model/definition.ts'

/**
 * A task as Windows NT 4 to XP keep it in `Windows\Tasks\*.job`, and later Windows for `at` and old programs. Texts that are
 * empty are null. Times are local to the host and have no zone.
 * Source: [MS-TSCH] 2.4 .JOB File Format.
 */
export interface JobFile {
  /** `0x501` is Windows XP: an approximation, says [MS-TSCH]. */
  readonly productVersion: number
  readonly fileVersion: number
  /** `{GUID}`. */
  readonly id: string
  readonly applicationName: string | null
  readonly parameters: string | null
  readonly workingDirectory: string | null
  readonly author: string | null
  readonly comment: string | null
  /** Bytes of the program's own, as hexadecimal text. */
  readonly userData: string | null
  readonly errorRetryCount: number
  readonly errorRetryMinutes: number
  readonly idleDeadlineMinutes: number
  readonly idleWaitMinutes: number
  readonly priority: JobPriority | null
  /** Null: no limit. */
  readonly maximumRunTimeMs: number | null
  /** Of the last run. */
  readonly exitCode: number
  /** SCHED_S_TASK_READY 0x41300, …_RUNNING 0x41301, …_NOT_SCHEDULED 0x41305. */
  readonly status: number
  readonly flags: number
  readonly settings: JobSettings
  /** `2013-08-24T12:42:00.112`; null when it never ran. */
  readonly lastRun: string | null
  readonly runningInstances: number
  /** HRESULT of the last try to start; null where it is left out. */
  readonly startError: number | null
  readonly triggers: readonly JobTrigger[]
  readonly signature: JobSignature | null
}

/** Named as Windows names the process's priority class. */
export type JobPriority = 'normal' | 'idle' | 'high' | 'realtime'

export interface JobSettings {
  readonly interactive: boolean
  readonly deleteWhenDone: boolean
  readonly disabled: boolean
  readonly startOnlyIfIdle: boolean
  readonly hidden: boolean
  readonly runOnlyIfLoggedOn: boolean
}

export interface JobTrigger {
  readonly kind: 'once' | 'daily' | 'weekly' | 'monthly-date' | 'monthly-day-of-week' | 'idle' | 'boot' | 'logon'
  readonly enabled: boolean
  /** `2013-07-12T15:42`. */
  readonly start: string
  /** The last day; null: without an end. */
  readonly endDate: string | null
  readonly durationMinutes: number
  /** 0: not repeated. */
  readonly intervalMinutes: number
  readonly killAtDurationEnd: boolean
  /** Null where the kind has none. */
  readonly schedule: CalendarSchedule | null
}

/** Made by the host over the owner's SID, the id and the application: nobody else can check it. */
export interface JobSignature {
  readonly version: number
  readonly minimumClientVersion: number
  readonly bytes: string
}
