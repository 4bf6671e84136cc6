/**
 * What a task is. Names are those of the Task Scheduler schema.
 * Source: [MS-TSCH] 2.5, https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema
 */
export interface TaskDefinition {
  readonly registrationInfo: RegistrationInfo
  readonly triggers: readonly Trigger[]
  readonly principals: readonly Principal[]
  readonly settings: TaskSettings
  readonly actions: readonly Action[]
}

export interface RegistrationInfo {
  /** Free text: anybody can write anything here. */
  readonly author: string | null
  /** Local time without a zone. */
  readonly date: string | null
  readonly description: string | null
  readonly source: string | null
  readonly uri: string | null
  /** SDDL. */
  readonly securityDescriptor: string | null
}

export type Action =
  | {
      readonly kind: 'exec'
      readonly command: string
      readonly arguments: string | null
      readonly workingDirectory: string | null
    }
  | { readonly kind: 'com-handler'; readonly classId: string; readonly data: string | null }
  | {
      readonly kind: 'send-email'
      readonly server: string | null
      readonly to: string | null
      readonly subject: string | null
    }
  | { readonly kind: 'show-message'; readonly title: string | null; readonly body: string | null }

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

export interface Trigger {
  readonly kind: TriggerKind
  readonly enabled: boolean
  readonly startBoundary: string | null
  readonly endBoundary: string | null
  /** ISO 8601 duration between repetitions. */
  readonly repetitionInterval: string | null
  readonly delay: string | null
  /** Whose logon or session. */
  readonly userId: string | null
  /** The query of an event trigger. */
  readonly subscription: string | null
}

export interface Principal {
  readonly id: string | null
  readonly userId: string | null
  readonly groupId: string | null
  readonly logonType: string | null
  readonly runLevel: 'LeastPrivilege' | 'HighestAvailable'
  readonly requiredPrivileges: readonly string[]
}

/** Settings that matter to a reader; the schema's default stands where the XML says nothing. */
export interface TaskSettings {
  readonly enabled: boolean
  readonly hidden: boolean
  readonly allowStartOnDemand: boolean
  readonly startWhenAvailable: boolean
  readonly deleteExpiredTaskAfter: string | null
  readonly executionTimeLimit: string
}

/** A definition as far as it could be read, and why not further; `problem` is null when it was read whole. */
export interface DefinitionReading {
  readonly definition: TaskDefinition | null
  readonly problem: string | null
}

/** Reads task XML; given to `normalize` by the engine so that stages need not know each other. */
export type ReadDefinition = (xml: string) => DefinitionReading
