import type { Action, CalendarSchedule, Principal, TaskDefinition, Trigger } from '../definition.ts'

/** An action in the words of a person: a command line, or what else it is. Text from the input is not escaped. */
export function describeAction(action: Action): string {
  switch (action.kind) {
    case 'exec': {
      const folder = action.workingDirectory === null ? '' : ` (in ${action.workingDirectory})`
      return (action.arguments === null ? action.command : `${action.command} ${action.arguments}`) + folder
    }
    case 'com-handler':
      return `COM handler ${action.classId}${action.data === null ? '' : ` with ${action.data}`}`
    case 'send-email':
      return `mail to ${action.to ?? 'nobody'} through ${action.server ?? 'no server'}: ${action.subject ?? 'no subject'}`
    case 'show-message':
      return `message ${[action.title, action.body].filter((text) => text !== null).join(': ')}`
  }
}

/** A trigger in the words of a person: `at logon of OFFICE\ann`, `daily at 09:00:00, then every PT5M`. */
export function describeTrigger(trigger: Trigger): string {
  const { repetition } = trigger
  const repeats = repetition
    ? `, then every ${repetition.interval}${repetition.duration === null ? '' : ` for ${repetition.duration}`}`
    : ''
  const until = trigger.endBoundary === null ? '' : `, until ${trigger.endBoundary}`
  const delay = 'delay' in trigger ? trigger.delay : 'randomDelay' in trigger ? trigger.randomDelay : null
  const delayed = delay === null ? '' : `, ${'delay' in trigger ? 'after' : 'within'} ${delay}`
  return occasion(trigger) + repeats + delayed + until + (trigger.enabled ? '' : ' (disabled)')
}

function occasion(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'boot':
      return 'at boot'
    case 'registration':
      return 'when it is registered'
    case 'idle':
      return 'when the computer is idle'
    case 'time':
      return `once at ${trigger.startBoundary ?? 'no time'}`
    case 'calendar':
      return `${trigger.schedule ? describeSchedule(trigger.schedule) : 'on no day'} at ${timeOnly(trigger.startBoundary)}`
    case 'logon':
      return `at logon of ${trigger.userId ?? 'anybody'}`
    case 'event':
      return `on an event: ${trigger.subscription ?? 'of no kind'}`
    case 'session-state-change':
      return `on ${trigger.stateChange ?? 'a change'} of the session of ${trigger.userId ?? 'anybody'}`
    case 'wnf-state-change':
      return `on WNF state ${trigger.stateName ?? 'without a name'}`
  }
}

const timeOnly = (boundary: string | null) => boundary?.slice(boundary.indexOf('T') + 1) ?? 'no time'

function describeSchedule(schedule: CalendarSchedule): string {
  switch (schedule.by) {
    case 'day':
      return schedule.daysInterval === 1 ? 'daily' : `every ${schedule.daysInterval} days`
    case 'week': {
      const weeks = schedule.weeksInterval === 1 ? 'weekly' : `every ${schedule.weeksInterval} weeks`
      return schedule.daysOfWeek.length === 0 ? weeks : `${weeks} on ${schedule.daysOfWeek.join(', ')}`
    }
    case 'month':
      return `on day ${schedule.daysOfMonth.join(', ') || 'none'} of ${schedule.months.join(', ') || 'every month'}`
    case 'month-day-of-week':
      return `on ${schedule.daysOfWeek.join(', ') || 'no day'} of week ${schedule.weeks.join(', ') || 'any'} of ${
        schedule.months.join(', ') || 'every month'
      }`
  }
}

/** The principal that the actions run as: the one that `<Actions Context>` names, else the first. */
export function principalOf({ principals, actionsContext }: TaskDefinition): Principal | undefined {
  return principals.find(({ id }) => id !== null && id === actionsContext) ?? principals[0]
}
