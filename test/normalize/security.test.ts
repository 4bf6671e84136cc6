import { describe, expect, test } from 'vitest'
import { eventlog, fact, read, security } from './fake-record.ts'

const started = {
  SubjectUserSid: 'S-1-5-21-1-2-3-1000',
  SubjectUserName: 'yolo',
  SubjectDomainName: 'RE-DEV',
  SubjectLogonId: '0x0000000000030e6e',
  NewProcessId: '0x1a4',
  NewProcessName: 'C:\\Windows\\System32\\cmd.exe',
  ProcessId: '0x5FC',
  CommandLine: 'cmd.exe /c whoami',
}

describe('4688', () => {
  test('process ids are hexadecimal, logon ids lose their zeros', () => {
    expect(fact('process-started', security(4688, started))).toMatchObject({
      by: '4688',
      pid: 420,
      parentPid: 0x5fc,
      guid: null,
      user: 'RE-DEV\\yolo',
      userSid: 'S-1-5-21-1-2-3-1000',
      logonId: '0x30e6e',
      commandLine: 'cmd.exe /c whoami',
      command: null,
    })
  })

  test('where command lines are not recorded there is none, not an empty one', () => {
    expect(fact('process-started', security(4688, { ...started, CommandLine: '' })).commandLine).toBeNull()
  })

  test('a process that got another session belongs to the target', () => {
    const target = {
      TargetUserSid: 'S-1-5-21-1-2-3-1111',
      TargetUserName: 'admmig',
      TargetDomainName: 'OFFSEC',
      TargetLogonId: '0x12377a',
    }
    const process = fact('process-started', security(4688, { ...started, ...target }))
    expect(process).toMatchObject({ user: 'OFFSEC\\admmig', userSid: 'S-1-5-21-1-2-3-1111', logonId: '0x12377a' })
  })

  test('a target of dashes and zeros is none', () => {
    const target = { TargetUserSid: 'S-1-0-0', TargetUserName: '-', TargetDomainName: '-', TargetLogonId: '0x0' }
    expect(fact('process-started', security(4688, { ...started, ...target })).user).toBe('RE-DEV\\yolo')
  })

  test('a service account whose SID is left out is known by its session', () => {
    const target = {
      TargetUserSid: 'S-1-0-0',
      TargetUserName: 'FS01$',
      TargetDomainName: 'OFFSEC',
      TargetLogonId: '0x3e4',
    }
    const process = fact('process-started', security(4688, { ...started, ...target }))
    expect(process).toMatchObject({ user: 'OFFSEC\\FS01$', userSid: 'S-1-5-20', logonId: '0x3e4' })
  })

  test('SYSTEM is named by its host, as the log does', () => {
    const system = {
      SubjectUserSid: 'S-1-5-18',
      SubjectUserName: 'FS01$',
      SubjectDomainName: 'OFFSEC',
      SubjectLogonId: '0x3e7',
    }
    const process = fact('process-started', security(4688, { ...started, ...system }))
    expect(process).toMatchObject({ user: 'OFFSEC\\FS01$', userSid: 'S-1-5-18' })
  })

  test.each([
    ['S-1-16-4096', 'Low'],
    ['S-1-16-8192', 'Medium'],
    ['S-1-16-8448', 'Medium'],
    ['S-1-16-12288', 'High'],
    ['S-1-16-16384', 'System'],
    ['S-1-16-1', null],
  ])('label %s is %s', (MandatoryLabel, integrity) => {
    expect(fact('process-started', security(4688, { ...started, MandatoryLabel })).integrity).toBe(integrity)
  })

  test('schtasks says what it asks for', () => {
    const schtasks = {
      ...started,
      NewProcessName: 'C:\\Windows\\System32\\schtasks.exe',
      CommandLine: 'schtasks /create /tn Updater /tr calc.exe /sc daily',
    }
    const { command } = fact('process-started', security(4688, schtasks))
    expect(command).toMatchObject({ tool: 'schtasks', verb: 'create', task: '\\Updater', action: 'calc.exe' })
  })

  test.each(['zz', '', '-4', '1e3', '0x100000000', ' 12', '420 '])(
    'a process id of "%s" is counted, not guessed',
    (NewProcessId) => {
      expect(read(security(4688, { ...started, NewProcessId }))).toMatchObject({
        kind: 'unreadable',
        reason: `NewProcessId is ${JSON.stringify(NewProcessId)}, not a process id`,
      })
    },
  )

  test('a missing key field says that it is missing', () => {
    const { NewProcessName: _, ...rest } = started
    expect(read(security(4688, rest))).toMatchObject({
      reason: 'NewProcessName is missing, expected a program',
    })
  })
})

test('4689 ends a process', () => {
  const ended = security(4689, {
    ProcessId: '0xb98',
    ProcessName: 'C:\\Windows\\System32\\taskhostw.exe',
    Status: '0x0',
  })
  expect(fact('process-ended', ended)).toMatchObject({
    pid: 2968,
    guid: null,
    image: 'C:\\Windows\\System32\\taskhostw.exe',
  })
})

describe('4698 to 4702', () => {
  const subject = {
    SubjectUserSid: 'S-1-5-21-1-2-3-1000',
    SubjectUserName: 'yolo',
    SubjectDomainName: 'RE-DEV',
    SubjectLogonId: '0x30e6e',
  }
  const v0 = { ...subject, TaskName: '\\T1053_005_OnLogon', TaskContent: '<Task/>' }

  test('v1 names the client, in decimal', () => {
    const client = { ClientProcessId: '7356', ParentProcessId: '4764', ClientProcessStartKey: '5348024557502990' }
    expect(fact('task-registered', security(4698, { ...v0, ...client }))).toMatchObject({
      task: '\\T1053_005_OnLogon',
      by: '4698',
      user: 'RE-DEV\\yolo',
      userSid: 'S-1-5-21-1-2-3-1000',
      logonId: '0x30e6e',
      clientPid: 7356,
      clientParentPid: 4764,
      userContext: null,
      servicePid: null,
    })
  })

  test('a client on another host is process 0, and v0 does not say', () => {
    expect(fact('task-registered', security(4698, { ...v0, ClientProcessId: '0' })).clientPid).toBe(0)
    expect(fact('task-registered', security(4698, v0)).clientPid).toBeNull()
  })

  test.each([
    [4698, 'task-registered', 'TaskContent'],
    [4699, 'task-deleted', 'TaskContent'],
    [4700, 'task-enabled', 'TaskContent'],
    [4701, 'task-disabled', 'TaskContent'],
    [4702, 'task-updated', 'TaskContentNew'],
  ] as const)('%i is %s and has its definition in %s', (eventId, kind, field) => {
    const change = fact(kind, security(eventId, { ...subject, TaskName: '\\A\\B', [field]: '<Task/>' }))
    expect(change).toMatchObject({ by: String(eventId), definitionProblem: 'given: <Task/>' })
  })

  test('a deletion without content is no problem of reading', () => {
    expect(fact('task-deleted', security(4699, { ...v0, TaskContent: '' }))).toMatchObject({
      definition: null,
      definitionProblem: null,
    })
  })

  test('a name is brought into one form', () => {
    expect(fact('task-registered', security(4698, { ...v0, TaskName: 'Folder\\\\Name ' })).task).toBe('\\Folder\\Name')
  })

  test('a task without a name is counted', () => {
    expect(read(security(4698, { ...v0, TaskName: '\\' }))).toMatchObject({ kind: 'unreadable' })
    expect(read(security(4702, subject))).toMatchObject({ kind: 'unreadable' })
  })
})

describe('4624', () => {
  const logon = {
    TargetUserSid: 'S-1-5-21-1-2-3-1111',
    TargetUserName: 'admmig',
    TargetDomainName: 'OFFSEC',
    TargetLogonId: '0x2A2D4D5',
    LogonType: '3',
    IpAddress: '10.23.42.38',
    IpPort: '54421',
    WorkstationName: '-',
  }

  test('a network logon tells where from', () => {
    expect(fact('logged-on', security(4624, logon))).toMatchObject({
      logonType: 3,
      logonId: '0x2a2d4d5',
      linkedLogonId: null,
      user: 'OFFSEC\\admmig',
      address: '10.23.42.38',
      port: 54421,
      workstation: null,
    })
  })

  test.each([
    ['-', null],
    ['::1', '::1'],
    ['127.0.0.1', '127.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['fe80::9582:39e0:356b:ef4e', 'fe80::9582:39e0:356b:ef4e'],
  ])('address %s is %s', (IpAddress, address) => {
    expect(fact('logged-on', security(4624, { ...logon, IpAddress })).address).toBe(address)
  })

  test('port 0 is none', () => {
    expect(fact('logged-on', security(4624, { ...logon, IpPort: '0' })).port).toBeNull()
  })

  test('the other half of an elevated logon is kept', () => {
    expect(fact('logged-on', security(4624, { ...logon, TargetLinkedLogonId: '0x55dcf' })).linkedLogonId).toBe(
      '0x55dcf',
    )
  })

  test('a logon without a session is counted', () => {
    expect(read(security(4624, { ...logon, TargetLogonId: '0x0' }))).toMatchObject({ kind: 'unreadable' })
  })
})

describe('5140 and 5145', () => {
  const subject = {
    SubjectUserName: 'admmig',
    SubjectDomainName: 'OFFSEC',
    SubjectLogonId: '0x5a41984',
    IpAddress: '10.0.0.9',
  }

  test('the pipe of the AT service is a way to tasks', () => {
    const pipe = { ...subject, ShareName: '\\\\*\\IPC$', RelativeTargetName: 'ATSVC' }
    expect(fact('share-accessed', security(5145, pipe))).toMatchObject({
      share: '\\\\*\\IPC$',
      target: 'ATSVC',
      logonId: '0x5a41984',
      address: '10.0.0.9',
    })
  })

  test('other pipes, other shares and a file of that name are nothing to us', () => {
    expect(read(security(5145, { ...subject, ShareName: '\\\\*\\IPC$', RelativeTargetName: 'svcctl' }))).toBeNull()
    expect(read(security(5145, { ...subject, ShareName: '\\\\*\\C$', RelativeTargetName: 'atsvc' }))).toBeNull()
    expect(
      read(security(5145, { ...subject, ShareName: '\\\\*\\IPC$', RelativeTargetName: 'my-atsvc-copy' })),
    ).toBeNull()
    expect(read(security(5140, { ...subject, ShareName: '\\\\*\\ADMIN$' }))).toBeNull()
  })

  test('5140 shows that somebody came to the share of pipes', () => {
    expect(fact('share-accessed', security(5140, { ...subject, ShareName: '\\\\*\\IPC$' })).target).toBeNull()
  })
})

describe('cleared logs', () => {
  const subject = { SubjectUserName: 'tony', SubjectDomainName: 'WS5' }

  test('1102 is about the Security log', () => {
    const cleared = { ...subject, SubjectUserSid: 'S-1-5-21-1-2-3-1001', SubjectLogonId: '0x8d7099' }
    expect(fact('log-cleared', eventlog(1102, cleared))).toMatchObject({
      log: 'Security',
      user: 'WS5\\tony',
      userSid: 'S-1-5-21-1-2-3-1001',
      logonId: '0x8d7099',
    })
  })

  test('104 names the log, and its header the account', () => {
    const record = eventlog(
      104,
      { ...subject, Channel: 'Microsoft-Windows-TaskScheduler/Operational' },
      { userSid: 'S-1-5-21-1' },
    )
    expect(fact('log-cleared', record)).toMatchObject({
      log: 'Microsoft-Windows-TaskScheduler/Operational',
      userSid: 'S-1-5-21-1',
      logonId: null,
    })
  })

  test('104 without the log is counted', () => {
    expect(read(eventlog(104))).toMatchObject({ kind: 'unreadable' })
  })
})
