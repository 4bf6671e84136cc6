import { describe, expect, test } from 'vitest'
import {
  type Action,
  defaultSettings,
  type ExecAction,
  emptyDefinition,
  type Principal,
  type TaskDefinition,
  type TaskSettings,
  type Trigger,
} from '../definition.ts'
import { type PartialDefinition, saysNothing, silentPrincipal, silentTrigger } from '../partial-definition.ts'
import { canonicalDefinition, compatibility, differences, looseDefinition } from './index.ts'

const exec = (command: string, args: string | null = null): ExecAction => ({
  kind: 'exec',
  id: null,
  command,
  arguments: args,
  workingDirectory: null,
  hideAppWindow: false,
})
const base = {
  id: null,
  enabled: true,
  startBoundary: null,
  endBoundary: null,
  repetition: null,
  executionTimeLimit: null,
}
const logon = (userId: string | null = null): Trigger => ({ ...base, kind: 'logon', userId, delay: null })
const daily = (startBoundary: string): Trigger => ({
  ...base,
  kind: 'calendar',
  startBoundary,
  randomDelay: null,
  schedule: { by: 'day', daysInterval: 1 },
})
const runsAs = (userId: string, more: Partial<Principal> = {}): Principal => ({
  id: 'Author',
  userId,
  groupId: null,
  displayName: null,
  logonType: null,
  runLevel: 'LeastPrivilege',
  processTokenSidType: null,
  requiredPrivileges: [],
  ...more,
})
interface Parts {
  actions?: Action[]
  triggers?: Trigger[]
  principals?: Principal[]
  settings?: Partial<TaskSettings>
  author?: string
}
const task = ({ actions, triggers, principals, settings, author }: Parts): TaskDefinition => ({
  ...emptyDefinition,
  actions: actions ?? [exec('a.exe')],
  triggers: triggers ?? [],
  principals: principals ?? [],
  settings: { ...defaultSettings, ...settings },
  registrationInfo: { ...emptyDefinition.registrationInfo, author: author ?? null },
})

describe('two definitions have one canonical form', () => {
  test.each<[string, Parts, Parts]>([
    [
      'when paths are written differently',
      { actions: [exec('%windir%\\a.exe')] },
      { actions: [exec('"C:\\Windows\\A.EXE"')] },
    ],
    [
      'when only the date of the start differs',
      { triggers: [daily('2024-05-01T09:00:00')] },
      { triggers: [daily('2020-01-01T09:00:00.5')] },
    ],
    [
      'when the start is the same in another zone',
      { triggers: [daily('2024-05-01T09:00:00Z')] },
      { triggers: [daily('2024-05-01T11:00:00+02:00')] },
    ],
    [
      'when a logon trigger counts from another time',
      { triggers: [{ ...logon(), startBoundary: '2024-05-01T09:00:00' }] },
      { triggers: [logon()] },
    ],
    [
      'whatever SYSTEM is called',
      { principals: [runsAs('S-1-5-18')] },
      { principals: [runsAs('NT-AUTORITÄT\\SYSTEM')] },
    ],
    [
      'whatever run level SYSTEM is given',
      { principals: [runsAs('S-1-5-18')] },
      { principals: [runsAs('SYSTEM', { runLevel: 'HighestAvailable', logonType: 'ServiceAccount' })] },
    ],
    [
      'when a duration is written differently',
      { triggers: [{ ...logon(), repetition: { interval: 'PT60M', duration: 'P1D', stopAtDurationEnd: false } }] },
      { triggers: [{ ...logon(), repetition: { interval: 'PT1H', duration: 'PT24H', stopAtDurationEnd: false } }] },
    ],
    ['when a trigger is disabled or left out', { triggers: [{ ...logon(), enabled: false }] }, {}],
    [
      'when only batteries, priority and time limits differ',
      { settings: { priority: 4, disallowStartIfOnBatteries: false, executionTimeLimit: 'PT1H' } },
      {},
    ],
    ['whoever the author is', { author: 'Microsoft Corporation' }, {}],
    [
      'when profile folders are other people’s',
      { actions: [exec('C:\\Users\\ann\\AppData\\Local\\a.exe')] },
      { actions: [exec('%LOCALAPPDATA%\\a.exe')] },
    ],
  ])('%s', (_, one, other) => {
    expect(canonicalDefinition(task(one))).toBe(canonicalDefinition(task(other)))
  })
})

describe('two definitions have different forms', () => {
  test.each<[string, Parts, Parts]>([
    [
      'when arguments differ in case alone, which may be base64',
      { actions: [exec('a', '-enc QUJD')] },
      { actions: [exec('a', '-enc qujd')] },
    ],
    ['when an action is run twice', { actions: [exec('a'), exec('a')] }, { actions: [exec('a')] }],
    ['when one is hidden', { settings: { hidden: true } }, {}],
    ['when one is disabled', { settings: { enabled: false } }, {}],
    ['when it is another user', { principals: [runsAs('OFFICE\\ann')] }, { principals: [runsAs('OFFICE\\bob')] }],
    [
      'when somebody else is called SYSTEM',
      { principals: [runsAs('OFFICE\\SYSTEM')] },
      { principals: [runsAs('SYSTEM')] },
    ],
    [
      'when the time of day differs',
      { triggers: [daily('2024-05-01T09:00:00')] },
      { triggers: [daily('2024-05-01T10:00:00')] },
    ],
    [
      'when the folder only looks like Windows',
      { actions: [exec('D:\\Windows\\a.exe')] },
      { actions: [exec('C:\\Windows\\a.exe')] },
    ],
  ])('%s', (_, one, other) => {
    expect(canonicalDefinition(task(one))).not.toBe(canonicalDefinition(task(other)))
  })
})

test('the canonical form is lines of what is said', () => {
  expect(
    canonicalDefinition(
      task({
        actions: [exec('%ComSpec%', '/c calc')],
        triggers: [daily('2024-05-01T09:00:00')],
        principals: [runsAs('SYSTEM')],
        settings: { hidden: true },
      }),
    ),
  ).toBe(
    [
      'tasktrail.definition/1',
      'action {"arguments":"/c calc","command":"%systemroot%\\\\system32\\\\cmd.exe","kind":"exec"}',
      'runs-as {"userId":"S-1-5-18"}',
      'trigger {"kind":"calendar","schedule":{"by":"day","daysInterval":1},"startBoundary":"T09:00:00"}',
      'settings {"hidden":true}',
    ].join('\n'),
  )
})

describe('the loose form makes one thing of', () => {
  test.each<[string, Parts, Parts]>([
    [
      'users',
      { principals: [runsAs('OFFICE\\ann')], actions: [exec('D:\\homes\\ann\\a.exe', '/u ann')] },
      { principals: [runsAs('SHOP\\bob')], actions: [exec('D:\\homes\\bob\\a.exe', '/u bob')] },
    ],
    ['SIDs', { actions: [exec('a', 'S-1-5-21-1-2-3-1001')] }, { actions: [exec('a', 'S-1-5-21-9-8-7-500')] }],
    [
      'GUIDs',
      { actions: [exec('a', '{8A69D345-D564-463C-AFF1-A69D9E530F96}')] },
      { actions: [exec('a', '00000000-d564-463c-aff1-a69d9e530f96')] },
    ],
    [
      'versions',
      { actions: [exec('C:\\Program Files\\x\\98.0.4758.102\\u.exe')] },
      { actions: [exec('C:\\Program Files\\x\\99.1\\u.exe')] },
    ],
    [
      'hosts',
      { actions: [exec('\\\\srv1\\share\\a.exe')] },
      { actions: [exec('\\\\srv2.example.test\\share\\a.exe')] },
    ],
    ['long numbers', { actions: [exec('a', '/id 123456')] }, { actions: [exec('a', '/id 7654321')] }],
    ['times of day', { triggers: [daily('2024-05-01T09:00:00')] }, { triggers: [daily('2024-05-01T10:30:00')] }],
    ['enabled and disabled', { settings: { enabled: false } }, {}],
  ])('%s', (_, one, other) => {
    expect(looseDefinition(task(one))).toBe(looseDefinition(task(other)))
  })

  test('but not of the classes of COM handlers, of kinds of accounts, or of words like a user’s name', () => {
    const com = (classId: string): Action => ({ kind: 'com-handler', id: null, classId, data: null })
    const loose = (parts: Parts) => looseDefinition(task(parts))
    expect(loose({ actions: [com('{8A69D345-D564-463C-AFF1-A69D9E530F96}')] })).not.toBe(
      loose({ actions: [com('{00000000-D564-463C-AFF1-A69D9E530F96}')] }),
    )
    expect(loose({ principals: [runsAs('SYSTEM')] })).not.toBe(loose({ principals: [runsAs('OFFICE\\ann')] }))
    expect(loose({ principals: [runsAs('OFFICE\\ann')], actions: [exec('annual.exe')] })).toContain('annual.exe')
  })
})

describe('a difference', () => {
  test('is a plain statement, the weightiest first', () => {
    expect(
      differences(
        task({
          actions: [exec('C:\\a.exe')],
          principals: [runsAs('OFFICE\\ann')],
          triggers: [daily('2024-05-01T09:00:00')],
          author: 'OFFICE\\ann',
        }),
        task({
          actions: [exec('powershell', '-enc QUJD'), exec('b.exe')],
          principals: [runsAs('S-1-5-18', { runLevel: 'HighestAvailable' })],
          triggers: [daily('2024-05-01T09:00:00'), logon('OFFICE\\ann')],
          settings: { hidden: true, enabled: false, deleteExpiredTaskAfter: 'PT0S' },
          author: 'Microsoft',
        }),
      ),
    ).toEqual([
      'action: C:\\a.exe → powershell -enc QUJD',
      'action added: b.exe',
      'runs as SYSTEM, was OFFICE\\ann',
      'now hidden',
      'disabled',
      'trigger added: at logon of OFFICE\\ann',
      'deleted PT0S after it expired',
      'author: OFFICE\\ann → Microsoft',
    ])
  })

  test('is none where the same is written differently', () => {
    expect(
      differences(
        task({
          actions: [exec('%windir%\\a.exe')],
          settings: { executionTimeLimit: 'P3D' },
          principals: [runsAs('SYSTEM')],
        }),
        task({ actions: [exec('C:\\Windows\\a.exe')], principals: [runsAs('S-1-5-18')] }),
      ),
    ).toEqual([])
  })

  test('tells a trigger that was switched off, changed or removed', () => {
    const of = (before: Trigger[], after: Trigger[]) =>
      differences(task({ triggers: before }), task({ triggers: after }))
    expect(
      of([logon(), daily('2024-05-01T09:00:00')], [{ ...logon(), enabled: false }, daily('2024-05-01T09:00:00')]),
    ).toEqual(['trigger: at logon of anybody → at logon of anybody (disabled)'])
    expect(of([logon()], [{ ...logon(), enabled: false }])).toEqual([
      'no longer starts by itself: all its triggers are disabled',
      'trigger: at logon of anybody → at logon of anybody (disabled)',
    ])
    expect(of([daily('2024-05-01T09:00:00')], [daily('2024-05-01T10:00:00')])).toEqual([
      'trigger: daily at 09:00:00 → daily at 10:00:00',
    ])
    expect(of([logon()], [])).toEqual(['trigger removed: at logon of anybody'])
  })
})

describe('a command', () => {
  const asked = (said: Partial<PartialDefinition>) => ({ ...saysNothing, ...said })
  const action = (commandLine: string) => asked({ actions: [{ kind: 'exec', commandLine, workingDirectory: null }] })

  test.each<[string, PartialDefinition, Parts]>([
    ['its action, however quoted', action('"C:\\a b\\c.exe" /x'), { actions: [exec('C:\\a b\\c.exe', '/x')] }],
    ['its action, however the folder is written', action('%windir%\\a.exe'), { actions: [exec('C:\\Windows\\A.exe')] }],
    [
      'its account by another name',
      asked({ principal: { ...silentPrincipal, account: 'system' } }),
      { principals: [runsAs('S-1-5-18')] },
    ],
    [
      'its account without the domain',
      asked({ principal: { ...silentPrincipal, account: 'ann' } }),
      { principals: [runsAs('OFFICE\\ann')] },
    ],
    [
      'a daily trigger',
      asked({
        triggers: [
          { ...silentTrigger, kind: 'calendar', timeOfDay: '09:00', schedule: { by: 'day', daysInterval: 1 } },
        ],
      }),
      { triggers: [daily('2024-05-01T09:00:00')] },
    ],
    [
      'a repetition',
      asked({
        triggers: [
          {
            ...silentTrigger,
            kind: 'time',
            repetition: { interval: 'PT60M', duration: null, stopAtDurationEnd: false },
          },
        ],
      }),
      {
        triggers: [
          {
            ...base,
            kind: 'time',
            randomDelay: null,
            startBoundary: '2024-05-01T09:00:00',
            repetition: { interval: 'PT1H', duration: null, stopAtDurationEnd: false },
          },
        ],
      },
    ],
    [
      'an event',
      asked({ triggers: [{ ...silentTrigger, kind: 'event', channel: 'System', query: '*[System/EventID=101]' }] }),
      {
        triggers: [
          {
            ...base,
            kind: 'event',
            subscription:
              '<QueryList><Query Id="0" Path="System"><Select Path="System">*[System/EventID=101]</Select></Query></QueryList>',
            delay: null,
            periodOfOccurrence: null,
            numberOfOccurrences: 1,
            matchingElement: null,
            valueQueries: [],
          },
        ],
      },
    ],
    ['the part of a setting that it asked for', asked({ settings: { idleSettings: { duration: 'PT10M' } } }), {}],
  ])('can be a definition that has %s', (_, partial, parts) => {
    expect(compatibility(partial, task(parts))).toEqual({ compatible: 'yes', reasons: [] })
  })

  test.each<[PartialDefinition, Parts, string]>([
    [action('b.exe'), {}, 'asked for b.exe, the task has a.exe'],
    [
      asked({ principal: { ...silentPrincipal, account: 'ann' } }),
      { principals: [runsAs('SYSTEM')] },
      'asked to run as ann, the task runs as SYSTEM',
    ],
    [asked({ settings: { hidden: true } }), {}, 'asked for hidden true, the task has false'],
    [
      asked({ triggers: [{ ...silentTrigger, kind: 'boot' }] }),
      { triggers: [logon()] },
      'asked for a boot trigger, the task has none',
    ],
    [
      asked({ triggers: [{ ...silentTrigger, kind: 'calendar', timeOfDay: '10:00' }] }),
      { triggers: [daily('2024-05-01T09:00:00')] },
      'asked for 10:00, the task has daily at 09:00:00',
    ],
    [
      asked({ principal: { ...silentPrincipal, runLevel: 'HighestAvailable' } }),
      { principals: [runsAs('ann')] },
      'asked for run level HighestAvailable, the task has LeastPrivilege',
    ],
  ])('%#: contradicts, with the reason', (partial, parts, reason) => {
    expect(compatibility(partial, task(parts))).toEqual({ compatible: 'no', reasons: [reason] })
  })

  test('that cannot be compared is unknown', () => {
    expect(compatibility(saysNothing, task({}))).toEqual({ compatible: 'unknown', reasons: [] })
    expect(compatibility(action('$program -x'), task({})).compatible).toBe('unknown')
    expect(
      compatibility(
        asked({ principal: { ...silentPrincipal, account: 'OFFICE\\ann' } }),
        task({ principals: [runsAs('S-1-5-21-1-2-3-1001')] }),
      ).compatible,
    ).toBe('unknown')
  })
})

test.each(['a', '%temp%', 'c:\\', '\\\\a\\', '1', '1.', '-1', '{0', 's-1-5-21-1', ' ', '"', "'", '>', '<a>'])(
  'definitions with 256 KB of %s end soon',
  (text) => {
    const long = text.repeat((1 << 18) / text.length)
    const one = task({
      actions: [exec(long, long)],
      principals: [runsAs(long)],
      triggers: [
        logon(long),
        daily(long),
        {
          ...base,
          kind: 'time',
          randomDelay: long,
          repetition: { interval: long, duration: long, stopAtDurationEnd: true },
        },
      ],
      author: `A\\${long}`,
    })
    const started = process.cpuUsage()
    canonicalDefinition(one)
    looseDefinition(one)
    differences(one, task({}))
    compatibility({ ...saysNothing, actions: [{ kind: 'exec', commandLine: long, workingDirectory: null }] }, one)
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(10_000) // a quadratic one needs half a minute
  },
)
