import { expect, test } from 'vitest'
import { madeChain, type Part } from '../../lab/made-chains.ts'
import type { Change, RunProcess, TiedBy } from '../../model/chain.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { hijackedTask } from './hijacked-task.ts'

const silentCleanup = '\\Microsoft\\Windows\\DiskCleanup\\SilentCleanup'

interface Task {
  readonly path?: string | null
  readonly action?: string
  readonly ran?: string
  readonly commandLine?: string | null
  readonly tiedBy?: TiedBy
  readonly change?: Part<Change>
  readonly environment?: string
  readonly handler?: string
}

function weigh({
  path = silentCleanup,
  action,
  ran,
  commandLine = 'x',
  tiedBy = 'lineage',
  change,
  environment,
  handler,
}: Task) {
  const root: Partial<RunProcess> = { depth: 0, image: ran ?? null, commandLine, tiedBy }
  const chain = madeChain({
    host: 'ws5',
    taskPath: path,
    change: change ?? null,
    statedAction: action ?? null,
    runs: ran ? [{ processes: [root] }] : [],
    circumstances: [
      ...(environment ? [{ kind: 'environment-changed' as const, what: environment }] : []),
      ...(handler ? [{ kind: 'handler-changed' as const, what: handler }] : []),
    ],
  })
  return hijackedTask.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))
}

test('SilentCleanup that starts a shell was hijacked, even where nothing shows how', () => {
  expect(weigh({ ran: 'C:\\Windows\\System32\\cmd.exe' })).toEqual({
    bits: 8,
    says: `${silentCleanup} stands for cleanmgr.exe, but it started C:\\Windows\\System32\\cmd.exe.`,
  })
})

test('one of several programs that the task has on some release is its own, unless it is told to do something else', () => {
  const path = '\\Microsoft\\Windows\\Application Experience\\Microsoft Compatibility Appraiser'
  const ran = (image: string, commandLine: string) =>
    weigh({ path, ran: `C:\\Windows\\System32\\${image}`, commandLine })
  expect(ran('sc.exe', 'C:\\Windows\\system32\\sc.exe start InventorySvc')).toBeUndefined()
  expect(ran('rundll32.exe', 'C:\\Windows\\system32\\rundll32.exe aepdu.dll,AePduRunUpdate -nolegacy')).toBeUndefined()
  expect(ran('CompatTelRunner.exe', 'C:\\Windows\\system32\\compattelrunner.exe -m:x.dll')).toBeUndefined()
  expect(ran('rundll32.exe', 'C:\\Windows\\system32\\rundll32.exe C:\\Users\\Public\\a.dll,Run')?.bits).toBe(8)
  expect(ran('sc.exe', 'sc.exe start evil')?.bits).toBe(8)
})

test('an inbox task with a shell or script of its own runs that, and no other', () => {
  const path = '\\Microsoft\\Windows\\Server Manager\\CleanupOldPerfLogs'
  const script = (file: string) =>
    weigh({
      path,
      ran: 'C:\\Windows\\System32\\cscript.exe',
      commandLine: `C:\\Windows\\system32\\cscript.exe /B /nologo ${file}`,
    })
  expect(script('C:\\Windows\\system32\\calluxxprovider.vbs $(Arg0) $(Arg1) $(Arg2)')).toBeUndefined()
  expect(script('C:\\Users\\Public\\a.vbs')?.bits).toBe(8)
})

test('a COM handler starts no process: one that the scheduler names as its own is not Windows’', () => {
  const path = '\\Microsoft\\Windows\\Wininet\\CacheTask'
  expect(weigh({ path, ran: 'C:\\Windows\\System32\\cmd.exe', tiedBy: 'pid' })?.bits).toBe(8)
  expect(weigh({ path, ran: 'C:\\Windows\\System32\\cmd.exe', tiedBy: 'run-request' })).toBeUndefined()
})

test('a changed variable in front of the program is worth most', () => {
  expect(weigh({ environment: 'HKU\\S-1-5-21\\Environment\\windir = cmd.exe' })?.bits).toBe(9)
})

test('so is a server of the user’s own for the COM class that the task runs', () => {
  const what = 'HKU\\S-1-5-21_Classes\\CLSID\\{0358}\\InprocServer32 = C:\\Users\\Public\\a.dll'
  expect(weigh({ handler: what })).toMatchObject({ bits: 9, says: expect.stringContaining('a.dll') })
})

test('a task that starts another program than its action stands out', () => {
  expect(
    weigh({ path: '\\Vendor', action: '"C:\\Program Files\\V\\v.exe" /x', ran: 'C:\\Users\\Public\\w.exe' })?.bits,
  ).toBe(8)
})

test.each<[string, Task]>([
  ['cleanmgr for SilentCleanup', { ran: 'C:\\Windows\\System32\\CLEANMGR.EXE' }],
  [
    'a COM handler’s host',
    { path: '\\Microsoft\\Windows\\Defrag\\ScheduledDefrag', ran: 'C:\\Windows\\System32\\taskhostw.exe' },
  ],
  [
    'a COM handler in a surrogate',
    { path: '\\V', action: 'ComHandler {1-2}', ran: 'C:\\Windows\\System32\\rundll32.exe' },
  ],
  [
    'a program named without its extension',
    { path: '\\V', action: 'powershell -File a.ps1', ran: 'C:\\Windows\\System32\\powershell.exe' },
  ],
  ['a shell named by a variable', { path: '\\V', action: '%comspec% /c dir', ran: 'C:\\Windows\\System32\\cmd.exe' }],
  [
    'a batch file in its shell',
    { path: '\\V', action: 'C:\\Scripts\\backup.cmd', ran: 'C:\\Windows\\System32\\cmd.exe' },
  ],
  [
    'a console document in mmc',
    { path: '\\V', action: 'C:\\Windows\\System32\\services.msc', ran: 'C:\\Windows\\System32\\mmc.exe' },
  ],
  ['a program that a variable names', { path: '\\V', action: '%VENDOR_HOME%', ran: 'C:\\V\\v.exe' }],
  ['a task that nobody knows', { path: '\\Other', ran: 'C:\\Windows\\System32\\cmd.exe' }],
  ['a process of no known task', { path: null, ran: 'C:\\Windows\\System32\\cmd.exe' }],
  ['a process without a command line: the log may name another instance', { ran: 'C:\\x.exe', commandLine: null }],
  [
    'a task whose change was seen: that is weighed itself',
    { ran: 'C:\\x.exe', change: { kind: 'modified', actor: {} } },
  ],
])('%s says nothing', (_, task) => {
  expect(weigh(task)).toBeUndefined()
})
