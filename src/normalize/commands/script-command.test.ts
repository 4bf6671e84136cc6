import { describe, expect, test } from 'vitest'
import type { TaskCommand } from '../../model/command.ts'
import { readScriptText, scriptCommands } from './index.ts'

const scriptCommand = (text: string) => readScriptText(text).command

/** Only what the command says, in its short form. */
function said(command: TaskCommand | null): Partial<TaskCommand> | null {
  const { definition: _, ...short } = command ?? {}
  return command && Object.fromEntries(Object.entries(short).filter(([, value]) => value !== null && value !== false))
}
const of = (text: string) => said(scriptCommand(text))

describe('the cmdlets', () => {
  test('a registration takes its parts from its arguments', () => {
    expect(
      of(`Register-ScheduledTask -TaskName 'a' -TaskPath '\\x\\' -User 'NT AUTHORITY\\SYSTEM' -RunLevel Highest -CimSession srv9 \`
        -Action (New-ScheduledTaskAction -Execute "cmd.exe" -Argument '/c calc') -Trigger (New-ScheduledTaskTrigger -Daily -At 3am)`),
    ).toEqual({
      tool: 'powershell',
      verb: 'create',
      task: '\\x\\a',
      target: 'srv9',
      action: 'cmd.exe /c calc',
      runAs: 'NT AUTHORITY\\SYSTEM',
      schedule: 'DAILY',
      highest: true,
    })
  })

  test('from variables, each from its own', () => {
    const script = `$a1 = New-ScheduledTaskAction -Execute a.exe; $a2 = New-ScheduledTaskAction b.exe "-x y"
      $name = 'two'
      Register-ScheduledTask one -Action $a1
      Register-ScheduledTask -TaskName $name -Action $a2`
    expect(scriptCommands(script).map(({ task, action }) => [task, action])).toEqual([
      ['\\one', 'a.exe'],
      ['\\two', 'b.exe -x y'],
    ])
  })

  test('and from a splatted hashtable', () => {
    expect(
      of(
        `$p = @{ TaskName = "x"; Action = New-ScheduledTaskAction -Execute 'c.exe' }\nRegister-ScheduledTask @p -Force`,
      ),
    ).toMatchObject({ task: '\\x', action: 'c.exe' })
  })

  test.each([
    [
      'Set-ScheduledTask -TaskName m -Action $(New-ScheduledTaskAction -Execute n.exe)',
      { verb: 'change', action: 'n.exe' },
    ],
    ['Unregister-ScheduledTask -TaskName m -Confirm:$false', { verb: 'delete' }],
    ['Start-ScheduledTask m', { verb: 'run' }],
    ['Stop-ScheduledTask m', { verb: 'end' }],
    ['Enable-ScheduledTask m', { verb: 'enable' }],
    ['Disable-ScheduledTask m', { verb: 'disable' }],
    ['Get-ScheduledTask m', { verb: 'query' }],
    ['Get-ScheduledTask -TaskName m | Where-Object State -eq Ready | Unregister-ScheduledTask', { verb: 'delete' }],
    ['ScheduledTasks\\Start-ScheduledTask m', { verb: 'run' }],
  ])('%s', (script, expected) => {
    expect(of(script)).toEqual({ tool: 'powershell', task: '\\m', ...expected })
  })

  test.each([
    'Reg`ister-Sch`eduledTask q',
    '&("Regi"+"ster-ScheduledTask") q',
    "$c = 'Register-ScheduledTask'; & $c -TaskName q",
    "iex 'Register-ScheduledTask q'",
    'if (1) { try { $null = register-SCHEDULEDTASK q } catch {} }',
    'Register-ScheduledTask \u2013TaskName \u201cq\u201d',
  ])('%s is a registration too', (script) => {
    expect(of(script)).toEqual({ tool: 'powershell', verb: 'create', task: '\\q' })
  })

  test('a scheduled job is a task in the folder of its module', () => {
    expect(
      of('Register-ScheduledJob -Name J -ScriptBlock { Get-Process } -Trigger (New-JobTrigger -AtStartup)'),
    ).toEqual({
      tool: 'powershell',
      verb: 'create',
      task: '\\Microsoft\\Windows\\PowerShell\\ScheduledJobs\\J',
      action: 'Get-Process',
      schedule: 'ONSTART',
    })
  })
})

describe('what only looks like a command', () => {
  test.each([
    '# Register-ScheduledTask x',
    '<# Register-ScheduledTask x #>',
    '"Register-ScheduledTask x"',
    "$a = 'Register-ScheduledTask x'",
    "@'\nRegister-ScheduledTask x\n'@ | Out-File a.ps1",
    'Get-Help Register-ScheduledTask',
    'function Register-ScheduledTask { 1 }',
    'New-ScheduledTaskAction -Execute a.exe',
    'Write-Host schtasks /create',
  ])('%s', (script) => {
    expect(scriptCommand(script)).toBeNull()
  })

  /** 4104 logs what PowerShell generates from the module's CDXML when the first of its cmdlets is used. */
  test('the generated code of the ScheduledTasks module', () => {
    expect(
      scriptCommand(`#requires -version 3.0
try { Microsoft.PowerShell.Core\\Set-StrictMode -Off } catch { }
$script:ClassName = 'Root/Microsoft/Windows/TaskScheduler/PS_ScheduledTask'
$script:ObjectModelWrapper = [Microsoft.PowerShell.Cmdletization.Cim.CimCmdletAdapter]
Microsoft.PowerShell.Core\\Export-ModuleMember -Function @()
function Register-ScheduledTask
{
[CmdletBinding(DefaultParameterSetName='User', PositionalBinding=$false)]
param(
    [Parameter(ParameterSetName='User', Mandatory=$true, Position=0)]
    [ValidateNotNullOrEmpty()]
    [string]
    \${TaskName},
    [Parameter(ParameterSetName='User')]
    [Alias('Session')]
    [CimSession[]]
    \${CimSession})
    Process {
        try {
            $__cmdletization_methodInvocationInfo = [Microsoft.PowerShell.Cmdletization.MethodInvocationInfo]::new('RegisterByUser', $p, $r)
            $__cmdletization_objectModelWrapper.ProcessRecord($__cmdletization_methodInvocationInfo)
        } catch { throw }
    }
    # .EXTERNALHELP PS_ScheduledTask_v1.0.cdxml-help.xml
}
Microsoft.PowerShell.Core\\Export-ModuleMember -Function 'Register-ScheduledTask' -Alias '*'`),
    ).toBeNull()
  })
})

describe('COM', () => {
  const before = `$service = New-Object -ComObject Schedule.Service
$service.Connect('srv2')
$folder = $service.GetFolder("\\Sub")
`
  test('a definition that is built and registered', () => {
    expect(
      of(`${before}$def = $service.NewTask(0)
$action = $def.Actions.Create(0)
$action.Path = "powershell.exe"
$action.Arguments = "-c x"
$folder.RegisterTaskDefinition("Evil", $def, 6, "SYSTEM", $null, 5) | Out-Null`),
    ).toEqual({
      tool: 'com',
      verb: 'create',
      task: '\\Sub\\Evil',
      target: 'srv2',
      action: 'powershell.exe -c x',
      runAs: 'SYSTEM',
    })
  })

  test.each([
    ['$folder.DeleteTask("Evil", 0)', 'delete'],
    ['$t = $folder.GetTask("Evil"); $t.Run($null)', 'run'],
    ['$folder.GetTask("Evil").Run($null)', 'run'],
  ])('%s', (script, verb) => {
    expect(of(before + script)).toEqual({ tool: 'com', verb, task: '\\Sub\\Evil', target: 'srv2' })
  })

  test('a service that is only looked at is a query', () => {
    expect(of(`${before}$folder.GetTasks(0) | Select Name`)).toEqual({ tool: 'com', verb: 'query', target: 'srv2' })
  })
})

describe('WMI and CIM', () => {
  test('PS_ScheduledTask by hand, the definition from a file', () => {
    expect(
      of(`$xml = [System.IO.File]::ReadAllText("C:\\t.xml")
Invoke-CimMethod -ClassName PS_ScheduledTask -NameSpace "Root\\Microsoft\\Windows\\TaskScheduler" -MethodName "RegisterByXml" -Arguments @{ Force = $true; Xml =$xml; }`),
    ).toEqual({ tool: 'wmi', verb: 'create', xmlFile: 'C:\\t.xml' })
  })

  test.each([
    `([wmiclass]"\\\\srv\\root\\cimv2:Win32_ScheduledJob").Create("cmd.exe /c x", "********123000.000000", $true)`,
    `Invoke-WmiMethod -Class Win32_ScheduledJob -Name Create -ArgumentList "cmd.exe /c x",$true,"1"`,
    `Invoke-CimMethod -ClassName Win32_ScheduledJob -MethodName Create -Arguments @{Command='cmd.exe /c x'}`,
  ])('%s', (script) => {
    expect(of(script)).toEqual({ tool: 'wmi', verb: 'create', action: 'cmd.exe /c x' })
  })

  test('a job that is fetched and deleted', () => {
    expect(of('(Get-WmiObject Win32_ScheduledJob -ComputerName q).Delete()')).toMatchObject({
      verb: 'delete',
      target: 'q',
    })
  })
})

describe('programs', () => {
  test('quotes for schtasks come through PowerShell as they do on Windows', () => {
    expect(
      of(String.raw`schtasks /Create /F /SC DAILY /TN M /TR 'C:\p.exe -c \"IEX ((gp HKCU:\S debug).debug)\"';'done'`),
    ).toEqual({
      tool: 'schtasks',
      verb: 'create',
      task: '\\M',
      action: 'C:\\p.exe -c "IEX ((gp HKCU:\\S debug).debug)"',
      schedule: 'DAILY',
    })
  })

  test.each([
    ["Start-Process schtasks -ArgumentList '/run','/tn','x' -Wait"],
    ['Start-Process -FilePath schtasks.exe -ArgumentList "/run /tn x"'],
    ['& "C:\\Windows\\System32\\schtasks.exe" /run /tn x | Out-Null'],
    ['cmd /c "schtasks /run /tn x"'],
    ['$o = schtasks /run /tn x 2>&1'],
  ])('%s', (script) => {
    expect(of(script)).toEqual({ tool: 'schtasks', verb: 'run', task: '\\x' })
  })

  test('a script block that is sent to a host makes its task there', () => {
    expect(of('Invoke-Command -ComputerName srv7 -ScriptBlock { schtasks /create /tn r /tr calc.exe }')).toMatchObject({
      target: 'srv7',
      task: '\\r',
    })
  })

  test('a part of a script that begins inside a string still shows what follows', () => {
    expect(of('rest of it"\nschtasks /run /tn x\n')).toMatchObject({ verb: 'run', task: '\\x' })
  })
})

describe('the payload of 4103', () => {
  const line = (cmdlet: string, name: string, value: string) =>
    `ParameterBinding(${cmdlet}): name="${name}"; value="${value}"\r\n`

  test('gives the parameters by name; values hold quotes and lines as they are', () => {
    expect(
      of(
        'CommandInvocation(Register-ScheduledTask): "Register-ScheduledTask"\r\n' +
          line('Register-ScheduledTask', 'TaskName', 'a "b"') +
          line('Register-ScheduledTask', 'InputObject', 'MSFT_ScheduledTask'),
      ),
    ).toEqual({ tool: 'powershell', verb: 'create', task: '\\a "b"' })
  })

  test('shows the script that Invoke-Expression was given', () => {
    expect(
      of(
        'CommandInvocation(Invoke-Expression): "Invoke-Expression"\r\n' +
          line('Invoke-Expression', 'Command', "$a=1;\nschtasks /delete /tn 'x y' /f"),
      ),
    ).toEqual({ tool: 'schtasks', verb: 'delete', task: '\\x y' })
  })

  test('of another cmdlet that was told about one asks for nothing', () => {
    expect(
      of(`CommandInvocation(Out-File): "Out-File"\r\n${line('Out-File', 'InputObject', 'Register-ScheduledTask x')}`),
    ).toBeNull()
  })
})
