import type { CalendarSchedule, Repetition } from '../../model/definition.ts'
import {
  type PartialDefinition,
  type StatedPrincipal,
  type StatedSettings,
  type StatedTrigger,
  saysNothing,
  silentPrincipal,
  silentTrigger,
} from '../../model/partial-definition.ts'
import { execOf } from './found.ts'
import { clockTime, datesIn, daysIn, minutesBetween, minutesLong, monthsIn } from './stated-time.ts'

/** The switches of a command line, by name in lower case. */
export type Switches = ReadonlyMap<string, string>

/**
 * What the switches of schtasks say of a definition. `enabled` is said by /change.
 * Source: https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks-create
 */
export function definitionOf(said: Switches, taskRun: string | null): PartialDefinition {
  const trigger = triggerOf(said)
  return {
    ...saysNothing,
    actions: execOf(taskRun),
    triggers: trigger && [trigger],
    principal: principalOf(said),
    settings: settingsOf(said),
  }
}

function principalOf(said: Switches): StatedPrincipal | null {
  const user = said.get('ru')
  const level = said.get('rl')?.toLowerCase()
  const stated: StatedPrincipal = {
    ...silentPrincipal,
    account: user === undefined ? null : user || 'SYSTEM', // `/RU ""` is the system account
    logonType: said.has('np') ? 'S4U' : said.has('it') ? 'InteractiveToken' : null,
    runLevel: level === 'highest' ? 'HighestAvailable' : level === 'limited' ? 'LeastPrivilege' : null,
  }
  return Object.values(stated).some((one) => one !== null) ? stated : null
}

function settingsOf(said: Switches): StatedSettings {
  const idle = number(said.get('i'))
  return {
    ...(said.has('z') ? { deleteExpiredTaskAfter: 'PT0S' } : {}),
    ...(said.has('disable') ? { enabled: false } : said.has('enable') ? { enabled: true } : {}),
    ...(idle !== null ? { idleSettings: { duration: minutesLong(idle) } } : {}),
  }
}

function triggerOf(said: Switches): StatedTrigger | null {
  const times = timesOf(said)
  const schedule = said.get('sc')?.toUpperCase()
  const every = said.get('mo')?.trim() ?? ''
  switch (schedule) {
    case undefined:
      return Object.values(times).some((one) => one !== null) ? times : null
    case 'MINUTE':
    case 'HOURLY': {
      const minutes = (number(every) ?? 1) * (schedule === 'HOURLY' ? 60 : 1)
      return { ...times, kind: 'time', repetition: repetitionOf(said, minutes) }
    }
    case 'DAILY':
      return { ...times, kind: 'calendar', schedule: { by: 'day', daysInterval: number(every) ?? 1 } }
    case 'WEEKLY':
      return {
        ...times,
        kind: 'calendar',
        schedule: { by: 'week', weeksInterval: number(every) ?? 1, daysOfWeek: daysIn(said.get('d') ?? '') },
      }
    case 'MONTHLY':
      return { ...times, kind: 'calendar', schedule: monthly(said, every) }
    case 'ONCE':
      return { ...times, kind: 'time' }
    case 'ONSTART':
      return { ...times, kind: 'boot' }
    case 'ONLOGON':
      return { ...times, kind: 'logon' }
    case 'ONIDLE':
      return { ...times, kind: 'idle' }
    case 'ONEVENT':
      return { ...times, kind: 'event', channel: said.get('ec') || null, query: every || null }
    default:
      return null // Windows in other languages has words of its own
  }
}

/** What the switches for times say, of whatever kind of trigger. */
function timesOf(said: Switches): StatedTrigger {
  const interval = number(said.get('ri'))
  return {
    ...silentTrigger,
    timeOfDay: clockTime(said.get('st')),
    startDate: said.get('sd') || null,
    endDate: said.get('ed') || null,
    repetition: interval === null ? null : repetitionOf(said, interval),
    delay: minutesAndSeconds(said.get('delay')),
  }
}

function repetitionOf(said: Switches, minutes: number): Repetition {
  const [start, end] = [clockTime(said.get('st')), clockTime(said.get('et'))]
  const lasts = /^(\d{1,4}):(\d{2})$/.exec(said.get('du')?.trim() ?? '')
  const until = lasts ? Number(lasts[1]) * 60 + Number(lasts[2]) : start && end ? minutesBetween(start, end) : null
  return {
    interval: minutesLong(minutes),
    duration: until === null ? null : minutesLong(until),
    stopAtDurationEnd: said.has('k'),
  }
}

const weeks = ['FIRST', 'SECOND', 'THIRD', 'FOURTH']

/** `/mo` is every so many months, a week (`FIRST` … `LAST`) with the day in `/d`, or `LASTDAY` with the months in `/m`. */
function monthly(said: Switches, every: string): CalendarSchedule {
  const modifier = every.toUpperCase()
  const months = monthsIn(said.get('m') ?? '')
  const days = said.get('d') ?? ''
  if (modifier === 'LASTDAY') return { by: 'month', daysOfMonth: ['Last'], months }
  if (modifier === 'LAST' || weeks.includes(modifier))
    return {
      by: 'month-day-of-week',
      weeks: [modifier === 'LAST' ? 'Last' : weeks.indexOf(modifier) + 1],
      daysOfWeek: daysIn(days),
      months,
    }
  return { by: 'month', daysOfMonth: datesIn(days), months } // which months an interval meets depends on the day it was set
}

/** `/delay mmmm:ss`. */
function minutesAndSeconds(text: string | undefined): string | null {
  const parts = /^(\d{1,4}):(\d{2})$/.exec(text?.trim() ?? '')
  return parts ? `PT${Number(parts[1])}M${Number(parts[2])}S` : null
}

const number = (text: string | undefined) => (text !== undefined && /^\d{1,6}$/.test(text.trim()) ? Number(text) : null)
