import type { CalendarSchedule, Trigger } from '../model/definition.ts'

const durationForm = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const units = ['year', 'month', 'day', 'h', 'min', 's']

/** An ISO 8601 duration as `1 h 30 min`; what is none stays as it is written. */
export function durationWords(duration: string): string {
  const counts = durationForm.exec(duration)?.slice(1)
  if (!counts) return duration
  const said = units.flatMap((unit, place) => {
    const count = Number(counts[place] ?? 0)
    return count === 0 ? [] : [`${count} ${unit}${unit.length > 3 || unit === 'day' ? (count === 1 ? '' : 's') : ''}`]
  })
  return said.join(' ') || '0 s'
}

/** When a trigger starts its task, in a line. */
export function triggerWords(trigger: Trigger): string {
  const { repetition, startBoundary, endBoundary, enabled, executionTimeLimit } = trigger
  const repeats = repetition
    ? `every ${durationWords(repetition.interval)}${repetition.duration === null ? '' : ` for ${durationWords(repetition.duration)}`}`
    : null
  const isTimed = trigger.kind === 'time' || trigger.kind === 'calendar'
  return [
    own(trigger),
    repeats,
    startBoundary === null || isTimed ? null : `from ${plainTime(startBoundary)}`,
    endBoundary === null ? null : `until ${plainTime(endBoundary)}`,
    'delay' in trigger && trigger.delay !== null ? `${durationWords(trigger.delay)} later` : null,
    'randomDelay' in trigger && trigger.randomDelay !== null
      ? `up to ${durationWords(trigger.randomDelay)} later`
      : null,
    executionTimeLimit === null ? null : `for at most ${durationWords(executionTimeLimit)}`,
    enabled ? null : 'disabled',
  ]
    .filter((part) => part !== null)
    .join(', ')
}

const plainTime = (boundary: string): string => boundary.replace('T', ' ')
/** ` at 20:35:13`, without seconds that are none. */
function clockOf(boundary: string | null): string {
  const [, minutes, seconds] = /T(\d\d:\d\d)(:\d\d)?/.exec(boundary ?? '') ?? []
  return minutes === undefined ? '' : ` at ${minutes}${seconds === undefined || seconds === ':00' ? '' : seconds}`
}
const dayOf = (boundary: string | null): string => (boundary === null ? '' : `, from ${boundary.slice(0, 10)}`)

function own(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'boot':
      return 'when Windows starts'
    case 'logon':
      return trigger.userId === null ? 'when anybody logs on' : `when ${trigger.userId} logs on`
    case 'time':
      return trigger.startBoundary === null ? 'once' : `once at ${plainTime(trigger.startBoundary)}`
    case 'calendar':
      return `${trigger.schedule ? scheduleWords(trigger.schedule) : 'on a schedule that cannot be read'}${clockOf(trigger.startBoundary)}${dayOf(trigger.startBoundary)}`
    case 'event':
      return 'on an event'
    case 'idle':
      return 'when the computer is idle'
    case 'registration':
      return 'when it is registered'
    case 'session-state-change':
      return `on ${trigger.stateChange ?? 'a change'} of ${trigger.userId === null ? 'any session' : `a session of ${trigger.userId}`}`
    case 'wnf-state-change':
      return `on the state ${trigger.stateName ?? '?'} (WNF)`
    default:
      return trigger satisfies never
  }
}

const nth = (every: number, unit: string): string => (every === 1 ? `every ${unit}` : `every ${every} ${unit}s`)
const inMonths = (months: readonly string[]): string =>
  months.length === 0 || months.length === 12 ? 'of every month' : `of ${months.join(', ')}`

function scheduleWords(schedule: CalendarSchedule): string {
  switch (schedule.by) {
    case 'day':
      return nth(schedule.daysInterval, 'day')
    case 'week':
      return `${nth(schedule.weeksInterval, 'week')} on ${schedule.daysOfWeek.join(', ') || 'no day'}`
    case 'month':
      return `on day ${schedule.daysOfMonth.join(', ') || '?'} ${inMonths(schedule.months)}`
    case 'month-day-of-week':
      return `on ${schedule.daysOfWeek.join(', ') || 'no day'} in week ${schedule.weeks.join(', ') || '?'} ${inMonths(schedule.months)}`
    default:
      return schedule satisfies never
  }
}
