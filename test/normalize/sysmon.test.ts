import { describe, expect, test } from 'vitest'
import { fact, read, sysmon } from './fake-record.ts'

const guid = '{365ABB72-699E-5CD7-0000-001073582200}'
const process = { ProcessGuid: guid, ProcessId: '3876', Image: 'C:\\Windows\\System32\\schtasks.exe' }
const one = {
  ...process,
  CommandLine: 'schtasks /run /tn elevator',
  CurrentDirectory: 'C:\\Temp\\',
  User: 'IEWIN7\\IEUser',
  LogonId: '0x1384a',
  IntegrityLevel: 'High',
  ParentProcessGuid: '{365abb72-6998-5cd7-0000-00104e422200}',
  ParentProcessId: '2740',
  ParentImage: 'C:\\Python27\\python.exe',
  ParentCommandLine: 'python x.py',
}

describe('1', () => {
  test('a process with its ancestry', () => {
    expect(fact('process-started', sysmon(1, one))).toMatchObject({
      by: 'sysmon-1',
      pid: 3876,
      guid: '{365abb72-699e-5cd7-0000-001073582200}',
      parentPid: 2740,
      parentGuid: '{365abb72-6998-5cd7-0000-00104e422200}',
      originalFileName: null,
      user: 'IEWIN7\\IEUser',
      userSid: null,
      logonId: '0x1384a',
      integrity: 'High',
      parentCommandLine: 'python x.py',
      command: { tool: 'schtasks', verb: 'run', task: '\\elevator' },
    })
  })

  test('the percent signs that Sysmon doubles are halved', () => {
    const doubled = {
      ...one,
      CommandLine: '%%SystemRoot%%\\system32\\csrss.exe',
      ParentCommandLine: 'for %%%%i in (a)',
    }
    expect(fact('process-started', sysmon(1, doubled))).toMatchObject({
      commandLine: '%SystemRoot%\\system32\\csrss.exe',
      parentCommandLine: 'for %%i in (a)',
    })
  })

  test('SYSTEM is known by its session in any language', () => {
    const system = { ...one, User: 'AUTORITE NT\\Système', LogonId: '0x3e7' }
    expect(fact('process-started', sysmon(1, system))).toMatchObject({
      user: 'AUTORITE NT\\Système',
      userSid: 'S-1-5-18',
    })
  })

  test('a GUID of zeros is none', () => {
    const zero = '{00000000-0000-0000-0000-000000000000}'
    expect(fact('process-started', sysmon(1, { ...one, ParentProcessGuid: zero })).parentGuid).toBeNull()
  })

  test('a process whose id a collector lost is still known by its GUID', () => {
    const { ProcessId: _, ...lost } = one
    expect(fact('process-started', sysmon(1, lost))).toMatchObject({ pid: 0, guid: guid.toLowerCase() })
  })

  test('a process that nothing identifies is counted', () => {
    expect(read(sysmon(1, { ...one, ProcessGuid: 'x', ProcessId: 'y' }))).toMatchObject({
      kind: 'unreadable',
      reason: 'ProcessGuid is "x", not a process\'s GUID',
    })
  })

  test('a program without a version resource has no original name', () => {
    expect(fact('process-started', sysmon(1, { ...one, OriginalFileName: '?' })).originalFileName).toBeNull()
  })
})

test('2 keeps both times as written', () => {
  const stomped = {
    ...process,
    TargetFilename: 'C:\\Temp\\x.exe',
    CreationUtcTime: '2009-07-14 01:14:28.000',
    PreviousCreationUtcTime: '-',
  }
  expect(fact('file-time-changed', sysmon(2, stomped))).toMatchObject({
    path: 'C:\\Temp\\x.exe',
    created: '2009-07-14 01:14:28.000',
    previouslyCreated: null,
  })
})

describe('3', () => {
  const connection = (initiated: boolean, SourcePort: number, DestinationPort: number, Protocol = 'tcp') =>
    sysmon(3, {
      ...process,
      Protocol,
      Initiated: String(initiated),
      SourceIp: '10.0.0.9',
      SourcePort: String(SourcePort),
      DestinationIp: '::ffff:10.0.0.1',
      DestinationHostname: 'DC1.example.test',
      DestinationPort: String(DestinationPort),
      User: 'EX\\bob',
    })

  test.each([
    ['C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', '203.0.113.7', true, true],
    ['C:\\Users\\Public\\sync.exe', '203.0.113.7', true, true],
    ['C:\\Users\\Public\\sync.exe', '203.0.113.7', false, false],
    ['C:\\Users\\Public\\sync.exe', '10.0.0.7', true, false],
    ['C:\\Windows\\System32\\svchost.exe', '203.0.113.7', true, false],
    ['C:\\Program Files\\Browser\\browser.exe', '203.0.113.7', true, false],
  ])('%s and %s, begun by the program itself: %s', (Image, DestinationIp, initiated, matters) => {
    const fields = { ...process, Image, Protocol: 'tcp', Initiated: String(initiated), SourceIp: '10.0.0.9' }
    const record = sysmon(3, { ...fields, SourcePort: '56588', DestinationIp, DestinationPort: '443' })
    expect(read(record) !== null).toBe(matters)
  })

  test('a client that asks for the endpoint mapper', () => {
    expect(fact('network-connected', connection(true, 56588, 135))).toMatchObject({
      initiated: true,
      sourceAddress: '10.0.0.9',
      sourcePort: 56588,
      destinationAddress: '10.0.0.1',
      destinationPort: 135,
      destinationHost: 'dc1.example.test',
      user: 'EX\\bob',
    })
  })

  test.each([
    ['to a dynamic port', true, 56588, 49671, true],
    ['to SMB', true, 56588, 445, true],
    ['to a web site', true, 56588, 443, false],
    ['to a high port that no RPC server has', true, 56588, 8080, false],
    ['from a client, server last', false, 56588, 49671, true],
    ['from a client, server first', false, 135, 56588, true],
    ['from a client that is no Windows', false, 40000, 135, true],
    ['from a client that is no Windows, server first', false, 49671, 40000, true],
    ['to our LDAP service', false, 56588, 389, false],
    ['to our LDAP service, server first', false, 389, 56588, false],
  ])('%s: %s', (_, initiated, source, destination, matters) => {
    expect(read(connection(initiated, source, destination)) !== null).toBe(matters)
  })

  test('UDP is no RPC of the scheduler', () => {
    expect(read(connection(true, 56588, 135, 'udp'))).toBeNull()
  })

  test('a port that is no number is counted', () => {
    expect(read(sysmon(3, { ...process, Protocol: 'tcp', SourcePort: 'x' }))).toMatchObject({ kind: 'unreadable' })
  })
})

test('5 ends a process', () => {
  expect(fact('process-ended', sysmon(5, process))).toMatchObject({
    pid: 3876,
    guid: guid.toLowerCase(),
    image: process.Image,
  })
})

describe('7', () => {
  test.each([
    ['C:\\Windows\\System32\\taskschd.dll', true],
    ['c:\\windows\\syswow64\\TaskSchd.DLL', true],
    ['C:\\Users\\x\\taskschd.dll', true],
    ['C:\\Windows\\System32\\taskschd.dll.mui', false],
    ['C:\\x\\mytaskschd.dll', false],
  ])('%s makes a client of the scheduler: %s', (ImageLoaded, isClient) => {
    expect(read(sysmon(7, { ...process, ImageLoaded }))?.kind).toBe(isClient ? 'module-loaded' : undefined)
  })

  test('a library that nobody has signed is one, but not the program itself or what .NET makes on the host', () => {
    const load = (ImageLoaded: string, Signed: string) => read(sysmon(7, { ...process, ImageLoaded, Signed }))
    const library = 'C:\\Windows\\System32\\phoneinfo.dll'
    expect(load(library, 'false')).toMatchObject({
      kind: 'module-loaded',
      module: library,
      file: { signature: 'unsigned' },
    })
    expect(load(library, 'true')).toBeNull()
    expect(load(process.Image, 'false')).toBeNull()
    expect(load('C:\\Windows\\assembly\\NativeImages_v4.0.30319_64\\System\\0f\\System.ni.dll', 'false')).toBeNull()
    expect(load('C:\\Windows\\System32\\taskschd.dll', 'true')).toMatchObject({ file: { signature: 'signed' } })
  })
})

describe('11', () => {
  test.each([
    ['C:\\Windows\\System32\\Tasks\\MSOFFICE_', '\\MSOFFICE_'],
    ['C:\\WINDOWS\\system32\\tasks\\Microsoft\\Windows\\rempl\\shell', '\\Microsoft\\Windows\\rempl\\shell'],
    ['C:\\Windows\\SysWOW64\\Tasks\\elevator', '\\elevator'],
    ['\\\\?\\C:\\Windows\\System32\\Tasks\\a', '\\a'],
    ['\\Device\\HarddiskVolume2\\Windows\\System32\\Tasks\\a', '\\a'],
    ['C:\\Windows\\Tasks\\At1.job', null],
    ['C:\\Windows\\Tasks\\SA.DAT', null],
  ])('%s is the file of %s', (TargetFilename, task) => {
    expect(fact('file-created', sysmon(11, { ...process, TargetFilename }))).toMatchObject({
      path: TargetFilename,
      task,
    })
  })

  test.each([
    'C:\\Users\\x\\Tasks\\a',
    'C:\\Windows\\System32\\Tasks_Migrated\\a',
    'C:\\Windows\\System32\\Tasks\\',
    '\\\\dc1\\C$\\Windows\\System32\\Tasks\\a',
    'C:\\Temp\\Windows\\Tasks\\a',
  ])('%s is no task file of this host', (TargetFilename) => {
    expect(read(sysmon(11, { ...process, TargetFilename }))).toBeNull()
  })

  test('a library is told, but not what .NET makes on the host', () => {
    const TargetFilename = 'C:\\Windows\\System32\\PHONEINFO.DLL'
    expect(fact('file-created', sysmon(11, { ...process, TargetFilename }))).toMatchObject({
      path: TargetFilename,
      task: null,
    })
    const native = 'C:\\Windows\\assembly\\NativeImages_v4.0.30319_32\\Temp\\eac-0\\System.Core.dll'
    expect(read(sysmon(11, { ...process, TargetFilename: native }))).toBeNull()
  })

  test('a path of backslashes without end is read in no time', () => {
    expect(
      read(sysmon(11, { ...process, TargetFilename: `C:\\Windows\\System32\\Tasks${'\\'.repeat(30_000)}` })),
    ).toBeNull()
  })
})

describe('12, 13, 14', () => {
  const tree = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\TaskCache\\Tree'

  test('the security descriptor of a task is taken away', () => {
    const hidden = {
      ...process,
      EventType: 'DeleteValue',
      TargetObject: `${tree}\\MaliciousTask\\SD`,
      User: 'NT AUTHORITY\\SYSTEM',
    }
    expect(fact('registry-changed', sysmon(12, hidden))).toMatchObject({
      action: 'delete-value',
      area: 'tree',
      task: '\\MaliciousTask',
      value: 'sd',
      details: null,
      user: 'NT AUTHORITY\\SYSTEM',
    })
  })

  test('a value that is written shows what', () => {
    const index = {
      ...process,
      EventType: 'SetValue',
      TargetObject: `${tree}\\A\\B\\Index`,
      Details: 'DWORD (0x00000000)',
    }
    expect(fact('registry-changed', sysmon(13, index))).toMatchObject({
      action: 'set-value',
      task: '\\A\\B',
      value: 'index',
      details: 'DWORD (0x00000000)',
    })
  })

  test('a task may be called like a value', () => {
    const key = { ...process, EventType: 'CreateKey', TargetObject: `${tree}\\SD` }
    expect(fact('registry-changed', sysmon(12, key))).toMatchObject({ action: 'create-key', task: '\\SD', value: null })
  })

  test('a rename tells the new name', () => {
    const key = { ...process, EventType: 'RenameKey', TargetObject: `${tree}\\a`, NewName: `${tree}\\b` }
    expect(fact('registry-changed', sysmon(14, key))).toMatchObject({
      action: 'rename',
      task: '\\a',
      details: `${tree}\\b`,
    })
  })

  test("a user's environment changes what an action expands to", () => {
    const windir = {
      ...process,
      EventType: 'SetValue',
      TargetObject: 'HKU\\S-1-5-21-1\\Environment\\windir',
      Details: 'cmd.exe',
    }
    expect(fact('registry-changed', sysmon(13, windir))).toMatchObject({
      area: 'environment',
      task: null,
      value: 'windir',
    })
  })

  test('variables by which nothing is found are nothing to us, nor is the rest of the registry', () => {
    const other = { ...process, EventType: 'SetValue', TargetObject: 'HKU\\S-1-5-21-1\\Environment\\OneDrive' }
    expect(read(sysmon(13, other))).toBeNull()
    expect(read(sysmon(13, { ...other, TargetObject: 'HKLM\\System\\CurrentControlSet\\Services\\x' }))).toBeNull()
  })

  test('where a collector overwrote EventType, 13 and 14 say it by their id and 12 is counted', () => {
    const target = { ...process, EventType: 'INFO', TargetObject: `${tree}\\a\\SD` }
    expect(fact('registry-changed', sysmon(13, target)).action).toBe('set-value')
    expect(fact('registry-changed', sysmon(14, target)).action).toBe('rename')
    expect(read(sysmon(12, target))).toMatchObject({ kind: 'unreadable' })
    const windir = { ...process, TargetObject: 'HKU\\S-1-5-21-1\\Environment\\windir' }
    expect(read(sysmon(12, windir))).toMatchObject({ kind: 'unreadable' })
  })
})

test('17 and 18 show who made and who opened the atsvc pipe', () => {
  const pipe = { ...process, PipeName: '\\atsvc' }
  expect(fact('pipe-used', sysmon(17, pipe)).action).toBe('created')
  expect(fact('pipe-used', sysmon(18, pipe))).toMatchObject({ action: 'connected', pipe: '\\atsvc' })
  expect(read(sysmon(18, { ...process, PipeName: '\\srvsvc' }))).toBeNull()
})
