import { describe, expect, test } from 'vitest'
import { fact, fakeRecord, powershell, read } from './fake-record.ts'

const header = { processId: 5904, userSid: 'S-1-5-21-1-2-3-1104' }

describe('4104', () => {
  test('a script that registers a task', () => {
    const block = {
      MessageNumber: '1',
      MessageTotal: '1',
      ScriptBlockText: "Register-ScheduledTask -TaskName 'AtomicTask' -Action $a",
      ScriptBlockId: '47d610ec-6c20-426f-b008-8fc296c88aa2',
      Path: '',
    }
    expect(fact('script-ran', powershell(4104, block, header))).toMatchObject({
      by: '4104',
      pid: 5904,
      userSid: 'S-1-5-21-1-2-3-1104',
      scriptBlockId: '{47d610ec-6c20-426f-b008-8fc296c88aa2}',
      part: 1,
      parts: 1,
      text: block.ScriptBlockText,
      file: null,
      command: { tool: 'powershell', verb: 'create', task: '\\AtomicTask' },
    })
  })

  test.each([
    '$s = New-Object -ComObject SCHEDULE.SERVICE',
    'Invoke-CimMethod -ClassName PS_ScheduledTask -MethodName RegisterByXml',
    'register-scheduledjob -name x',
    '& schtasks.exe /query',
  ])('%s speaks of tasks', (ScriptBlockText) => {
    expect(read(powershell(4104, { ScriptBlockText }))?.kind).toBe('script-ran')
  })

  test('a part of a long script is kept whatever it says, and read only with the others', () => {
    const block = { MessageNumber: '2', MessageTotal: '3', ScriptBlockText: 'uledTask -TaskName x' }
    expect(fact('script-ran', powershell(4104, block))).toMatchObject({ part: 2, parts: 3, command: null })
  })

  test('PowerShell 7 writes the same in a log of its own', () => {
    const block = fakeRecord('PowerShellCore', 4104, { ScriptBlockText: 'Register-ScheduledTask -TaskName x' })
    expect(fact('script-ran', block)).toMatchObject({ command: { task: '\\x' } })
  })

  test('other scripts are nothing to us', () => {
    expect(read(powershell(4104, { ScriptBlockText: 'Get-ChildItem C:\\Windows\\Tasks' }))).toBeNull()
  })
})

describe('4103', () => {
  const ContextInfo =
    '        Severity = Informational\r\n        Host Application = powershell.exe -File x.ps1\r\n' +
    '        Script Name = C:\\Temp\\x.ps1\r\n        User = EX\\bob\r\n'

  test('a cmdlet with its parameters is what was asked for', () => {
    const Payload =
      'CommandInvocation(Register-ScheduledTask): "Register-ScheduledTask"\r\n' +
      'ParameterBinding(Register-ScheduledTask): name="TaskName"; value="AtomicTask"\r\n'
    expect(fact('script-ran', powershell(4103, { ContextInfo, Payload }, header))).toMatchObject({
      by: '4103',
      pid: 5904,
      scriptBlockId: null,
      part: 1,
      parts: 1,
      text: Payload,
      file: 'C:\\Temp\\x.ps1',
      command: { tool: 'powershell', verb: 'create', task: '\\AtomicTask' },
    })
  })

  test('a script that was run from a text is read as that script', () => {
    const Payload =
      'CommandInvocation(Invoke-Expression): "Invoke-Expression"\r\n' +
      'ParameterBinding(Invoke-Expression): name="Command"; value="schtasks /Create /F /SC DAILY /ST 09:00 /TN Mordor /TR calc.exe"\r\n'
    const { command } = fact('script-ran', powershell(4103, { ContextInfo, Payload }, header))
    expect(command).toMatchObject({ tool: 'schtasks', verb: 'create', task: '\\Mordor' })
  })

  test('without a script there is no file', () => {
    const Payload = 'CommandInvocation(Get-ScheduledTask): "Get-ScheduledTask"'
    expect(
      fact(
        'script-ran',
        powershell(4103, { ContextInfo: '        Script Name = \r\n        Command Path = \r\n', Payload }),
      ).file,
    ).toBeNull()
  })

  test('a context that speaks of tasks repeats in every record of the session and is not enough', () => {
    const context = ContextInfo.replace('x.ps1', 'schtasks.ps1')
    expect(
      read(powershell(4103, { ContextInfo: context, Payload: 'CommandInvocation(Start-Sleep): "Start-Sleep"' })),
    ).toBeNull()
  })
})
