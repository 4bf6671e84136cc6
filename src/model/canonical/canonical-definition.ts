import {
  type Action,
  type CalendarSchedule,
  daysOfWeek,
  defaultSettings,
  emptyDefinition,
  months,
  type Principal,
  type TaskDefinition,
  type TaskSettings,
  type Trigger,
} from '../definition.ts'
import { isServiceAccount } from '../windows/accounts.ts'
import { canonicalAccount } from './account.ts'
import { canonicalArguments, canonicalPath } from './path-text.ts'
import { printed, sorted } from './printed.ts'
import { canonicalDuration, timeOfDay } from './time.ts'

/**
 * What a task does and as whom, as one text: two definitions that do the same have the same one. `docs/definitions.md` has
 * the form exactly; whoever changes it changes the number in its first line.
 */
export function canonicalDefinition(definition: TaskDefinition): string {
  return printed('tasktrail.definition/1', canonicalised(definition))
}

/** A definition in canonical terms, without what does not matter; of a canonical one the same again. */
export function canonicalised(definition: TaskDefinition): TaskDefinition {
  return {
    ...emptyDefinition,
    actions: sorted(definition.actions.map(canonicalAction)),
    triggers: sorted(definition.triggers.flatMap(canonicalTrigger), 'once'),
    principals: sorted(definition.principals.map(canonicalPrincipal).filter(saysSomething), 'once'),
    settings: canonicalSettings(definition.settings),
  }
}

export function canonicalAction(action: Action): Action {
  switch (action.kind) {
    case 'exec':
      return {
        ...action,
        id: null,
        command: canonicalPath(action.command),
        arguments: maybe(action.arguments, canonicalArguments),
        workingDirectory: maybe(action.workingDirectory, canonicalPath),
      }
    case 'com-handler':
      return { ...action, id: null, classId: action.classId.trim().toLowerCase() }
    case 'send-email':
      return {
        ...action,
        id: null,
        server: maybe(action.server, (server) => server.toLowerCase()),
        headerFields: sorted(action.headerFields),
        attachments: action.attachments.map(canonicalPath).sort(),
      }
    case 'show-message':
      return { ...action, id: null }
  }
}

/** A disabled trigger starts nothing. */
export function canonicalTrigger(trigger: Trigger): Trigger[] {
  if (!trigger.enabled) return []
  const base = {
    id: null,
    startBoundary: null, // from when it counts: nothing that the task does
    endBoundary: trigger.endBoundary === null ? null : ends,
    repetition: canonicalRepetition(trigger.repetition),
    executionTimeLimit: null,
  }
  switch (trigger.kind) {
    case 'boot':
    case 'registration':
      return [{ ...trigger, ...base, delay: canonicalDuration(trigger.delay) }]
    case 'idle':
      return [{ ...trigger, ...base }]
    case 'time':
    case 'calendar': {
      const timed = {
        ...base,
        startBoundary: timeOfDay(trigger.startBoundary),
        randomDelay: canonicalDuration(trigger.randomDelay),
      }
      if (trigger.kind === 'time') return [{ ...trigger, ...timed }]
      return [{ ...trigger, ...timed, schedule: trigger.schedule && canonicalSchedule(trigger.schedule) }]
    }
    case 'logon':
    case 'session-state-change':
      return [
        {
          ...trigger,
          ...base,
          userId: maybe(trigger.userId, canonicalAccount),
          delay: canonicalDuration(trigger.delay),
        },
      ]
    case 'event':
      return [
        {
          ...trigger,
          ...base,
          subscription: maybe(trigger.subscription, withoutLayout),
          delay: canonicalDuration(trigger.delay),
          periodOfOccurrence: canonicalDuration(trigger.periodOfOccurrence),
          valueQueries: sorted(trigger.valueQueries),
        },
      ]
    case 'wnf-state-change':
      return [
        {
          ...trigger,
          ...base,
          stateName: maybe(trigger.stateName, (name) => name.toUpperCase()),
          data: maybe(trigger.data, (data) => data.toUpperCase()),
          dataOffset: trigger.dataOffset === '0' ? null : trigger.dataOffset,
          delay: canonicalDuration(trigger.delay),
        },
      ]
  }
}

/** Stands for any end boundary. */
const ends = 'set'

function canonicalRepetition(repetition: Trigger['repetition']): Trigger['repetition'] {
  const interval = canonicalDuration(repetition?.interval ?? null)
  if (!repetition || interval === null) return null
  const duration = canonicalDuration(repetition.duration)
  return { interval, duration, stopAtDurationEnd: duration !== null && repetition.stopAtDurationEnd }
}

function canonicalSchedule(schedule: CalendarSchedule): CalendarSchedule {
  switch (schedule.by) {
    case 'day':
      return schedule
    case 'week': {
      const days = daysOfWeek.filter((day) => schedule.daysOfWeek.includes(day))
      if (days.length === daysOfWeek.length && schedule.weeksInterval === 1) return { by: 'day', daysInterval: 1 }
      return { ...schedule, daysOfWeek: days }
    }
    case 'month':
      return { ...schedule, daysOfMonth: numbered(schedule.daysOfMonth), months: someMonths(schedule.months) }
    case 'month-day-of-week':
      return {
        ...schedule,
        weeks: numbered(schedule.weeks),
        daysOfWeek: daysOfWeek.filter((day) => schedule.daysOfWeek.includes(day)),
        months: someMonths(schedule.months),
      }
  }
}

function someMonths(said: readonly string[]) {
  const all = months.filter((month) => said.includes(month))
  return all.length === months.length ? [] : all
}

function numbered(said: readonly (number | 'Last')[]): (number | 'Last')[] {
  const order = (one: number | 'Last') => (one === 'Last' ? 99 : one)
  return [...new Set(said)].sort((a, b) => order(a) - order(b))
}

export function canonicalPrincipal(principal: Principal): Principal {
  const userId = maybe(principal.userId, canonicalAccount)
  const oneToken = userId !== null && isServiceAccount(userId)
  const group = maybe(principal.groupId, canonicalAccount)
  return {
    id: null,
    userId,
    groupId: group,
    displayName: null,
    logonType: oneToken || group !== null ? null : maybe(principal.logonType, (type) => type.toLowerCase()),
    runLevel: oneToken ? 'LeastPrivilege' : principal.runLevel,
    processTokenSidType: maybe(principal.processTokenSidType, (type) => type.toLowerCase()),
    requiredPrivileges: [...new Set(principal.requiredPrivileges.map((one) => one.toLowerCase()))].sort(),
  }
}

function saysSomething(principal: Principal): boolean {
  const { userId, groupId, logonType, runLevel, processTokenSidType, requiredPrivileges } = principal
  return (
    [userId, groupId, logonType, processTokenSidType].some((said) => said !== null) ||
    runLevel !== 'LeastPrivilege' ||
    requiredPrivileges.length > 0
  )
}

/** Whether and when the task runs, and who gets to see it; not how it gets on with batteries, other instances and time. */
function canonicalSettings(settings: TaskSettings): TaskSettings {
  const { restartOnFailure: restart, maintenanceSettings: maintenance } = settings
  const interval = canonicalDuration(restart?.interval ?? null)
  const period = canonicalDuration(maintenance?.period ?? null)
  return {
    ...defaultSettings,
    enabled: settings.enabled,
    hidden: settings.hidden,
    allowStartOnDemand: settings.allowStartOnDemand,
    startWhenAvailable: settings.startWhenAvailable,
    runOnlyIfIdle: settings.runOnlyIfIdle,
    runOnlyIfNetworkAvailable: settings.runOnlyIfNetworkAvailable,
    wakeToRun: settings.wakeToRun,
    volatile: settings.volatile,
    deleteExpiredTaskAfter:
      settings.deleteExpiredTaskAfter && (canonicalDuration(settings.deleteExpiredTaskAfter) ?? 'PT0S'),
    restartOnFailure: restart && interval !== null ? { interval, count: restart.count } : null,
    maintenanceSettings:
      maintenance && period !== null
        ? { period, deadline: canonicalDuration(maintenance.deadline), exclusive: maintenance.exclusive }
        : null,
  }
}

function withoutLayout(xml: string): string {
  return xml.replace(/\s+/g, ' ').replaceAll('> <', '><').trim()
}

/** Null for what says nothing. */
function maybe(text: string | null, form: (text: string) => string): string | null {
  return text === null ? null : form(text) || null
}
