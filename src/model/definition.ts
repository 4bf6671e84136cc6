import { defaultSettings, type TaskSettings } from './task-settings.ts'
import type { NamedValue, Trigger } from './trigger.ts'

export * from './task-settings.ts'
export * from './trigger.ts'

/**
 * What a task is. Names are those of the Task Scheduler schema, versions 1.0 to 1.6.
 * Source: [MS-TSCH] 2.5, https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema
 */
export interface TaskDefinition {
  /** Of the schema, `1.2`; null when the definition does not say. */
  readonly version: string | null
  readonly registrationInfo: RegistrationInfo
  readonly triggers: readonly Trigger[]
  readonly principals: readonly Principal[]
  readonly settings: TaskSettings
  /** The id of the principal that the actions run as (`<Actions Context>`). */
  readonly actionsContext: string | null
  readonly actions: readonly Action[]
  /** What `<Data>` holds, of which the scheduler makes no use; markup inside stands as text. */
  readonly data: string | null
}

export interface RegistrationInfo {
  /** Free text: anybody can write anything here. */
  readonly author: string | null
  /** Local time without a zone. */
  readonly date: string | null
  readonly description: string | null
  readonly source: string | null
  readonly uri: string | null
  readonly documentation: string | null
  /** Of the task, as its author counts. */
  readonly version: string | null
  /** SDDL. */
  readonly securityDescriptor: string | null
}

export type Action = ExecAction | ComHandlerAction | SendEmailAction | ShowMessageAction

export interface ExecAction {
  readonly kind: 'exec'
  readonly id: string | null
  readonly command: string
  readonly arguments: string | null
  readonly workingDirectory: string | null
  /** Windows 11 writes it; the published schema does not have it. */
  readonly hideAppWindow: boolean
}

export interface ComHandlerAction {
  readonly kind: 'com-handler'
  readonly id: string | null
  readonly classId: string
  /** Markup inside stands as text. */
  readonly data: string | null
}

export interface SendEmailAction {
  readonly kind: 'send-email'
  readonly id: string | null
  readonly server: string | null
  readonly subject: string | null
  readonly to: string | null
  readonly cc: string | null
  readonly bcc: string | null
  readonly replyTo: string | null
  readonly from: string | null
  readonly headerFields: readonly NamedValue[]
  readonly body: string | null
  readonly attachments: readonly string[]
}

export interface ShowMessageAction {
  readonly kind: 'show-message'
  readonly id: string | null
  readonly title: string | null
  readonly body: string | null
}

export interface Principal {
  readonly id: string | null
  /** An account name or a SID, as `groupId` is. */
  readonly userId: string | null
  readonly groupId: string | null
  readonly displayName: string | null
  /** `InteractiveToken`, `Password`, `S4U`, … as written; null when not said. */
  readonly logonType: string | null
  readonly runLevel: 'LeastPrivilege' | 'HighestAvailable'
  /** `None` or `Unrestricted`, as written; null when not said. */
  readonly processTokenSidType: string | null
  readonly requiredPrivileges: readonly string[]
}

/** A task that says and does nothing. */
export const emptyDefinition: TaskDefinition = {
  version: null,
  registrationInfo: {
    author: null,
    date: null,
    description: null,
    source: null,
    uri: null,
    documentation: null,
    version: null,
    securityDescriptor: null,
  },
  triggers: [],
  principals: [],
  settings: defaultSettings,
  actionsContext: null,
  actions: [],
  data: null,
}

/** A definition as far as it could be read, and why not further; `problem` is null when it was read whole. */
export interface DefinitionReading {
  readonly definition: TaskDefinition | null
  readonly problem: string | null
}

/** Reads task XML; given to `normalize` by the engine so that stages need not know each other. */
export type ReadDefinition = (xml: string) => DefinitionReading
