import { expect, test } from 'vitest'
import type { Chain, Change, RunProcess } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { bareShell } from './bare-shell.ts'

interface Task {
  readonly action?: string
  readonly runAs?: string
  readonly ran?: Partial<RunProcess>
  readonly change?: Pick<Change, 'kind' | 'route'> & { readonly command: string }
}

function bitsOf({ action, runAs, ran, change }: Task): number {
  const chain = {
    host: 'ws5',
    change: change ? { ...change, actor: { process: { commandLine: change.command } } } : null,
    definition: null,
    statedAction: action ?? null,
    statedRunAs: runAs ?? null,
    runs: ran ? [{ processes: [{ depth: 0, user: null, image: null, commandLine: null, ...ran }] }] : [],
    circumstances: [],
  } as unknown as Chain
  return bareShell.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}

test('a bare shell as SYSTEM outranks one as a user', () => {
  expect(bitsOf({ action: 'cmd.exe', runAs: 'SYSTEM' })).toBe(4)
  expect(bitsOf({ action: 'cmd.exe', runAs: 'CORP\\bob' })).toBe(3)
})

test.each([
  ['cmd'],
  ['CMD.EXE '],
  ['"C:\\Windows\\System32\\cmd.exe"'],
  ['%ComSpec%'],
  ['C:/Windows/System32/cmd.exe'],
  ['powershell'],
  ['pwsh'],
])('a shell without a command is bare: %s', (action) => {
  expect(bitsOf({ action })).toBe(3)
})

test('what ran tells whom the shell ran as', () => {
  expect(bitsOf({ ran: { commandLine: '"C:\\Windows\\SYSTEM32\\cmd.exe" ', user: 'NT AUTHORITY\\SYSTEM' } })).toBe(4)
  expect(bitsOf({ ran: { commandLine: 'cmd.exe', user: 'NT-AUTORITÄT\\SYSTEM' } })).toBe(4)
})

test('an at job with /interactive wants a desktop', () => {
  expect(bitsOf({ change: { kind: 'created', route: 'at', command: 'at 13:20 /INTERACTIVE notepad' } })).toBe(3)
})

test.each([
  ['cmd.exe /c C:\\Scripts\\backup.cmd'],
  ['powershell.exe -File C:\\Scripts\\a.ps1'],
  ['C:\\Tools\\app.exe'],
  [''],
])('a shell with something to do is not bare: %s', (action) => {
  expect(bitsOf({ action, runAs: 'SYSTEM' })).toBe(0)
})

test('a shell whose command line nobody recorded may have had a command', () => {
  expect(bitsOf({ ran: { image: 'C:\\Windows\\System32\\cmd.exe' } })).toBe(0)
})

test('/interactive is a word of at only', () => {
  expect(bitsOf({ change: { kind: 'created', route: 'schtasks', command: 'schtasks /create /interactive' } })).toBe(0)
})
