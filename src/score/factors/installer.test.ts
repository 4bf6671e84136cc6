import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { installer } from './installer.ts'

function bitsOf(sid: string, ...images: string[]): number {
  const [first, ...parents] = images.map((image, pid) => ({ pid, image, commandLine: null }))
  const chain = madeChain({
    host: 'ws5',
    change: { kind: 'created', actor: { user: null, sid, process: { ...first, ancestry: parents } } },
  })
  return installer.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))?.bits ?? 0
}
const system = 'S-1-5-18'
const schtasks = 'C:\\Windows\\System32\\schtasks.exe'

test.each([
  ['C:\\Windows\\System32\\msiexec.exe'],
  ['C:\\Windows\\servicing\\TrustedInstaller.exe'],
  ['C:\\Windows\\CCM\\CcmExec.exe'],
  ['C:\\Windows\\ccmcache\\1a\\setup.exe'],
  ['C:\\Program Files (x86)\\Google\\Temp\\setup.exe'],
])('a task that %s makes as SYSTEM is ordinary', (image) => {
  expect(bitsOf(system, schtasks, image)).toBe(-3)
})

test.each([
  ['C:\\Users\\Public\\setup.exe'],
  ['C:\\Windows\\Temp\\setup.exe'],
  ['C:\\Users\\bob\\AppData\\Local\\Temp\\msiexec.exe'],
  ['C:\\Program Files\\..\\Users\\Public\\setup.exe'],
  ['C:\\Windows\\System32\\cmd.exe'],
])('the name alone excuses nothing: %s', (image) => {
  expect(bitsOf(system, schtasks, image)).toBe(0)
})

test('an installer that a person runs excuses nothing', () => {
  expect(bitsOf('S-1-5-21-1-2-3-1001', schtasks, 'C:\\Windows\\System32\\msiexec.exe')).toBe(0)
})
