import { daysOfWeek, instancesPolicies } from '../../../model/definition.ts'
import {
  type StatedPrincipal,
  type StatedSettings,
  silentPrincipal,
  silentTrigger,
} from '../../../model/partial-definition.ts'
import { otherHost } from '../found.ts'
import { clockTime, daysIn, timeSpan } from '../stated-time.ts'
import {
  actionPart,
  noPart,
  type Parameters,
  parameter,
  partOf,
  type TaskPart,
  textOf,
  textsOf,
  type Value,
} from './values.ts'

/**
 * Cmdlets that make a part of a task, or something that a part is made of.
 * Source: https://learn.microsoft.com/powershell/module/scheduledtasks/
 */
export const makers: ReadonlyMap<string, (parameters: Parameters) => Value> = new Map([
  ['new-scheduledtaskaction', (parameters: Parameters) => ({ part: action(parameters) })],
  ['new-scheduledtaskprincipal', (parameters: Parameters) => ({ part: partOf({ principal: principal(parameters) }) })],
  ['new-scheduledtasktrigger', (parameters: Parameters) => ({ part: trigger(parameters) })],
  ['new-jobtrigger', (parameters: Parameters) => ({ part: trigger(parameters) })],
  ['new-scheduledtasksettingsset', (parameters: Parameters) => ({ part: partOf({ settings: settings(parameters) }) })],
  ['new-timespan', timeSpanValue],
  ['new-cimsession', session],
  ...['get-content', 'gc', 'cat', 'type'].map((name) => [name, fileValue] as const),
])

const word = (parameters: Parameters, name: string) => textOf(parameter(parameters, name))

function action(parameters: Parameters): TaskPart {
  return actionPart(
    textOf(parameter(parameters, 'execute') ?? parameters.positional[0]),
    textOf(parameter(parameters, 'argument') ?? parameters.positional[1]),
    word(parameters, 'workingdirectory'),
  )
}

function principal(parameters: Parameters): StatedPrincipal {
  const level = word(parameters, 'runlevel')
  const privileges = textsOf(parameter(parameters, 'requiredprivilege'))
  return {
    ...silentPrincipal,
    account: textOf(parameter(parameters, 'userid') ?? parameter(parameters, 'groupid') ?? parameters.positional[0]),
    logonType: logonTypes.get(word(parameters, 'logontype')?.toLowerCase() ?? '') ?? null,
    runLevel: level === null ? null : runLevelOf(level),
    requiredPrivileges: privileges.length > 0 ? privileges : null,
  }
}

export function runLevelOf(level: string): 'HighestAvailable' | 'LeastPrivilege' {
  return level.toLowerCase() === 'highest' || level === '1' ? 'HighestAvailable' : 'LeastPrivilege'
}

/** LogonTypeEnum and TASK_LOGON_TYPE by the schema's names; groups and service accounts have none. */
export const logonTypes: ReadonlyMap<string, string> = new Map([
  ['password', 'Password'],
  ['1', 'Password'],
  ['s4u', 'S4U'],
  ['2', 'S4U'],
  ['interactive', 'InteractiveToken'],
  ['3', 'InteractiveToken'],
  ['interactiveorpassword', 'InteractiveTokenOrPassword'],
  ['6', 'InteractiveTokenOrPassword'],
])

function trigger(parameters: Parameters): TaskPart {
  const has = (name: string) => parameter(parameters, name) !== undefined
  const at = word(parameters, 'at')
  const interval = timeSpan(word(parameters, 'repetitioninterval'))
  const base = {
    ...silentTrigger,
    timeOfDay: clockTime(at),
    delay: timeSpan(word(parameters, 'randomdelay') ?? word(parameters, 'delay')),
    repetition:
      interval === null
        ? null
        : { interval, duration: timeSpan(word(parameters, 'repetitionduration')), stopAtDurationEnd: false },
  }
  if (has('atlogon')) return partOf({ triggers: [{ ...base, kind: 'logon', userId: word(parameters, 'user') }] })
  if (has('atstartup')) return partOf({ triggers: [{ ...base, kind: 'boot' }] })
  if (has('once')) return partOf({ triggers: [{ ...base, kind: 'time' }] })
  const every = (name: string) => Number(word(parameters, name)) || 1
  if (has('daily'))
    return partOf({
      triggers: [{ ...base, kind: 'calendar', schedule: { by: 'day', daysInterval: every('daysinterval') } }],
    })
  if (!has('weekly')) return noPart
  const days = textsOf(parameter(parameters, 'daysofweek')).map((day) => dayByNumber(day) ?? day)
  return partOf({
    triggers: [
      {
        ...base,
        kind: 'calendar',
        schedule: { by: 'week', weeksInterval: every('weeksinterval'), daysOfWeek: daysIn(days.join(',')) },
      },
    ],
  })
}

/** DayOfWeek of .NET, which begins on Sunday. */
const dayByNumber = (day: string) => (/^[0-6]$/.test(day) ? daysOfWeek[(Number(day) + 6) % 7] : undefined)

function settings(parameters: Parameters): StatedSettings {
  const flag = (name: string) => {
    const value = parameter(parameters, name)
    return value !== undefined && textOf(value) !== 'false'
  }
  const span = (name: string) => timeSpan(word(parameters, name))
  const number = (name: string) => {
    const text = word(parameters, name)
    return text !== null && /^\d{1,5}$/.test(text) ? Number(text) : null
  }
  const said = {
    hidden: flag('hidden') || null,
    enabled: flag('disable') ? false : null,
    allowStartOnDemand: flag('disallowdemandstart') ? false : null,
    allowHardTerminate: flag('disallowhardterminate') ? false : null,
    startWhenAvailable: flag('startwhenavailable') || null,
    wakeToRun: flag('waketorun') || null,
    runOnlyIfIdle: flag('runonlyifidle') || null,
    runOnlyIfNetworkAvailable: flag('runonlyifnetworkavailable') || null,
    disallowStartIfOnBatteries: flag('allowstartifonbatteries') ? false : null,
    stopIfGoingOnBatteries: flag('dontstopifgoingonbatteries') ? false : null,
    disallowStartOnRemoteAppSession: flag('disallowstartonremoteappsession') || null,
    deleteExpiredTaskAfter: span('deleteexpiredtaskafter'),
    executionTimeLimit: span('executiontimelimit'),
    priority: number('priority'),
    multipleInstancesPolicy:
      instancesPolicies.find(
        (policy) => policy.toLowerCase() === word(parameters, 'multipleinstances')?.toLowerCase(),
      ) ?? null,
    restartOnFailure: span('restartinterval') && {
      interval: span('restartinterval') ?? '',
      ...(number('restartcount') === null ? {} : { count: number('restartcount') ?? 0 }),
    },
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)) as StatedSettings
}

/** `New-TimeSpan -Minutes 5` as an ISO 8601 duration. */
function timeSpanValue(parameters: Parameters): Value {
  const number = (name: string) => Number(word(parameters, name) ?? 0)
  const minutes = (number('days') * 24 + number('hours')) * 60 + number('minutes')
  const seconds = minutes * 60 + number('seconds')
  if (!Number.isSafeInteger(seconds) || seconds <= 0) return {}
  return { text: seconds % 60 === 0 ? `PT${seconds / 60}M` : `PT${seconds}S` }
}

function session(parameters: Parameters): Value {
  const target = otherHost(textOf(parameter(parameters, 'computername') ?? parameters.positional[0]))
  return target === null ? {} : { target }
}

/** What was read from a file may be a task's XML. */
function fileValue(parameters: Parameters): Value {
  const path = parameter(parameters, 'path') ?? parameter(parameters, 'literalpath') ?? parameters.positional[0]
  return { part: { ...noPart, xmlFile: textOf(path) } }
}
