import fc from 'fast-check'
import {
  type Action,
  type CalendarSchedule,
  daysOfWeek,
  defaultSettings,
  instancesPolicies,
  months,
  type NamedValue,
  type Principal,
  stateChanges,
  type TaskDefinition,
  type TaskSettings,
  type Trigger,
  type TriggerBase,
} from '../../src/model/definition.ts'

/** Text as XML 1.0 can hold it, without blanks around it, which the reader takes for layout. */
const plain = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const telling = fc.constantFrom(
  ...['C:\\Windows\\System32\\cmd.exe', '%windir%\\a.exe', '%APPDATA%\\b c.exe', 'C:\\Users\\ann\\AppData\\Roaming\\x'],
  ...['C:\\Program Files (x86)\\v\\1.2.3\\u.exe', '"c:\\a b\\c.exe"', '/c a & b', '-enc QUJD', '<a b="c">&amp;</a>'],
  ...[
    'OFFICE\\ann',
    'S-1-5-18',
    'NT AUTHORITY\\SYSTEM',
    'S-1-5-21-1-2-3-1001',
    '{8A69D345-D564-463C-AFF1-A69D9E530F96}',
  ],
  ...['\\\\srv1\\share\\x.ps1', 'http://a.example.test/12345678', ']]>', '..\\..', 'C:', '%', '%%x%%', '"'],
)
export const text = fc
  .oneof(plain, telling)
  .map((one) => one.replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd]/g, '').trim())
  .filter((one) => one !== '')
export const maybe = fc.option(text, { freq: 2 })
const flag = fc.boolean()
const duration = fc.constantFrom('PT1M', 'PT60S', 'PT5M', 'PT1H', 'PT60M', 'P1D', 'PT24H', 'P1M', 'P1Y2M3DT4H5M6S')
const boundary = fc.constantFrom(null, '2024-05-01T09:00:00', '2015-07-15T20:35:13.2757294', '2024-05-01T09:00:00Z')
const named: fc.Arbitrary<NamedValue> = fc.record({ name: text, value: text })
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 3 })
const some = <T>(all: readonly T[]) => fc.subarray([...all])

export const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant('exec' as const),
    id: maybe,
    command: text,
    arguments: maybe,
    workingDirectory: maybe,
    hideAppWindow: flag,
  }),
  fc.record({ kind: fc.constant('com-handler' as const), id: maybe, classId: text, data: maybe }),
  fc.record({
    kind: fc.constant('send-email' as const),
    id: maybe,
    server: maybe,
    subject: maybe,
    to: maybe,
    cc: maybe,
    bcc: maybe,
    replyTo: maybe,
    from: maybe,
    headerFields: few(named),
    body: maybe,
    attachments: few(text),
  }),
  fc.record({ kind: fc.constant('show-message' as const), id: maybe, title: maybe, body: maybe }),
)

const day = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('Last' as const))
const week = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant('Last' as const))
const schedule: fc.Arbitrary<CalendarSchedule> = fc.oneof(
  fc.record({ by: fc.constant('day' as const), daysInterval: fc.integer({ min: 1, max: 365 }) }),
  fc.record({
    by: fc.constant('week' as const),
    weeksInterval: fc.integer({ min: 1, max: 52 }),
    daysOfWeek: some(daysOfWeek),
  }),
  fc.record({ by: fc.constant('month' as const), daysOfMonth: few(day), months: some(months) }),
  fc.record({
    by: fc.constant('month-day-of-week' as const),
    weeks: few(week),
    daysOfWeek: some(daysOfWeek),
    months: some(months),
  }),
)

const base = <K extends Trigger['kind']>(kind: K) => ({
  kind: fc.constant(kind),
  id: maybe,
  enabled: flag,
  startBoundary: boundary,
  endBoundary: boundary,
  repetition: fc.option(
    fc.record({ interval: duration, duration: fc.option(duration), stopAtDurationEnd: flag }),
  ) as fc.Arbitrary<TriggerBase['repetition']>,
  executionTimeLimit: fc.option(duration),
})
const delay = fc.option(duration)

export const trigger: fc.Arbitrary<Trigger> = fc.oneof(
  fc.record({ ...base('boot'), delay }),
  fc.record({ ...base('registration'), delay }),
  fc.record(base('idle')),
  fc.record({ ...base('time'), randomDelay: delay }),
  fc.record({ ...base('calendar'), randomDelay: delay, schedule: fc.option(schedule) }),
  fc.record({ ...base('logon'), userId: maybe, delay }),
  fc.record({
    ...base('event'),
    subscription: maybe,
    delay,
    periodOfOccurrence: delay,
    numberOfOccurrences: fc.integer({ min: 1, max: 32 }),
    matchingElement: maybe,
    valueQueries: few(named),
  }),
  fc.record({
    ...base('session-state-change'),
    stateChange: fc.option(fc.constantFrom(...stateChanges)),
    userId: maybe,
    delay,
  }),
  fc.record({ ...base('wnf-state-change'), stateName: maybe, data: maybe, dataOffset: maybe, delay }),
)

export const principal: fc.Arbitrary<Principal> = fc.record({
  id: maybe,
  userId: maybe,
  groupId: maybe,
  displayName: maybe,
  logonType: fc.constantFrom(null, 'InteractiveToken', 'S4U', 'Password'),
  runLevel: fc.constantFrom('LeastPrivilege', 'HighestAvailable'),
  processTokenSidType: fc.constantFrom(null, 'None', 'Unrestricted'),
  requiredPrivileges: few(fc.constantFrom('SeDebugPrivilege', 'SeTcbPrivilege', 'SeBackupPrivilege')),
})

export const settings: fc.Arbitrary<TaskSettings> = fc.record({
  ...Object.fromEntries(
    Object.entries(defaultSettings).flatMap(([key, value]) => (typeof value === 'boolean' ? [[key, flag]] : [])),
  ),
  restartOnFailure: fc.option(fc.record({ interval: duration, count: fc.integer({ min: 1, max: 255 }) })),
  multipleInstancesPolicy: fc.constantFrom(...instancesPolicies),
  networkProfileName: maybe,
  deleteExpiredTaskAfter: fc.option(duration),
  idleSettings: fc.record({ duration, waitTimeout: duration, stopOnIdleEnd: flag, restartOnIdle: flag }),
  networkSettings: fc.option(fc.record({ name: text, id: maybe })),
  executionTimeLimit: duration,
  priority: fc.integer({ min: 0, max: 10 }),
  maintenanceSettings: fc.option(fc.record({ period: duration, deadline: fc.option(duration), exclusive: flag })),
}) as fc.Arbitrary<TaskSettings>

/** Any definition that the schema can say, with some that it would refuse. */
export const definition: fc.Arbitrary<TaskDefinition> = fc.record({
  version: fc.constantFrom(null, '1.0', '1.2', '1.6'),
  registrationInfo: fc.record({
    author: maybe,
    date: boundary,
    description: maybe,
    source: maybe,
    uri: maybe,
    documentation: maybe,
    version: maybe,
    securityDescriptor: maybe,
  }),
  triggers: few(trigger),
  principals: few(principal),
  settings,
  actionsContext: maybe,
  actions: fc.array(action, { minLength: 1, maxLength: 4 }),
  data: maybe,
})
