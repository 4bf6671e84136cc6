import {
  type CalendarSchedule,
  daysOfWeek,
  months,
  type Repetition,
  stateChanges,
  type Trigger,
  type TriggerBase,
} from '../../model/definition.ts'
import { child, count, flag, grandchildren, oneOf, text, wholeNumber } from './child.ts'
import type { Element } from './element.ts'

/** A child of `<Triggers>`; nothing for an element that is no trigger. */
export function triggerOf(trigger: Element): Trigger[] {
  switch (trigger.name) {
    case 'BootTrigger':
      return [{ ...base(trigger, 'boot'), delay: text(trigger, 'Delay') }]
    case 'RegistrationTrigger':
      return [{ ...base(trigger, 'registration'), delay: text(trigger, 'Delay') }]
    case 'IdleTrigger':
      return [base(trigger, 'idle')]
    case 'TimeTrigger':
      return [{ ...base(trigger, 'time'), randomDelay: text(trigger, 'RandomDelay') }]
    case 'CalendarTrigger':
      return [
        {
          ...base(trigger, 'calendar'),
          randomDelay: text(trigger, 'RandomDelay'),
          schedule: trigger.children.flatMap(scheduleOf)[0] ?? null,
        },
      ]
    case 'LogonTrigger':
      return [{ ...base(trigger, 'logon'), userId: text(trigger, 'UserId'), delay: text(trigger, 'Delay') }]
    case 'EventTrigger':
      return [
        {
          ...base(trigger, 'event'),
          subscription: text(trigger, 'Subscription'),
          delay: text(trigger, 'Delay'),
          periodOfOccurrence: text(trigger, 'PeriodOfOccurrence'),
          numberOfOccurrences: count(trigger, 'NumberOfOccurrences', 1),
          matchingElement: text(trigger, 'MatchingElement'),
          valueQueries: grandchildren(trigger, 'ValueQueries')
            .filter((value) => value.name === 'Value')
            .map((value) => ({ name: value.attributes.name ?? '', value: value.text.trim() })),
        },
      ]
    case 'SessionStateChangeTrigger':
      return [
        {
          ...base(trigger, 'session-state-change'),
          stateChange: oneOf(stateChanges, text(trigger, 'StateChange')),
          userId: text(trigger, 'UserId'),
          delay: text(trigger, 'Delay'),
        },
      ]
    case 'WnfStateChangeTrigger':
      return [
        {
          ...base(trigger, 'wnf-state-change'),
          stateName: text(trigger, 'StateName'),
          data: text(trigger, 'Data'),
          dataOffset: text(trigger, 'DataOffset'),
          delay: text(trigger, 'Delay'),
        },
      ]
    default:
      return []
  }
}

function base<K extends Trigger['kind']>(trigger: Element, kind: K): TriggerBase & { kind: K } {
  return {
    kind,
    id: trigger.attributes.id ?? null,
    enabled: flag(trigger, 'Enabled', true),
    startBoundary: text(trigger, 'StartBoundary'),
    endBoundary: text(trigger, 'EndBoundary'),
    repetition: repetitionOf(child(trigger, 'Repetition')),
    executionTimeLimit: text(trigger, 'ExecutionTimeLimit'),
  }
}

/** Null also for one without an interval, which repeats nothing. */
function repetitionOf(repetition: Element | undefined): Repetition | null {
  const interval = text(repetition, 'Interval')
  if (interval === null) return null
  return {
    interval,
    duration: text(repetition, 'Duration'),
    stopAtDurationEnd: flag(repetition, 'StopAtDurationEnd', false),
  }
}

function scheduleOf(schedule: Element): CalendarSchedule[] {
  switch (schedule.name) {
    case 'ScheduleByDay':
      return [{ by: 'day', daysInterval: count(schedule, 'DaysInterval', 1) }]
    case 'ScheduleByWeek':
      return [
        {
          by: 'week',
          weeksInterval: count(schedule, 'WeeksInterval', 1),
          daysOfWeek: named(daysOfWeek, schedule, 'DaysOfWeek'),
        },
      ]
    case 'ScheduleByMonth':
      return [
        {
          by: 'month',
          daysOfMonth: numbered(schedule, 'DaysOfMonth', 'Day', 31),
          months: named(months, schedule, 'Months'),
        },
      ]
    case 'ScheduleByMonthDayOfWeek':
      return [
        {
          by: 'month-day-of-week',
          weeks: numbered(schedule, 'Weeks', 'Week', 4),
          daysOfWeek: named(daysOfWeek, schedule, 'DaysOfWeek'),
          months: named(months, schedule, 'Months'),
        },
      ]
    default:
      return []
  }
}

/** `<DaysOfWeek><Monday/></DaysOfWeek>`. */
function named<T extends string>(words: readonly T[], schedule: Element, list: string): T[] {
  return grandchildren(schedule, list).flatMap((element) => oneOf(words, element.name) ?? [])
}

/** `<Weeks><Week>1</Week><Week>Last</Week></Weeks>`. */
function numbered(schedule: Element, list: string, item: string, most: number): (number | 'Last')[] {
  return grandchildren(schedule, list).flatMap((element): (number | 'Last')[] => {
    const said = element.name === item ? element.text.trim() : ''
    if (said.toLowerCase() === 'last') return ['Last']
    const number = wholeNumber(said)
    return number !== null && number >= 1 && number <= most ? [number] : []
  })
}
