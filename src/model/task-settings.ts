export const instancesPolicies = ['IgnoreNew', 'Parallel', 'Queue', 'StopExisting'] as const
export type MultipleInstancesPolicy = (typeof instancesPolicies)[number]

/** The schema's default stands where the XML says nothing. Times are ISO 8601 durations. */
export interface TaskSettings {
  readonly allowStartOnDemand: boolean
  readonly restartOnFailure: { readonly interval: string; readonly count: number } | null
  readonly multipleInstancesPolicy: MultipleInstancesPolicy
  readonly disallowStartIfOnBatteries: boolean
  readonly stopIfGoingOnBatteries: boolean
  readonly allowHardTerminate: boolean
  readonly startWhenAvailable: boolean
  readonly networkProfileName: string | null
  readonly runOnlyIfNetworkAvailable: boolean
  readonly wakeToRun: boolean
  readonly enabled: boolean
  readonly hidden: boolean
  /** Null: an expired task stays. */
  readonly deleteExpiredTaskAfter: string | null
  readonly idleSettings: IdleSettings
  readonly networkSettings: { readonly name: string | null; readonly id: string | null } | null
  readonly executionTimeLimit: string
  /** 0 is the highest, 10 the lowest. */
  readonly priority: number
  readonly runOnlyIfIdle: boolean
  readonly useUnifiedSchedulingEngine: boolean
  readonly disallowStartOnRemoteAppSession: boolean
  readonly maintenanceSettings: MaintenanceSettings | null
  /** Gone with the next start of Windows. */
  readonly volatile: boolean
}

export interface IdleSettings {
  readonly duration: string
  readonly waitTimeout: string
  readonly stopOnIdleEnd: boolean
  readonly restartOnIdle: boolean
}

export interface MaintenanceSettings {
  readonly period: string
  readonly deadline: string | null
  readonly exclusive: boolean
}

/** What a task has that says nothing about its settings. Source: the `default` attributes of the schema's settingsType. */
export const defaultSettings: TaskSettings = {
  allowStartOnDemand: true,
  restartOnFailure: null,
  multipleInstancesPolicy: 'IgnoreNew',
  disallowStartIfOnBatteries: true,
  stopIfGoingOnBatteries: true,
  allowHardTerminate: true,
  startWhenAvailable: false,
  networkProfileName: null,
  runOnlyIfNetworkAvailable: false,
  wakeToRun: false,
  enabled: true,
  hidden: false,
  deleteExpiredTaskAfter: null, // the schema says PT0S, its documentation that without the element nothing is deleted
  idleSettings: { duration: 'PT10M', waitTimeout: 'PT1H', stopOnIdleEnd: true, restartOnIdle: false },
  networkSettings: null,
  executionTimeLimit: 'PT72H',
  priority: 7,
  runOnlyIfIdle: false,
  useUnifiedSchedulingEngine: false,
  disallowStartOnRemoteAppSession: false,
  maintenanceSettings: null,
  volatile: false,
}
