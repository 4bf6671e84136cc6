import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { creator } from './creator.ts'

/** The weight of a change by the first of these processes, the others being its parents from the nearest on. */
function weighLine(...images: (string | null)[]) {
  const [first, ...parents] = images.map((image, pid) => ({ pid, image, commandLine: null }))
  const chain = madeChain({
    host: 'ws5',
    change: {
      kind: 'created',
      actor: { user: null, sid: null, process: first ? { ...first, ancestry: parents } : null },
    },
  })
  return creator.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))
}

test('a task that comes out of Word is hardly ever an administrator’s', () => {
  const line = [
    'C:\\Windows\\System32\\schtasks.exe',
    'C:\\Windows\\System32\\cmd.exe',
    'C:\\Program Files\\Office\\WINWORD.EXE',
  ]
  expect(weighLine(...line)).toEqual({
    bits: 7,
    says: 'The change comes from an Office or document program (winword.exe).',
  })
})

test('of several telling ancestors the most telling counts', () => {
  expect(weighLine('schtasks.exe', 'powershell.exe', 'excel.exe')?.bits).toBe(7)
  expect(weighLine('schtasks.exe', 'powershell.exe', 'wscript.exe')?.bits).toBe(4)
})

test('a task made below a web server outranks one made by PowerShell', () => {
  const web = weighLine('schtasks.exe', 'cmd.exe', 'C:\\Windows\\System32\\inetsrv\\w3wp.exe')?.bits ?? 0
  expect(web).toBeGreaterThan(weighLine('powershell.exe', 'explorer.exe')?.bits ?? 0)
})

test.each([
  [
    'a person at a prompt',
    ['C:\\Windows\\System32\\schtasks.exe', 'C:\\Windows\\System32\\cmd.exe', 'C:\\Windows\\explorer.exe'],
  ],
  [
    'msiexec calling schtasks',
    [
      'C:\\Windows\\System32\\schtasks.exe',
      'C:\\Windows\\System32\\msiexec.exe',
      'C:\\Windows\\System32\\services.exe',
    ],
  ],
  [
    'OneDrive through COM',
    ['C:\\Users\\bob\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe', 'C:\\Windows\\explorer.exe'],
  ],
  ['a folder of that name', ['C:\\winword.exe\\setup.exe']],
  ['an image that is not known', [null, null]],
  ['no process at all', []],
])('%s says nothing', (_, line) => {
  expect(weighLine(...line)).toBeUndefined()
})
