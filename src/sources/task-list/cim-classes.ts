import {
  type CalendarSchedule,
  daysOfWeek,
  defaultSettings,
  instancesPolicies,
  type Repetition,
  stateChanges,
  type TaskSettings,
  type Trigger,
  type TriggerBase,
} from '../../model/definition.ts'
import { isObject, type JsonObject, own, textOf } from '../json/json-object.ts'

// Classes of the namespace Root\Microsoft\Windows\TaskScheduler as PowerShell's ConvertTo-Json writes them.

const word = (object: JsonObject, name: string) => textOf(own(object, name)) || null
const flag = (object: JsonObject, name: string, otherwise: boolean) => {
  const value = own(object, name)
  return typeof value === 'boolean' ? value : otherwise
}
const count = (object: JsonObject, name: string, otherwise: number) => {
  const value = own(object, name)
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : otherwise
}

/** `MSFT_TaskDailyTrigger` is `Daily`. */
function classOf(object: JsonObject): string {
  const written = own(object, 'CimClass')
  const name = isObject(written) ? own(written, 'CimClassName') : written
  return /MSFT_Task(\w*)Trigger/.exec(typeof name === 'string' ? name : '')?.[1] ?? ''
}

/** A trigger; nothing for one whose class is not known. */
export function cimTrigger(trigger: JsonObject): Trigger[] {
  const base = baseOf(trigger)
  const [delay, randomDelay, userId] = [word(trigger, 'Delay'), word(trigger, 'RandomDelay'), word(trigger, 'UserId')]
  switch (classOf(trigger)) {
    case 'Boot':
      return [{ ...base, kind: 'boot', delay }]
    case 'Registration':
      return [{ ...base, kind: 'registration', delay }]
    case 'Idle':
      return [{ ...base, kind: 'idle' }]
    case 'Logon':
      return [{ ...base, kind: 'logon', userId, delay }]
    case 'Time':
      return [{ ...base, kind: 'time', randomDelay }]
    case 'Daily':
      return [calendar(base, randomDelay, { by: 'day', daysInterval: count(trigger, 'DaysInterval', 1) })]
    case 'Weekly': {
      const days = count(trigger, 'DaysOfWeek', 0)
      return [
        calendar(base, randomDelay, {
          by: 'week',
          weeksInterval: count(trigger, 'WeeksInterval', 1),
          // the lowest bit is Sunday
          daysOfWeek: daysOfWeek.filter((_, index) => (days & (1 << ((index + 1) % 7))) !== 0),
        }),
      ]
    }
    case 'Event':
      return [
        {
          ...base,
          kind: 'event',
          subscription: word(trigger, 'Subscription'),
          delay,
          periodOfOccurrence: null,
          numberOfOccurrences: 1,
          matchingElement: null,
          valueQueries: [],
        },
      ]
    case 'SessionStateChange':
      return [
        // numbered from 1 in the order of the schema, with 5 and 6 left out
        { ...base, kind: 'session-state-change', stateChange: stateChangeOf(trigger), userId, delay },
      ]
    default:
      return []
  }
}

const calendar = (base: Base, randomDelay: string | null, schedule: CalendarSchedule): Trigger => ({
  ...base,
  kind: 'calendar',
  randomDelay,
  schedule,
})

/** TASK_SESSION_STATE_CHANGE_TYPE: 1 to 4, 7 and 8. */
function stateChangeOf(trigger: JsonObject) {
  const number = count(trigger, 'StateChange', 0)
  return stateChanges[number > 4 ? number - 3 : number - 1] ?? null
}

type Base = Omit<TriggerBase, 'kind'>

function baseOf(trigger: JsonObject): Base {
  return {
    id: word(trigger, 'Id'),
    enabled: flag(trigger, 'Enabled', true),
    startBoundary: word(trigger, 'StartBoundary'),
    endBoundary: word(trigger, 'EndBoundary'),
    repetition: repetitionOf(own(trigger, 'Repetition')),
    executionTimeLimit: word(trigger, 'ExecutionTimeLimit'),
  }
}

function repetitionOf(written: unknown): Repetition | null {
  const interval = isObject(written) ? word(written, 'Interval') : null
  if (!isObject(written) || interval === null) return null
  return { interval, duration: word(written, 'Duration'), stopAtDurationEnd: flag(written, 'StopAtDurationEnd', false) }
}

/** MSFT_TaskSettings3; what it does not say is the schema's default. */
export function cimSettings(settings: JsonObject): TaskSettings {
  const otherwise = defaultSettings
  const interval = word(settings, 'RestartInterval')
  return {
    ...otherwise,
    allowStartOnDemand: flag(settings, 'AllowDemandStart', otherwise.allowStartOnDemand),
    restartOnFailure: interval === null ? null : { interval, count: count(settings, 'RestartCount', 0) },
    multipleInstancesPolicy: policyOf(settings),
    disallowStartIfOnBatteries: flag(settings, 'DisallowStartIfOnBatteries', otherwise.disallowStartIfOnBatteries),
    stopIfGoingOnBatteries: flag(settings, 'StopIfGoingOnBatteries', otherwise.stopIfGoingOnBatteries),
    allowHardTerminate: flag(settings, 'AllowHardTerminate', otherwise.allowHardTerminate),
    startWhenAvailable: flag(settings, 'StartWhenAvailable', otherwise.startWhenAvailable),
    runOnlyIfNetworkAvailable: flag(settings, 'RunOnlyIfNetworkAvailable', otherwise.runOnlyIfNetworkAvailable),
    wakeToRun: flag(settings, 'WakeToRun', otherwise.wakeToRun),
    enabled: flag(settings, 'Enabled', otherwise.enabled),
    hidden: flag(settings, 'Hidden', otherwise.hidden),
    deleteExpiredTaskAfter: word(settings, 'DeleteExpiredTaskAfter'),
    executionTimeLimit: word(settings, 'ExecutionTimeLimit') ?? otherwise.executionTimeLimit,
    priority: count(settings, 'Priority', otherwise.priority),
    runOnlyIfIdle: flag(settings, 'RunOnlyIfIdle', otherwise.runOnlyIfIdle),
    useUnifiedSchedulingEngine: flag(settings, 'UseUnifiedSchedulingEngine', otherwise.useUnifiedSchedulingEngine),
    disallowStartOnRemoteAppSession: flag(
      settings,
      'DisallowStartOnRemoteAppSession',
      otherwise.disallowStartOnRemoteAppSession,
    ),
    volatile: flag(settings, 'Volatile', otherwise.volatile),
  }
}

/** By name, or by the number of the class: 0 Parallel, 1 Queue, 2 IgnoreNew, 3 StopExisting. */
function policyOf(settings: JsonObject): TaskSettings['multipleInstancesPolicy'] {
  const written = word(settings, 'MultipleInstances') ?? ''
  const numbered = (['Parallel', 'Queue', 'IgnoreNew', 'StopExisting'] as const)[
    /^[0-3]$/.test(written) ? Number(written) : -1
  ]
  return numbered ?? instancesPolicies.find((policy) => policy === written) ?? defaultSettings.multipleInstancesPolicy
}
