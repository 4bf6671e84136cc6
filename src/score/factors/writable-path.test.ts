import { expect, test } from 'vitest'
import type { Chain, RunProcess } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { writablePath } from './writable-path.ts'

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
  return writablePath.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}

test('a task that starts a file of a public folder outranks one from a profile, and that one from System32', () => {
  const [open, profile, system] = [
    bitsOf('C:\\Users\\Public\\a.exe'),
    bitsOf('C:\\Users\\bob\\AppData\\Roaming\\a.exe'),
    bitsOf('C:\\Windows\\System32\\a.exe'),
  ]
  expect(open).toBeGreaterThan(profile)
  expect(profile).toBeGreaterThan(system)
  expect(system).toBe(0)
})

test.each([
  ['C:\\Users\\Public\\a.exe'],
  ['C:/Users/Public/a.exe'],
  ['"c:\\users\\PUBLIC\\a b.exe" /x'],
  ['%PUBLIC%\\a.exe'],
  ['C:\\\\Users\\\\Public\\\\a.exe'],
  ['C:\\Users\\.\\Public\\a.exe'],
  ['\\\\?\\C:\\Users\\Public\\a.exe'],
  ['C:\\Program Files\\..\\Users\\Public\\a.exe'],
  ['%windir%\\Temp\\a.exe'],
  ['C:\\Windows\\System32\\spool\\drivers\\color\\a.exe'],
  ['C:\\Windows\\Tasks\\a.exe'],
])('a folder that everybody writes to is one however it is written: %s', (action) => {
  expect(bitsOf(action)).toBe(4.5)
})

test.each([
  ['powershell -File C:\\Users\\Public\\a.ps1', 4.5],
  ['powershell -File $env:TEMP\\a.ps1', 4],
  ['rundll32.exe %TMP%\\a.dll,Start', 4],
  ['wscript "C:\\Users\\bob\\Downloads\\a.vbs"', 4],
  ['"C:\\Program Files\\Python312\\python.exe" C:\\Users\\Public\\a.py', 4.5],
  ['"C:\\Program Files\\PowerShell\\7\\pwsh.exe" -File C:\\Users\\Public\\a.ps1', 4.5],
])('the file that a shell or interpreter is given counts like a program: %s', (action, bits) => {
  expect(bitsOf(action)).toBe(bits)
})

test('where only the process was seen, its command line tells', () => {
  const image = 'C:\\Windows\\System32\\wscript.exe'
  expect(bitsOf(null, { depth: 0, image, commandLine: 'wscript C:\\Users\\Public\\a.vbs' })).toBe(4.5)
})

test.each([
  ['\\\\fileserver\\tools\\a.exe', 3],
  ['C:\\ProgramData\\a.exe', 3.5],
  ['C:\\tools\\shell.cmd', 2],
  ['D:\\Apps\\a.exe', 2],
])('other places outside the installed programs count less: %s', (action, bits) => {
  expect(bitsOf(action)).toBe(bits)
})

test('OneDrive in AppData is only mildly suspicious', () => {
  expect(bitsOf('%localappdata%\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe')).toBe(2)
})

test.each([
  ['"C:\\Program Files (x86)\\Google\\Update\\GoogleUpdate.exe" /ua /installsource scheduler'],
  ['C:\\Program Files\\Vendor\\updater.exe /silent'],
  ['C:\\PROGRA~1\\Vendor\\updater.exe'],
  ['"%ProgramFiles%\\Vendor\\updater.exe" --log C:\\Windows\\Temp\\updater.log'],
  ['"C:\\Program Files\\GitHub\\desktop\\app.exe"'],
  ['C:\\Windows\\System32\\cmd.exe /c C:\\Scripts\\backup.cmd'],
  ['%windir%\\system32\\cleanmgr.exe /autoclean /d %systemdrive%'],
  ['C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18\\MpCmdRun.exe Scan'],
  ['C:\\Windows\\System32\\msiexec.exe /i C:\\Packages\\a.msi'],
  ['ComHandler {c0d1c7a2-0000-0000-0000-000000000000}'],
  ['sc.exe start wuauserv'],
  [''],
])('installed software says nothing: %s', (action) => {
  expect(bitsOf(action)).toBe(0)
})
