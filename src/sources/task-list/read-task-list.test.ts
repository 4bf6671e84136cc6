import { expect, test } from 'vitest'
import { schtasksColumns } from './listers/schtasks.ts'
import { looksLikeTaskList, readTaskList } from './read-task-list.ts'

// Lists as each tool documents its output, with invented names.

const csv = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\r\n`).join('')

const nightly = [
  ...['WS7', '\\Nightly Sync', '9/13/2025 3:00:00 AM', 'Ready', 'Interactive/Background', '9/1/2025 3:00:01 AM', '1'],
  ...['EXAMPLE\\b.jansen', 'C:\\Program Files\\Vendor Tools\\sync.exe /all', 'N/A', 'N/A', 'Enabled', 'Disabled', ''],
  ...['SYSTEM', 'Disabled', '72:00:00', 'Scheduling data is not available in this format.', 'Daily', '3:00:00 AM'],
  ...['9/1/2025', 'N/A', 'Every 1 day(s)', 'N/A', 'Disabled', 'Disabled', 'Disabled', 'Disabled'],
]
/** The same row with some of its values changed, by their places. */
const changed = (values: Readonly<Record<number, string>>) => nightly.map((value, index) => values[index] ?? value)
const handler = changed({
  1: '\\Microsoft\\Windows\\X',
  5: '11/30/1999 12:00:00 AM',
  6: '267011',
  8: 'COM handler',
  11: 'Disabled',
})
const exec = (command: string, args: string | null) => ({ kind: 'exec', command, arguments: args })

const told = [
  {
    path: '\\Nightly Sync',
    host: 'WS7',
    actions: [exec('C:\\Program Files\\Vendor Tools\\sync.exe', '/all')],
    author: 'EXAMPLE\\b.jansen',
    runsAs: 'SYSTEM',
    isEnabled: true,
    lastRunLocal: '2025-09-01T03:00:01.000',
    lastResult: 1,
  },
  { path: '\\Microsoft\\Windows\\X', actions: null, isEnabled: false, lastRunLocal: null, lastResult: null },
]

test('schtasks as CSV: the header again before each folder, a handler without a program, a task that never ran', () => {
  const bytes = Buffer.from(csv([schtasksColumns, nightly, schtasksColumns, handler]))
  expect(looksLikeTaskList(bytes)).toBe(true)
  expect(readTaskList(bytes)).toMatchObject(told)
  expect(readTaskList(Buffer.from(`\ufeff${bytes}`, 'utf16le'))).toMatchObject(told)
})

test('schtasks as CSV in another language and a console’s code page: columns are told by their places', () => {
  const german = schtasksColumns.map((_, index) => (index === 1 ? 'Aufgabenname' : `Spalte ${index}`))
  const row = changed({ 1: '\\N?chtlich', 5: '01.09.2025 03:00:01', 11: 'Aktiviert' })
  const bytes = Buffer.from(csv([german, row]), 'latin1')
  bytes[bytes.indexOf('?')] = 0x84
  expect(looksLikeTaskList(bytes)).toBe(true)
  expect(readTaskList(bytes)).toMatchObject([{ ...told[0], path: '\\Nächtlich' }])
})

test('schtasks: whether the day or the month comes first is told by all times of the list, else a time that may be either is none', () => {
  const lastRun = (...times: readonly string[]) =>
    readTaskList(
      Buffer.from(csv([schtasksColumns, ...times.map((time, at) => changed({ 1: `\\T${at}`, 2: 'N/A', 5: time }))])),
    ).map((task) => task.lastRunLocal)
  expect(lastRun('03/04/2025 05:06:07', '31/12/2024 00:00:00')).toEqual([
    '2025-04-03T05:06:07.000',
    '2024-12-31T00:00:00.000',
  ])
  expect(lastRun('3/4/2025 5:06:07 PM', '12/31/2024 12:00:00 AM')).toEqual([
    '2025-03-04T17:06:07.000',
    '2024-12-31T00:00:00.000',
  ])
  expect(lastRun('03/04/2025 05:06:07', '2025/9/1 3:00:01', '1. 13. 2025 3.00.01')).toEqual([
    '2025-03-04T05:06:07.000',
    '2025-09-01T03:00:01.000',
    '2025-01-13T03:00:01.000',
  ])
  expect(lastRun('03/04/2025 05:06:07', '05/05/2025 05:06:07', '31/02/2025 05:06:07')).toEqual([
    '2025-04-03T05:06:07.000',
    '2025-05-05T05:06:07.000',
    null,
  ])
  expect(lastRun('03/04/2025 05:06:07')).toEqual([null])
})

test('schtasks without /v: paths and whether they are disabled', () => {
  const text = csv([
    ['TaskName', 'Next Run Time', 'Status'],
    ['\\A', 'N/A', 'Disabled'],
    ['\\B', 'N/A', 'Ready'],
  ])
  expect(looksLikeTaskList(Buffer.from(text))).toBe(true)
  expect(readTaskList(Buffer.from(text))).toMatchObject([
    { path: '\\A', isEnabled: false, actions: null },
    { path: '\\B', isEnabled: null },
  ])
})

test('schtasks as LIST, also in another language: lines are told by their places', () => {
  const block = (labels: readonly string[], row: readonly string[]) =>
    row.map((value, index) => `${`${labels[index]}:`.padEnd(38)}${value}\r\n`).join('')
  const labels = schtasksColumns.map((_, index) => `Étiquette ${index}`)
  for (const names of [schtasksColumns, labels]) {
    const text = `\r\nFolder: \\\r\n${block(names, nightly)}\r\n${block(names, handler)}`
    expect(looksLikeTaskList(Buffer.from(text))).toBe(true)
    expect(readTaskList(Buffer.from(text))).toMatchObject(told)
  }
})

test('a task with several rows has the actions of all of them, each once', () => {
  const other = changed({ 8: 'cmd.exe /c other' })
  const [task, ...more] = readTaskList(Buffer.from(csv([schtasksColumns, nightly, other, nightly])))
  expect(more).toEqual([])
  expect(task?.actions).toMatchObject([
    exec('C:\\Program Files\\Vendor Tools\\sync.exe', '/all'),
    exec('cmd.exe', '/c other'),
  ])
})

const cim = (name: string) => `Root/Microsoft/Windows/TaskScheduler:MSFT_Task${name}`
const scheduled = {
  TaskName: 'Nightly Sync',
  TaskPath: '\\Vendor\\',
  State: 3,
  Author: 'EXAMPLE\\b.jansen',
  URI: '\\Vendor\\Nightly Sync',
  PSComputerName: null,
  Actions: [
    {
      Id: null,
      Arguments: '/all',
      Execute: 'C:\\Tools\\sync.exe',
      WorkingDirectory: null,
      CimClass: cim('ExecAction'),
    },
  ],
  Principal: { Id: 'Author', UserId: 'SYSTEM', LogonType: 5, RunLevel: 1 },
  Settings: { Enabled: true, Hidden: true, MultipleInstances: 2, ExecutionTimeLimit: 'PT1H', Priority: 7 },
  Triggers: [
    {
      Enabled: true,
      StartBoundary: '2025-09-01T03:00:00',
      DaysInterval: 2,
      Repetition: {},
      CimClass: { CimClassName: 'MSFT_TaskDailyTrigger' },
    },
    { Enabled: false, DaysOfWeek: 0b0000011, WeeksInterval: 1, CimClass: cim('WeeklyTrigger') },
    { Enabled: true, UserId: null, CimClass: cim('LogonTrigger') },
  ],
}

test('Get-ScheduledTask: the whole definition, and with little depth at least the path', () => {
  const bytes = Buffer.from(
    JSON.stringify([scheduled, { ...scheduled, TaskName: 'Flat', Actions: ['MSFT_TaskExecAction'] }], null, 2),
  )
  expect(looksLikeTaskList(bytes)).toBe(true)
  expect(readTaskList(bytes)).toMatchObject([
    {
      path: '\\Vendor\\Nightly Sync',
      host: null,
      runsAs: 'SYSTEM',
      isEnabled: true,
      isHidden: true,
      definition: {
        actions: [exec('C:\\Tools\\sync.exe', '/all')],
        principals: [{ userId: 'SYSTEM', runLevel: 'HighestAvailable' }],
        settings: { hidden: true, executionTimeLimit: 'PT1H', multipleInstancesPolicy: 'IgnoreNew' },
        triggers: [
          { kind: 'calendar', startBoundary: '2025-09-01T03:00:00', schedule: { by: 'day', daysInterval: 2 } },
          { kind: 'calendar', enabled: false, schedule: { by: 'week', daysOfWeek: ['Monday', 'Sunday'] } },
          { kind: 'logon', userId: null },
        ],
      },
    },
    { path: '\\Vendor\\Flat', definition: null, actions: null },
  ])
})

test('Autoruns: of all that starts by itself the tasks', () => {
  const header = [
    'Time',
    'Entry Location',
    'Entry',
    'Enabled',
    'Category',
    'Profile',
    'Description',
    'Company',
    'Image Path',
    'Version',
    'Launch String',
  ]
  const task = [
    '',
    'Task Scheduler',
    '\\Vendor\\Nightly Sync',
    'disabled',
    'Tasks',
    'System-wide',
    '',
    '',
    'c:\\tools\\sync.exe',
    '',
    'C:\\Tools\\sync.exe /all',
  ]
  const run = ['', 'HKLM\\…\\Run', 'Vendor', 'enabled', 'Logon', 'System-wide', '', '', 'c:\\tools\\run.exe', '', '']
  const bytes = Buffer.from(csv([header, run, task]))
  expect(looksLikeTaskList(bytes)).toBe(true)
  expect(readTaskList(bytes)).toMatchObject([
    { path: '\\Vendor\\Nightly Sync', isEnabled: false, actions: [exec('C:\\Tools\\sync.exe', '/all')] },
  ])
})

test('osquery: rows of a query and lines of its log', () => {
  const row = {
    name: 'Nightly Sync',
    action: 'C:\\Tools\\sync.exe /all',
    path: '\\Vendor\\Nightly Sync',
    enabled: '1',
    hidden: '0',
    last_run_time: '1756717201',
    last_run_code: '0x1',
  }
  const task = {
    path: '\\Vendor\\Nightly Sync',
    isEnabled: true,
    isHidden: false,
    lastRun: { time: 1756717201000 },
    lastResult: 1,
  }
  expect(readTaskList(Buffer.from(JSON.stringify([row])))).toMatchObject([{ ...task, host: null }])
  const line = { name: 'pack_tasks', hostIdentifier: 'ws7', columns: row, action: 'added' }
  const text = `${JSON.stringify(line)}\n${JSON.stringify(line)}\n`
  expect(looksLikeTaskList(Buffer.from(text))).toBe(true)
  expect(readTaskList(Buffer.from(text))).toMatchObject([{ ...task, host: 'ws7' }])
})

test('Velociraptor: the path of the task’s file below the folder of tasks', () => {
  const row = {
    OSPath: 'C:\\Windows\\System32\\Tasks\\Vendor\\Nightly Sync',
    Mtime: '2025-09-01T03:00:00Z',
    Command: 'C:\\Tools\\sync.exe',
    Arguments: '/all',
    ComHandler: '',
    UserId: 'S-1-5-18',
    StartBoundary: '',
  }
  expect(readTaskList(Buffer.from(`${JSON.stringify(row)}\n`))).toMatchObject([
    { path: '\\Vendor\\Nightly Sync', runsAs: 'S-1-5-18', actions: [exec('C:\\Tools\\sync.exe', '/all')] },
  ])
})

test('what is no list of tasks is none, and damage gives what could be read', () => {
  for (const text of ['', '{', '[{"a": 1}]', 'a,b,c\n1,2,3\n', 'HostName: x\r\n\r\n', '"TaskName","Status"\r\n'])
    expect(looksLikeTaskList(Buffer.from(text)), text).toBe(false)
  const whole = csv([schtasksColumns, nightly, handler])
  expect(readTaskList(Buffer.from(whole.slice(0, -40)))).toMatchObject(told.slice(0, 1))
  expect(readTaskList(Buffer.from(`[${'['.repeat(100_000)}`))).toEqual([])
})

test('Get-ScheduledTask through Export-Clixml: objects with their classes, types that are named again, numbers and nothing', () => {
  const type = (name: string, id: number) =>
    `<TN RefId="${id}"><T>Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/MSFT_${name}</T>` +
    '<T>Microsoft.Management.Infrastructure.CimInstance</T><T>System.Object</T></TN>'
  const xml = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
  <Obj RefId="0">${type('ScheduledTask', 0)}<ToString>MSFT_ScheduledTask (TaskName = "Nightly Sync", TaskPath = "\\Vendor\\")</ToString>
    <Props>
      <Obj N="Actions" RefId="1"><TN RefId="1"><T>Microsoft.Management.Infrastructure.CimInstance[]</T></TN><LST>
        <Obj RefId="2">${type('TaskExecAction', 2)}<ToString>MSFT_TaskExecAction</ToString><Props>
          <Nil N="Id" /><S N="Arguments">/all &amp; a_x000A_b</S><S N="Execute">C:\\Tools\\sync.exe</S><Nil N="WorkingDirectory" /></Props></Obj>
      </LST></Obj>
      <S N="Author">EXAMPLE\\b.jansen</S>
      <Obj N="Principal" RefId="3">${type('TaskPrincipal2', 3)}<Props><S N="UserId">SYSTEM</S><I32 N="LogonType">5</I32><I32 N="RunLevel">1</I32></Props></Obj>
      <Obj N="Settings" RefId="4">${type('TaskSettings3', 4)}<Props><B N="Enabled">true</B><B N="Hidden">true</B></Props></Obj>
      <Obj N="State" RefId="5"><ToString>Ready</ToString><I32>3</I32></Obj>
      <S N="TaskName">Nightly Sync</S><S N="TaskPath">\\Vendor\\</S>
      <Obj N="Triggers" RefId="6"><TNRef RefId="1" /><LST><Obj RefId="7">${type('TaskLogonTrigger', 7)}<Props><B N="Enabled">false</B></Props></Obj></LST></Obj>
    </Props>
    <MS><S N="PSComputerName">WS7</S></MS>
  </Obj>
  <Obj RefId="8"><TNRef RefId="0" /><Props><Obj N="Actions" RefId="9"><TNRef RefId="1" /><LST><S>MSFT_TaskExecAction</S></LST></Obj>
    <S N="TaskName">Flat</S><S N="TaskPath">\\</S><Ref N="Principal" RefId="3" /></Props></Obj>
</Objs>`
  for (const bytes of [Buffer.from(xml), Buffer.from(`\ufeff${xml}`, 'utf16le')]) {
    expect(looksLikeTaskList(bytes)).toBe(true)
    expect(readTaskList(bytes)).toMatchObject([
      {
        path: '\\Vendor\\Nightly Sync',
        host: 'WS7',
        actions: [exec('C:\\Tools\\sync.exe', '/all & a\nb')],
        runsAs: 'SYSTEM',
        isHidden: true,
        definition: {
          principals: [{ runLevel: 'HighestAvailable' }],
          triggers: [{ kind: 'logon', enabled: false }],
          settings: { hidden: true },
        },
      },
      { path: '\\Flat', definition: null, actions: null, runsAs: 'SYSTEM' },
    ])
  }
  expect(readTaskList(Buffer.from(xml.slice(0, 600)))).toEqual([])
  expect(readTaskList(Buffer.from(`<Objs>${'<Obj><Props>'.repeat(100_000)}`))).toEqual([])
})

test('what Sysinternals’ tools say of themselves may stand before the table', () => {
  const text =
    '\r\nSysinternals Autoruns v14.2 - Autostart program viewer\r\nCopyright (C) 2002-2026 Mark Russinovich\r\nSysinternals - www.sysinternals.com\r\n\r\n' +
    'Time,Entry Location,Entry,Enabled,Category,Profile,Description,Signer,Company,Image Path,Version,Launch String\r\n' +
    '1/2/2025 3:04 AM,"Task Scheduler","\\Nightly Sync",enabled,"Tasks",System-wide,"","","","c:\\tools\\sync.exe","","""C:\\Tools\\sync.exe"" /all"\r\n'
  expect(looksLikeTaskList(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(true)
  expect(readTaskList(Buffer.from(text))).toMatchObject([
    { path: '\\Nightly Sync', isEnabled: true, actions: [exec('C:\\Tools\\sync.exe', '/all')] },
  ])
})

test('KAPE: the rows of its script for tasks’ files, and of RECmd’s plugin', () => {
  const files = csv([
    [
      'TaskFile_LastModifiedTime',
      'Author',
      'Task_Name',
      'Principals_UserContext',
      'Enabled',
      'Action_Arguments',
      'ComHandler_ClassID',
    ],
    [
      '2025-09-01T03:00:00:00z',
      'EXAMPLE\\b.jansen',
      '\\Nightly Sync',
      'S-1-5-18',
      'false',
      'C:\\Tools\\sync.exe /all',
      '',
    ],
    ['2025-09-01T03:00:00:00z', '', '\\Handler', 'S-1-5-18', '', ' ', '{0358B920-0AC7-461F-98F4-58E32CD89148}'],
  ])
  expect(looksLikeTaskList(Buffer.from(files))).toBe(true)
  expect(readTaskList(Buffer.from(files))).toMatchObject([
    { path: '\\Nightly Sync', runsAs: 'S-1-5-18', isEnabled: false, actions: [exec('C:\\Tools\\sync.exe', '/all')] },
    { path: '\\Handler', isEnabled: true, actions: [{ kind: 'com-handler' }] },
  ])
  const keys = csv([
    ['Version', 'KeyName', 'Path', 'CreatedOn', 'LastStart', 'LastStop', 'TaskState', 'LastActionResult', 'Author'],
    [
      '3',
      '{0358B920-0AC7-461F-98F4-58E32CD89148}',
      '\\A',
      '2025-09-01 03:00:00',
      '2025-09-01 03:00:01.1234567',
      '',
      '0',
      '-2147024891',
      '',
    ],
    [
      '3',
      '{0358B920-0AC7-461F-98F4-58E32CD89149}',
      '\\B',
      '09/01/2025 03:00:00 +00:00',
      '09/01/2025 03:00:01 +00:00',
      '',
      '0',
      '0',
      'x',
    ],
    ['3', '{0358B920-0AC7-461F-98F4-58E32CD89140}', '\\C', '2025-09-01 03:00:00', '', '', '0', '267011', ''],
  ])
  const time = Date.UTC(2025, 8, 1, 3, 0, 1)
  expect(looksLikeTaskList(Buffer.from(keys))).toBe(true)
  expect(readTaskList(Buffer.from(keys))).toMatchObject([
    { path: '\\A', lastRun: { time: time + 123, ticks: 4567 }, lastResult: -2147024891 },
    { path: '\\B', lastRun: { time }, lastResult: 0, author: 'x' },
    { path: '\\C', lastRun: null, lastResult: null },
  ])
})

test('JSON of events that speak of the class of tasks is no list of tasks', () => {
  const event = { EventID: 4104, Channel: 'x', ScriptBlockText: '{"ClassName": "MSFT_ScheduledTask"}' }
  expect(looksLikeTaskList(Buffer.from(JSON.stringify(event)))).toBe(false)
  expect(
    looksLikeTaskList(Buffer.from(JSON.stringify([{ CimSystemProperties: { ClassName: 'MSFT_ScheduledTask' } }]))),
  ).toBe(true)
})
