import { expect, test } from 'vitest'
import type { Chain, RunProcess } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { outputToFile } from './output-to-file.ts'

/** The weight of a task that starts `action` and of whose run these processes were seen. */
function bitsOf(action: string | null, ...processes: Partial<RunProcess>[]): number {
  const chain = {
    host: 'ws5',
    change: null,
    definition: null,
    statedAction: action,
    statedRunAs: null,
    runs: [{ processes }],
    circumstances: [],
  } as unknown as Chain
  return outputToFile.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}

test.each([
  ['cmd.exe /C whoami > %windir%\\Temp\\bouWFQYO.tmp 2>&1'],
  ['cmd.exe /C whoami > C:\\Windows\\Temp\\bouWFQYO.tmp 2>&1'],
  ['%COMSPEC% /Q /c echo cd ^> \\\\127.0.0.1\\C$\\__output 2^>^&1'],
  ['cmd.exe /Q /c dir 1> \\\\127.0.0.1\\ADMIN$\\__1628 2>&1'],
  ['cmd /c whoami > "C:\\Users\\Public\\o.txt"'],
  ['cmd /c whoami >%TEMP%\\o.txt'],
  ['cmd /c whoami > C:/Users/Public/o.txt'],
  ['cmd /c whoami > C:\\Temp\\o.txt'],
])('a shell that leaves its output for somebody: %s', (action) => {
  expect(bitsOf(action)).toBe(4)
})

test.each([
  ['cmd.exe /c C:\\Scripts\\backup.cmd'],
  ['C:\\Windows\\System32\\cmd.exe /c D:\\Scripts\\report.bat > D:\\Logs\\report.log 2>&1'],
  ['cmd /c backup.cmd >> C:\\Windows\\Logs\\backup.log'],
  ['cmd /c backup.cmd > nul 2>&1'],
  ['C:\\Program Files\\Vendor\\updater.exe > C:\\Windows\\Temp\\x.log'],
  ['cmd /c copy C:\\a \\\\server\\share\\a'],
])('an administrator’s script says nothing: %s', (action) => {
  expect(bitsOf(action)).toBe(0)
})
