import { expect, test } from 'vitest'
import type { Chain, RunProcess } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { credentialAccess } from './credential-access.ts'

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
  return credentialAccess.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}

test.each([
  ['rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 624 C:\\Windows\\Temp\\l.dmp full'],
  ['rundll32 comsvcs,#24 624 l.dmp full'],
  ['procdump64.exe -accepteula -ma lsass.exe l.dmp'],
  ['reg.exe save HKLM\\SAM C:\\Windows\\Temp\\s'],
  ['reg  save  "HKEY_LOCAL_MACHINE\\SECURITY" s'],
  ['cmd /c reg save hklm\\system s'],
  ['ntdsutil "ac i ntds" ifm "create full c:\\x" q q'],
  ['cmd.exe /c vssadmin.exe  create shadow /for=C:'],
  ['cmd /c copy \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\Windows\\NTDS\\NTDS.dit c:\\x'],
  ['esentutl /y C:\\Windows\\System32\\config\\SAM /d s'],
])('a task that dumps credentials: %s', (action) => {
  expect(bitsOf(action)).toBe(8)
})

test('what a task’s child does counts as much', () => {
  expect(bitsOf('cmd /c a.bat', { depth: 2, commandLine: 'mimikatz.exe "sekurlsa::logonpasswords"' })).toBe(8)
})

test.each([
  ['cmd.exe /c del /q C:\\Windows\\Minidump\\*.dmp'],
  ['C:\\Windows\\System32\\vssadmin.exe Create Shadow /AutoRetry=15 /For=\\\\?\\Volume{4e4f2f0c}\\'],
  ['C:\\Program Files\\Elsass Bank\\elsass-backup.exe'],
  ['reg export HKLM\\SYSTEM\\CurrentControlSet\\Services\\Foo C:\\Backup\\foo.reg'],
  ['reg save HKLM\\SOFTWARE\\Vendor C:\\Backup\\v'],
  ['tool.exe C:\\Windows\\System32\\config\\sample.xml'],
  ['"C:\\Program Files\\Vendor\\updater.exe" /ua'],
])('ordinary upkeep says nothing: %s', (action) => {
  expect(bitsOf(action)).toBe(0)
})
