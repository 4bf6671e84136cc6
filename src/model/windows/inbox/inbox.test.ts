import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Action } from '../../definition.ts'
import {
  inboxClasses,
  inboxSources,
  inboxTask,
  inboxTasks,
  inboxTasksStarting,
  inboxTriggers,
  isAmongWindowsOwn,
  matchesInbox,
  releases,
  serverOfClass,
} from './index.ts'

const exec = (command: string, args: string | null = null): Action => ({
  kind: 'exec',
  id: null,
  command,
  arguments: args,
  workingDirectory: null,
  hideAppWindow: false,
})
const handler = (classId: string, data: string | null = null): Action => ({
  kind: 'com-handler',
  id: null,
  classId,
  data,
})
const own = (path: string) => `\\Microsoft\\Windows\\${path}`

test('a task of Windows is found by its path in any case, one of several users by its pattern', () => {
  expect(inboxTask('\\MICROSOFT\\windows\\Wininet\\cachetask')?.path).toBe(own('Wininet\\CacheTask'))
  expect(inboxTask('\\Agent Activation Runtime\\S-1-5-21-1-2-3-1001')?.path).toContain('*')
  expect(inboxTask('\\Agent Activation Runtime\\S-1-5-21-1\\x')).toBeUndefined()
  expect(inboxTask('\\Contoso\\CacheTask')).toBeUndefined()
})

test('what it runs is its own on every release that has it', () => {
  const appraiser = own('Application Experience\\Microsoft Compatibility Appraiser')
  expect(matchesInbox(appraiser, [exec('%windir%\\system32\\sc.exe', 'start InventorySvc')])).toBe('same')
  expect(matchesInbox(appraiser, [exec('%windir%\\system32\\compattelrunner.exe')])).toBe('same')
  expect(matchesInbox(appraiser, [exec('rundll32.exe', 'aepdu.dll,AePduRunUpdate -nolegacy')])).toBe('other')
  expect(
    matchesInbox(appraiser, [exec('C:\\Windows\\System32\\rundll32.exe', 'aepdu.dll,AePduRunUpdate  -nolegacy')]),
  ).toBe('same')
  expect(
    matchesInbox(own('DiskCleanup\\SilentCleanup'), [
      exec('"%SystemRoot%\\System32\\cleanmgr.exe"', '/AutoClean /d C:'),
    ]),
  ).toBe('same')
  expect(matchesInbox(own('Servicing\\StartComponentCleanup'), [handler('752073A1-23F2-4396-85F0-8FDB879ED0ED')])).toBe(
    'same',
  )
})

test('a path alone is worth nothing: a changed, an added or an unknown action makes it another task', () => {
  const defrag = own('Defrag\\ScheduledDefrag')
  const ordinary = exec('%windir%\\system32\\defrag.exe', '-c -h -o -$')
  expect(matchesInbox(defrag, [ordinary])).toBe('same')
  expect(matchesInbox(defrag, [ordinary, exec('C:\\Users\\Public\\a.exe')])).toBe('other')
  expect(matchesInbox(defrag, [exec('C:\\Users\\Public\\defrag.exe', '-c -h -o -$')])).toBe('other')
  expect(matchesInbox(own('Autochk\\Proxy'), [exec('%windir%\\system32\\rundll32.exe', '/d evil.dll,Run')])).toBe(
    'other',
  )
  expect(matchesInbox(own('Wininet\\CacheTask'), [handler('{11111111-2222-3333-4444-555555555555}')])).toBe('other')
  expect(matchesInbox(own('PowerShell\\ScheduledJobs\\Any'), [exec('powershell.exe')])).toBe('unknown')
  expect(matchesInbox(defrag, [])).toBe('unknown')
})

test('a part that differs between hosts is one name, and no more', () => {
  const scan = own('Windows Defender\\Windows Defender Cleanup')
  const at = (version: string) =>
    exec(
      `C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\${version}\\MpCmdRun.exe`,
      '-IdleTask -TaskName WdCleanup',
    )
  expect(matchesInbox(scan, [at('4.18.26010.1-0')])).toBe('same')
  expect(matchesInbox(scan, [at('4.18\\..\\..\\..\\x')])).toBe('other')
  const enrolment = own(
    'EnterpriseMgmt\\6BA6D0C2-1111-4444-8888-0123456789AB\\Schedule #1 created by enrollment client',
  )
  const enroller = '%windir%\\system32\\deviceenroller.exe'
  expect(matchesInbox(enrolment, [exec(enroller, '/o "6BA6D0C2-1111-4444-8888-0123456789AB" /c')])).toBe('same')
  expect(matchesInbox(enrolment, [exec(enroller, '/o "6BA6D0C2" /x /c')])).toBe('other')
})

test('what a program of Windows is the action of, and which file serves a class', () => {
  expect(inboxTasksStarting('wermgr.exe').map(({ path }) => path)).toContain(
    own('Windows Error Reporting\\QueueReporting'),
  )
  expect(inboxTasksStarting('nobody.exe')).toEqual([])
  expect(serverOfClass('0358B920-0AC7-461F-98F4-58E32CD89148')).toBe('%SystemRoot%\\system32\\wininet.dll')
  expect(serverOfClass('{752073a1-23f2-4396-85f0-8fdb879ed0ed}')).toBe('%SystemRoot%\\servicing\\TrustedInstaller.exe')
  expect(inboxClasses(own('Wininet\\CacheTask'))).toEqual(['{0358b920-0ac7-461f-98f4-58e32cd89148}'])
  expect(inboxClasses(own('Defrag\\ScheduledDefrag'))).toEqual([])
})

test('a user’s own jobs of PowerShell lie below \\Microsoft\\Windows without being taken for Windows’ own', () => {
  expect(isAmongWindowsOwn(own('Anything\\New'))).toBe(true)
  expect(isAmongWindowsOwn(own('PowerShell\\ScheduledJobs\\Nightly'))).toBe(false)
  expect(isAmongWindowsOwn('\\Microsoft\\Office\\Update')).toBe(false)
})

test('every word of the table is one that it declares, and no path is there twice', () => {
  const sources = new Set(Object.keys(inboxSources))
  const principals = new Set<string>()
  for (const task of inboxTasks) {
    for (const release of [task, ...task.variants].flatMap((each) => each.releases)) expect(releases).toContain(release)
    for (const { release } of task.otherPrincipals) expect(releases).toContain(release)
    for (const source of [task, ...task.variants].flatMap((each) => each.sources)) expect(sources).toContain(source)
    for (const trigger of task.triggers) expect(inboxTriggers).toContain(trigger)
    expect(task.sources, task.path).not.toEqual([])
    for (const action of task.variants.flatMap((each) => each.actions)) {
      if (action.kind === 'com-handler')
        expect(action.classId).toMatch(/^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/)
      else expect(action.program, task.path).toMatch(/\.(?:exe|vbs|cmd)$/i)
    }
    if (task.principal) principals.add(task.principal)
  }
  expect(new Set(inboxTasks.map(({ path }) => path.toLowerCase())).size).toBe(inboxTasks.length)
  expect([...principals].sort()).toEqual([
    'Administrators',
    'Authenticated Users',
    'Everyone',
    'INTERACTIVE',
    'LOCAL SERVICE',
    'NETWORK SERVICE',
    'SYSTEM',
    'Users',
  ])
})

interface Listed {
  readonly path: string
  readonly vendor: string
  readonly confidence: string
  readonly author: string | null
  readonly principal: string | null
  readonly actions: readonly {
    readonly program?: string
    readonly arguments?: string
    readonly classId?: string
    readonly data?: string
  }[]
  readonly variants?: readonly { readonly actions: Listed['actions'] }[]
}

const listing = '../shared/data/windows-tasks/tasks.jsonl'

test.skipIf(!existsSync(listing))(
  'every task of Windows that public listings show is in the table with all that it runs, and no task of others is (skipped where the listings are not beside the repository)',
  () => {
    const tasks = readFileSync(listing, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Listed)
    const filled = (text: string) => text.replaceAll('*', '0').replace('{}', '0')
    for (const { path, vendor, confidence, author, principal, actions, variants } of tasks) {
      const found = inboxTask(filled(path))
      if (vendor !== 'Windows') {
        expect(found, path).toBeUndefined()
        continue
      }
      if (confidence !== 'exact') continue
      expect(found, path).toMatchObject({ author, principal })
      for (const each of [{ actions }, ...(variants ?? [])]) {
        const made = each.actions.map(({ program, arguments: args, classId, data }) =>
          program === undefined ? handler(classId ?? '', data ?? null) : exec(filled(program), filled(args ?? '')),
        )
        expect(matchesInbox(filled(path), made), `${path} ${JSON.stringify(each.actions)}`).toBe('same')
      }
    }
  },
)
