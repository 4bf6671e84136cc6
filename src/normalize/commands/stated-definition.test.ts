import { describe, expect, test } from 'vitest'
import type { PartialDefinition, StatedTrigger } from '../../model/partial-definition.ts'
import { askedBy, readScriptText, type StartedProcess } from './index.ts'

const taskCommand = (process: StartedProcess) => askedBy(process).command

const scriptCommand = (text: string) => readScriptText(text).command

/** Only what is said, of a definition and of what it holds. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && !(typeof one === 'object' && Object.keys(one).length === 0))
      .map(([key, one]) => [key, said(one)]),
  )
}

const ofCommand = (args: string): PartialDefinition | null =>
  taskCommand({ image: 'schtasks.exe', originalFileName: null, commandLine: `schtasks /create /tn x /tr y ${args}` })
    ?.definition ?? null
const triggerOf = (args: string) => said(ofCommand(args)?.triggers?.[0])
const ofScript = (script: string) => said(scriptCommand(script)?.definition)

/** https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks-create */
describe('schtasks says of a trigger', () => {
  test.each([
    ['/sc minute', { kind: 'time', repetition: { interval: 'PT1M', stopAtDurationEnd: false } }],
    [
      '/sc minute /mo 30 /st 08:00 /et 18:00 /k',
      {
        kind: 'time',
        timeOfDay: '08:00',
        repetition: { interval: 'PT30M', duration: 'PT600M', stopAtDurationEnd: true },
      },
    ],
    ['/sc hourly /mo 4', { kind: 'time', repetition: { interval: 'PT240M', stopAtDurationEnd: false } }],
    ['/sc daily /mo 3 /st 9:00', { kind: 'calendar', timeOfDay: '09:00', schedule: { by: 'day', daysInterval: 3 } }],
    [
      '/sc daily /ri 15 /du 0002:30',
      {
        kind: 'calendar',
        schedule: { by: 'day', daysInterval: 1 },
        repetition: { interval: 'PT15M', duration: 'PT150M', stopAtDurationEnd: false },
      },
    ],
    [
      '/sc weekly /mo 2 /d MON,fri',
      { kind: 'calendar', schedule: { by: 'week', weeksInterval: 2, daysOfWeek: ['Monday', 'Friday'] } },
    ],
    [
      '/sc monthly /d 15 /m MAY,JUN',
      { kind: 'calendar', schedule: { by: 'month', daysOfMonth: [15], months: ['May', 'June'] } },
    ],
    ['/sc monthly /mo lastday /m *', { kind: 'calendar', schedule: { by: 'month', daysOfMonth: ['Last'] } }],
    [
      '/sc monthly /mo SECOND /d SUN',
      { kind: 'calendar', schedule: { by: 'month-day-of-week', weeks: [2], daysOfWeek: ['Sunday'] } },
    ],
    [
      '/sc once /sd 01/02/2024 /st 23:59 /ed 02/02/2024',
      { kind: 'time', startDate: '01/02/2024', timeOfDay: '23:59', endDate: '02/02/2024' },
    ],
    ['/sc onstart /delay 0001:30', { kind: 'boot', delay: 'PT1M30S' }],
    ['/sc onlogon', { kind: 'logon' }],
    ['/sc onidle /i 10', { kind: 'idle' }],
    [
      '/sc onevent /ec System /mo *[System/EventID=101]',
      { kind: 'event', channel: 'System', query: '*[System/EventID=101]' },
    ],
  ])('%s', (args, expected) => {
    expect(triggerOf(args)).toEqual(said(expected))
  })

  test('nothing in words of another language, which stay the schedule', () => {
    const command = taskCommand({
      image: 'schtasks',
      originalFileName: null,
      commandLine: 'schtasks /create /sc TÄGLICH /tn x /tr y',
    })
    expect(command).toMatchObject({ schedule: 'TÄGLICH', definition: { triggers: null } })
  })
})

describe('schtasks says of a task', () => {
  test.each([
    ['/ru OFFICE\\ann /np', { principal: { account: 'OFFICE\\ann', logonType: 'S4U' } }],
    ['/it /rl limited', { principal: { logonType: 'InteractiveToken', runLevel: 'LeastPrivilege' } }],
    ['/rl HIGHEST /z', { principal: { runLevel: 'HighestAvailable' }, settings: { deleteExpiredTaskAfter: 'PT0S' } }],
  ])('%s', (args, expected) => {
    expect(said(ofCommand(args))).toMatchObject(expected)
  })

  test('idle time is a setting', () => {
    expect(ofCommand('/sc onidle /i 10')?.settings).toEqual({ idleSettings: { duration: 'PT10M' } })
  })

  test('a change says only what it changes', () => {
    const of = (args: string) =>
      said(
        taskCommand({ image: 'schtasks', originalFileName: null, commandLine: `schtasks /change /tn x ${args}` })
          ?.definition,
      )
    expect(of('/disable')).toEqual({ settings: { enabled: false } })
    expect(of('/st 10:00 /ri 5')).toEqual({
      triggers: [{ timeOfDay: '10:00', repetition: { interval: 'PT5M', stopAtDurationEnd: false } }],
    })
  })

  test('the account for the other host, never its password', () => {
    const command = taskCommand({
      image: 'schtasks',
      originalFileName: null,
      commandLine: 'schtasks /create /s srv /u OFFICE\\adm /p hunter2 /ru ann /rp hunter3 /tn x /tr y',
    })
    expect(command?.connectAs).toBe('OFFICE\\adm')
    expect(JSON.stringify(command)).not.toContain('hunter')
  })

  test.each(['/query /tn x', '/delete /tn x /f', '/run /tn x'])('nothing by %s', (args) => {
    const command = taskCommand({ image: 'schtasks', originalFileName: null, commandLine: `schtasks ${args}` })
    expect(command).toMatchObject({ definition: null })
  })
})

/** https://learn.microsoft.com/windows-server/administration/windows-commands/at */
describe('at says', () => {
  const of = (args: string): Partial<StatedTrigger> | undefined =>
    taskCommand({ image: 'at.exe', originalFileName: null, commandLine: `at ${args}` })?.definition?.triggers?.[0]

  test.each([
    ['13:20 cmd', { kind: 'time', timeOfDay: '13:20' }],
    ['1:20pm /next:F cmd', { kind: 'time', timeOfDay: '13:20' }],
    [
      '12:05am /every:M,Th,Su cmd',
      { timeOfDay: '00:05', schedule: { by: 'week', weeksInterval: 1, daysOfWeek: ['Monday', 'Thursday', 'Sunday'] } },
    ],
    ['13:20 /every:1,15 cmd', { kind: 'calendar', schedule: { by: 'month', daysOfMonth: [1, 15], months: [] } }],
  ])('%s', (args, expected) => {
    expect(of(args)).toMatchObject(expected)
  })
})

/** https://learn.microsoft.com/powershell/module/scheduledtasks/ */
describe('the cmdlets say', () => {
  const registered = (parts: string) =>
    ofScript(`${parts}\nRegister-ScheduledTask x -Action $a -Trigger $t -Settings $s -Principal $p`)

  test('what their parts were made of', () => {
    expect(
      registered(`$a = New-ScheduledTaskAction -Execute a.exe -Argument '-x' -WorkingDirectory 'C:\\w'
        $t = New-ScheduledTaskTrigger -Once -At '3:30 PM' -RepetitionInterval (New-TimeSpan -Minutes 5) -RepetitionDuration 1.00:00:00
        $s = New-ScheduledTaskSettingsSet -Hidden -AllowStartIfOnBatteries -StartWhenAvailable -ExecutionTimeLimit ([TimeSpan]::FromHours(1)) -MultipleInstances Queue
        $p = New-ScheduledTaskPrincipal -UserId OFFICE\\ann -LogonType S4U -RunLevel Highest -RequiredPrivilege SeDebugPrivilege,SeTcbPrivilege`),
    ).toEqual({
      actions: [{ kind: 'exec', commandLine: 'a.exe -x', workingDirectory: 'C:\\w' }],
      triggers: [
        {
          kind: 'time',
          timeOfDay: '15:30',
          repetition: { interval: 'PT5M', duration: 'PT1440M', stopAtDurationEnd: false },
        },
      ],
      principal: {
        account: 'OFFICE\\ann',
        logonType: 'S4U',
        runLevel: 'HighestAvailable',
        requiredPrivileges: ['SeDebugPrivilege', 'SeTcbPrivilege'],
      },
      settings: {
        hidden: true,
        disallowStartIfOnBatteries: false,
        startWhenAvailable: true,
        executionTimeLimit: 'PT3600S',
        multipleInstancesPolicy: 'Queue',
      },
    })
  })

  test('several actions and triggers', () => {
    expect(
      ofScript(`$a = New-ScheduledTaskAction a.exe; $b = New-ScheduledTaskAction b.exe
        Register-ScheduledTask x -Action $a,$b -Trigger @((New-ScheduledTaskTrigger -AtLogOn -User OFFICE\\ann), (New-ScheduledTaskTrigger -AtStartup)) -Description d`),
    ).toEqual({
      actions: [
        { kind: 'exec', commandLine: 'a.exe' },
        { kind: 'exec', commandLine: 'b.exe' },
      ],
      triggers: [{ kind: 'logon', userId: 'OFFICE\\ann' }, { kind: 'boot' }],
      description: 'd',
    })
  })

  test.each([
    ['-Daily -At 3am -DaysInterval 2', { timeOfDay: '03:00', schedule: { by: 'day', daysInterval: 2 } }],
    [
      '-Weekly -At 09:00 -DaysOfWeek Monday,Friday -WeeksInterval 2',
      { timeOfDay: '09:00', schedule: { by: 'week', weeksInterval: 2, daysOfWeek: ['Monday', 'Friday'] } },
    ],
    ['-AtStartup -RandomDelay 00:10:00', { kind: 'boot', delay: 'PT10M' }],
  ])('New-ScheduledTaskTrigger %s', (args, expected) => {
    expect(ofScript(`Register-ScheduledTask x -Trigger (New-ScheduledTaskTrigger ${args})`)).toMatchObject({
      triggers: [expected],
    })
  })

  test('in a module log too', () => {
    const line = (cmdlet: string, name: string, value: string) =>
      `ParameterBinding(${cmdlet}): name="${name}"; value="${value}"\r\n`
    expect(
      ofScript(
        `CommandInvocation(New-ScheduledTaskAction): "New-ScheduledTaskAction"\r\n${line('New-ScheduledTaskAction', 'Execute', 'a.exe')}` +
          `CommandInvocation(Register-ScheduledTask): "Register-ScheduledTask"\r\n${line('Register-ScheduledTask', 'TaskName', 'x')}`,
      ),
    ).toEqual({ actions: [{ kind: 'exec', commandLine: 'a.exe' }] })
  })
})

describe('parts that are made and not registered', () => {
  const made = (text: string) => said(readScriptText(text).made)

  test.each([
    ['$a = New-ScheduledTaskAction -Execute a.exe', { actions: [{ kind: 'exec', commandLine: 'a.exe' }] }],
    [
      'CommandInvocation(New-ScheduledTaskAction): "New-ScheduledTaskAction"\r\n' +
        'ParameterBinding(New-ScheduledTaskAction): name="Execute"; value="a.exe"\r\n',
      { actions: [{ kind: 'exec', commandLine: 'a.exe' }] },
    ],
    ['New-ScheduledTaskTrigger -AtLogOn', { triggers: [{ kind: 'logon' }] }],
  ])('%s', (text, expected) => {
    expect(made(text)).toEqual(expected)
    expect(scriptCommand(text)).toBeNull()
  })

  test('are none once they were registered', () => {
    expect(made('$a = New-ScheduledTaskAction a.exe; Register-ScheduledTask x -Action $a')).toBeNull()
    expect(made('Get-ScheduledTask x')).toBeNull()
  })
})

/** https://learn.microsoft.com/windows/win32/taskschd/scripting-objects */
describe('COM objects say', () => {
  test('what was set on them', () => {
    expect(
      ofScript(`$service = New-Object -ComObject Schedule.Service
$service.Connect()
$def = $service.NewTask(0)
$def.RegistrationInfo.Author = 'Microsoft Corporation'
$def.Settings.Hidden = $true
$def.Settings.Enabled = $true
$def.Settings.ExecutionTimeLimit = 'PT0S'
$def.Principal.RunLevel = 1
$trigger = $def.Triggers.Create(9)
$trigger.UserId = 'OFFICE\\ann'
$trigger.Delay = 'PT30S'
$daily = $def.Triggers.Create(2)
$daily.StartBoundary = '2024-05-01T09:00:00'
$daily.DaysInterval = 2
$daily.Repetition.Interval = 'PT5M'
$action = $def.Actions.Create(0)
$action.Path = 'a.exe'
$action.Arguments = '-x'
$service.GetFolder('\\').RegisterTaskDefinition('T', $def, 6, 'SYSTEM', $null, 5)`),
    ).toEqual({
      actions: [{ kind: 'exec', commandLine: 'a.exe -x' }],
      triggers: [
        { kind: 'logon', userId: 'OFFICE\\ann', delay: 'PT30S' },
        {
          kind: 'calendar',
          startDate: '2024-05-01',
          timeOfDay: '09:00',
          schedule: { by: 'day', daysInterval: 2 },
          repetition: { interval: 'PT5M', stopAtDurationEnd: false },
        },
      ],
      principal: { account: 'SYSTEM', runLevel: 'HighestAvailable' },
      settings: { hidden: true, enabled: true, executionTimeLimit: 'PT0S' },
      author: 'Microsoft Corporation',
    })
  })

  test('a COM handler by its class', () => {
    expect(
      ofScript(`$s = New-Object -ComObject Schedule.Service; $d = $s.NewTask(0); $a = $d.Actions.Create(5)
$a.ClassId = '{8A69D345-D564-463C-AFF1-A69D9E530F96}'
$s.GetFolder('\\').RegisterTaskDefinition('T', $d, 6, $null, $null, 3)`),
    ).toMatchObject({ actions: [{ kind: 'com-handler', classId: '{8A69D345-D564-463C-AFF1-A69D9E530F96}' }] })
  })
})

/** https://github.com/dahall/TaskScheduler */
describe('the .NET wrapper says', () => {
  test('what is added to a definition', () => {
    const script = `$ts = New-Object Microsoft.Win32.TaskScheduler.TaskService
$td = $ts.NewTask()
$td.Triggers.Add((New-Object Microsoft.Win32.TaskScheduler.LogonTrigger))
$td.Actions.Add([Microsoft.Win32.TaskScheduler.ExecAction]::new('a.exe', '-x', $null))
$ts.RootFolder.RegisterTaskDefinition('T', $td)`
    expect(scriptCommand(script)).toMatchObject({ tool: 'com', verb: 'create', task: '\\T', action: 'a.exe -x' })
    expect(ofScript(script)).toEqual({
      actions: [{ kind: 'exec', commandLine: 'a.exe -x' }],
      triggers: [{ kind: 'logon' }],
    })
  })
})
