import type {
  Action,
  CalendarSchedule,
  Principal,
  RegistrationInfo,
  TaskDefinition,
  TaskSettings,
  Trigger,
} from '../definition.ts'
import { escaped } from './xml-text.ts'

/**
 * The XML of a definition, every setting written out. Reading it gives the definition again.
 * Source: [MS-TSCH] 2.5; the order of the sections is that of `schtasks /query /xml`.
 */
export function printDefinition(definition: TaskDefinition): string {
  const { version, actionsContext, data } = definition
  return (
    '<?xml version="1.0" encoding="UTF-16"?>\r\n' +
    `<Task${attribute('version', version)} xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">` +
    list('RegistrationInfo', registrationInfo(definition.registrationInfo)) +
    list('Triggers', definition.triggers.map(trigger).join('')) +
    list('Principals', definition.principals.map(principal).join('')) +
    list('Settings', settings(definition.settings)) +
    element('Data', data) +
    `<Actions${attribute('Context', actionsContext)}>${definition.actions.map(action).join('')}</Actions></Task>`
  )
}

const attribute = (name: string, value: string | null) => (value === null ? '' : ` ${name}="${escaped(value)}"`)

function element(name: string, value: string | number | boolean | null): string {
  return value === null ? '' : `<${name}>${escaped(String(value))}</${name}>`
}

const list = (name: string, inner: string) => `<${name}>${inner}</${name}>`
const empties = (name: string, names: readonly string[]) =>
  names.length === 0 ? '' : list(name, names.map((one) => `<${one} />`).join(''))
const items = (name: string, item: string, values: readonly (string | number)[]) =>
  values.length === 0 ? '' : list(name, values.map((value) => element(item, value)).join(''))

function registrationInfo(info: RegistrationInfo): string {
  return (
    element('Date', info.date) +
    element('Author', info.author) +
    element('Version', info.version) +
    element('Description', info.description) +
    element('Documentation', info.documentation) +
    element('Source', info.source) +
    element('URI', info.uri) +
    element('SecurityDescriptor', info.securityDescriptor)
  )
}

function trigger(one: Trigger): string {
  const name = triggerNames[one.kind]
  const { repetition } = one
  const repeats =
    repetition &&
    list(
      'Repetition',
      element('Interval', repetition.interval) +
        element('Duration', repetition.duration) +
        element('StopAtDurationEnd', repetition.stopAtDurationEnd),
    )
  return `<${name}${attribute('id', one.id)}>${
    (repeats ?? '') +
    element('StartBoundary', one.startBoundary) +
    element('EndBoundary', one.endBoundary) +
    element('ExecutionTimeLimit', one.executionTimeLimit) +
    element('Enabled', one.enabled) +
    own(one)
  }</${name}>`
}

const triggerNames: Readonly<Record<Trigger['kind'], string>> = {
  boot: 'BootTrigger',
  registration: 'RegistrationTrigger',
  idle: 'IdleTrigger',
  time: 'TimeTrigger',
  calendar: 'CalendarTrigger',
  event: 'EventTrigger',
  logon: 'LogonTrigger',
  'session-state-change': 'SessionStateChangeTrigger',
  'wnf-state-change': 'WnfStateChangeTrigger',
}

function own(one: Trigger): string {
  switch (one.kind) {
    case 'boot':
    case 'registration':
      return element('Delay', one.delay)
    case 'idle':
      return ''
    case 'time':
      return element('RandomDelay', one.randomDelay)
    case 'calendar':
      return element('RandomDelay', one.randomDelay) + (one.schedule ? schedule(one.schedule) : '')
    case 'logon':
      return element('UserId', one.userId) + element('Delay', one.delay)
    case 'event': {
      const values = one.valueQueries.map(
        ({ name, value }) => `<Value${attribute('name', name)}>${escaped(value)}</Value>`,
      )
      return (
        element('Subscription', one.subscription) +
        element('Delay', one.delay) +
        element('PeriodOfOccurrence', one.periodOfOccurrence) +
        element('NumberOfOccurrences', one.numberOfOccurrences) +
        element('MatchingElement', one.matchingElement) +
        (values.length > 0 ? list('ValueQueries', values.join('')) : '')
      )
    }
    case 'session-state-change':
      return element('StateChange', one.stateChange) + element('UserId', one.userId) + element('Delay', one.delay)
    case 'wnf-state-change':
      return (
        element('StateName', one.stateName) +
        element('Data', one.data) +
        element('DataOffset', one.dataOffset) +
        element('Delay', one.delay)
      )
  }
}

function schedule(one: CalendarSchedule): string {
  switch (one.by) {
    case 'day':
      return list('ScheduleByDay', element('DaysInterval', one.daysInterval))
    case 'week':
      return list('ScheduleByWeek', element('WeeksInterval', one.weeksInterval) + empties('DaysOfWeek', one.daysOfWeek))
    case 'month':
      return list('ScheduleByMonth', items('DaysOfMonth', 'Day', one.daysOfMonth) + empties('Months', one.months))
    case 'month-day-of-week':
      return list(
        'ScheduleByMonthDayOfWeek',
        items('Weeks', 'Week', one.weeks) + empties('DaysOfWeek', one.daysOfWeek) + empties('Months', one.months),
      )
  }
}

function principal(one: Principal): string {
  return `<Principal${attribute('id', one.id)}>${
    element('UserId', one.userId) +
    element('GroupId', one.groupId) +
    element('DisplayName', one.displayName) +
    element('LogonType', one.logonType) +
    element('RunLevel', one.runLevel) +
    element('ProcessTokenSidType', one.processTokenSidType) +
    items('RequiredPrivileges', 'Privilege', one.requiredPrivileges)
  }</Principal>`
}

function settings(one: TaskSettings): string {
  const { restartOnFailure: restart, idleSettings: idle, networkSettings: network, maintenanceSettings } = one
  return (
    element('AllowStartOnDemand', one.allowStartOnDemand) +
    (restart ? list('RestartOnFailure', element('Interval', restart.interval) + element('Count', restart.count)) : '') +
    element('MultipleInstancesPolicy', one.multipleInstancesPolicy) +
    element('DisallowStartIfOnBatteries', one.disallowStartIfOnBatteries) +
    element('StopIfGoingOnBatteries', one.stopIfGoingOnBatteries) +
    element('AllowHardTerminate', one.allowHardTerminate) +
    element('StartWhenAvailable', one.startWhenAvailable) +
    element('NetworkProfileName', one.networkProfileName) +
    element('RunOnlyIfNetworkAvailable', one.runOnlyIfNetworkAvailable) +
    element('WakeToRun', one.wakeToRun) +
    element('Enabled', one.enabled) +
    element('Hidden', one.hidden) +
    element('DeleteExpiredTaskAfter', one.deleteExpiredTaskAfter) +
    list(
      'IdleSettings',
      element('Duration', idle.duration) +
        element('WaitTimeout', idle.waitTimeout) +
        element('StopOnIdleEnd', idle.stopOnIdleEnd) +
        element('RestartOnIdle', idle.restartOnIdle),
    ) +
    (network ? list('NetworkSettings', element('Name', network.name) + element('Id', network.id)) : '') +
    element('ExecutionTimeLimit', one.executionTimeLimit) +
    element('Priority', one.priority) +
    element('RunOnlyIfIdle', one.runOnlyIfIdle) +
    element('UseUnifiedSchedulingEngine', one.useUnifiedSchedulingEngine) +
    element('DisallowStartOnRemoteAppSession', one.disallowStartOnRemoteAppSession) +
    (maintenanceSettings
      ? list(
          'MaintenanceSettings',
          element('Period', maintenanceSettings.period) +
            element('Deadline', maintenanceSettings.deadline) +
            element('Exclusive', maintenanceSettings.exclusive),
        )
      : '') +
    element('Volatile', one.volatile)
  )
}

function action(one: Action): string {
  const id = attribute('id', one.id)
  switch (one.kind) {
    case 'exec':
      return `<Exec${id}>${
        element('Command', one.command) +
        element('Arguments', one.arguments) +
        element('WorkingDirectory', one.workingDirectory) +
        (one.hideAppWindow ? element('HideAppWindow', true) : '')
      }</Exec>`
    case 'com-handler':
      return `<ComHandler${id}>${element('ClassId', one.classId)}${element('Data', one.data)}</ComHandler>`
    case 'send-email': {
      const fields = one.headerFields.map(({ name, value }) =>
        list('HeaderField', element('Name', name) + element('Value', value)),
      )
      return `<SendEmail${id}>${
        element('Server', one.server) +
        element('Subject', one.subject) +
        element('To', one.to) +
        element('Cc', one.cc) +
        element('Bcc', one.bcc) +
        element('ReplyTo', one.replyTo) +
        element('From', one.from) +
        (fields.length > 0 ? list('HeaderFields', fields.join('')) : '') +
        element('Body', one.body) +
        items('Attachments', 'File', one.attachments)
      }</SendEmail>`
    }
    case 'show-message':
      return `<ShowMessage${id}>${element('Title', one.title)}${element('Body', one.body)}</ShowMessage>`
  }
}
