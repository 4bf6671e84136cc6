import { expect, test } from 'vitest'
import type { Chain } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { masquerade } from './masquerade.ts'

interface Task {
  readonly path?: string
  readonly author?: string
  readonly action?: string
  readonly user?: string | null
  readonly kind?: string
}

function bitsOf({ path = '\\Task', author, action = 'C:\\x.exe', user = 'CORP\\bob', kind = 'created' }: Task): number {
  const chain = {
    host: 'ws5',
    taskPath: path,
    change: { kind, actor: { user, sid: null } },
    definition: {
      registrationInfo: { author: author ?? null },
      actions: [{ kind: 'exec', command: action, arguments: null }],
      principals: [],
    },
    runs: [],
    circumstances: [],
  } as unknown as Chain
  return masquerade.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}

test('a task that a person puts among Windows’ own hides in the crowd', () => {
  expect(bitsOf({ path: '\\Microsoft\\Windows\\Printing\\SpoolerSync' })).toBe(4)
  expect(bitsOf({ path: '\\MICROSOFT\\WINDOWS\\x', kind: 'tampered' })).toBe(4)
})

test.each([
  ['C:\\Users\\Public\\svchost.exe'],
  ['%windir%\\Temp\\svchost.exe'],
  ['C:\\Windows\\..\\Users\\Public\\a.exe'],
  ['powershell -enc AAAA'],
])('Microsoft as the author of %s is a lie', (action) => {
  expect(bitsOf({ author: 'Microsoft Corporation', action })).toBe(4)
})

test.each([
  ['%windir%\\system32\\defrag.exe'],
  ['"C:\\Windows\\System32\\cleanmgr.exe"'],
  ['%localappdata%\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe'],
  ['C:\\Users\\bob\\AppData\\Local\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe'],
  ['C:\\Program Files\\Common Files\\Microsoft Shared\\ClickToRun\\OfficeC2RClient.exe'],
  ['"C:\\Program Files (x86)\\Microsoft\\EdgeUpdate\\MicrosoftEdgeUpdate.exe" /ua'],
])('Microsoft is the author of %s', (action) => {
  expect(bitsOf({ author: 'Microsoft Corporation', action })).toBe(0)
})

test('Windows’ own accounts make Windows’ own tasks', () => {
  expect(bitsOf({ path: '\\Microsoft\\Windows\\x', user: 'NT AUTHORITY\\SYSTEM' })).toBe(0)
  expect(bitsOf({ path: '\\Microsoft\\Windows\\x', user: null })).toBe(0)
})

test.each(['modified', 'disabled', 'deleted', 'enabled'])('a task of Windows that was %s was there before', (kind) => {
  expect(bitsOf({ path: '\\Microsoft\\Windows\\x', kind })).toBe(0)
})

test('a folder that only sounds alike is not Windows’ own', () => {
  expect(bitsOf({ path: '\\Microsoft\\Office\\Update', author: 'Vendor' })).toBe(0)
})
