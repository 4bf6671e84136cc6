export interface NamedValue {
  readonly name: string
  readonly value: string
}

export const triggerKinds = [
  'boot',
  'logon',
  'time',
  'calendar',
  'event',
  'idle',
  'registration',
  'session-state-change',
  'wnf-state-change',
] as const
export type TriggerKind = (typeof triggerKinds)[number]

export interface TriggerBase {
  readonly kind: TriggerKind
  readonly id: string | null
  readonly enabled: boolean
  /** Local time, or with a zone: from when the trigger counts; of time and calendar triggers also when it fires. */
  readonly startBoundary: string | null
  readonly endBoundary: string | null
  readonly repetition: Repetition | null
  /** ISO 8601 duration; null: the task's own limit. */
  readonly executionTimeLimit: string | null
}

export interface Repetition {
  /** ISO 8601 duration between two starts. */
  readonly interval: string
  /** ISO 8601 duration; null: without an end. */
  readonly duration: string | null
  readonly stopAtDurationEnd: boolean
}

/** A delay is an ISO 8601 duration; null: none. */
export interface DelayedTrigger extends TriggerBase {
  readonly kind: 'boot' | 'registration'
  readonly delay: string | null
}

export interface IdleTrigger extends TriggerBase {
  readonly kind: 'idle'
}

export interface TimeTrigger extends TriggerBase {
  readonly kind: 'time'
  readonly randomDelay: string | null
}

export interface CalendarTrigger extends TriggerBase {
  readonly kind: 'calendar'
  readonly randomDelay: string | null
  /** Null when the definition has none that can be read. */
  readonly schedule: CalendarSchedule | null
}

export interface LogonTrigger extends TriggerBase {
  readonly kind: 'logon'
  /** Whose logon; null: anybody's. */
  readonly userId: string | null
  readonly delay: string | null
}

export interface EventTrigger extends TriggerBase {
  readonly kind: 'event'
  /** A QueryList document. */
  readonly subscription: string | null
  readonly delay: string | null
  readonly periodOfOccurrence: string | null
  readonly numberOfOccurrences: number
  readonly matchingElement: string | null
  /** What of the event becomes a variable of the action. */
  readonly valueQueries: readonly NamedValue[]
}

export const stateChanges = [
  'ConsoleConnect',
  'ConsoleDisconnect',
  'RemoteConnect',
  'RemoteDisconnect',
  'SessionLock',
  'SessionUnlock',
] as const
export type StateChange = (typeof stateChanges)[number]

export interface SessionStateChangeTrigger extends TriggerBase {
  readonly kind: 'session-state-change'
  /** Null when it is none that the schema knows. */
  readonly stateChange: StateChange | null
  /** Whose session; null: anybody's. */
  readonly userId: string | null
  readonly delay: string | null
}

/** Windows' own notifications; not in the published schema. */
export interface WnfStateChangeTrigger extends TriggerBase {
  readonly kind: 'wnf-state-change'
  /** 16 hexadecimal digits. */
  readonly stateName: string | null
  readonly data: string | null
  readonly dataOffset: string | null
  readonly delay: string | null
}

export type Trigger =
  | DelayedTrigger
  | IdleTrigger
  | TimeTrigger
  | CalendarTrigger
  | LogonTrigger
  | EventTrigger
  | SessionStateChangeTrigger
  | WnfStateChangeTrigger

export const daysOfWeek = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
export type DayOfWeek = (typeof daysOfWeek)[number]

export const months = [
  ...(['January', 'February', 'March', 'April', 'May', 'June'] as const),
  ...(['July', 'August', 'September', 'October', 'November', 'December'] as const),
] as const
export type Month = (typeof months)[number]

/** No months: every month. */
export type CalendarSchedule =
  | { readonly by: 'day'; readonly daysInterval: number }
  | { readonly by: 'week'; readonly weeksInterval: number; readonly daysOfWeek: readonly DayOfWeek[] }
  | { readonly by: 'month'; readonly daysOfMonth: readonly (number | 'Last')[]; readonly months: readonly Month[] }
  | {
      readonly by: 'month-day-of-week'
      readonly weeks: readonly (number | 'Last')[]
      readonly daysOfWeek: readonly DayOfWeek[]
      readonly months: readonly Month[]
    }

/** The triggers that can start the task: those that are disabled are there for show. */
export const liveTriggers = ({ triggers }: { readonly triggers: readonly Trigger[] }): readonly Trigger[] =>
  triggers.filter(({ enabled }) => enabled)
