import { expect, test } from 'vitest'
import type { Chain, RunProcess } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { inboxOffspring } from './inbox-offspring.ts'

const process = (image: string, depth: number): RunProcess => ({
  time: 0,
  ticks: 0,
  pid: 100 + depth,
  parentPid: null,
  image,
  commandLine: image,
  user: null,
  integrity: null,
  depth,
  tiedBy: depth === 0 ? 'lineage' : 'parent',
  source: 'sysmon-1',
})

function weigh(taskPath: string, images: readonly string[], change: unknown = null) {
  const runs = [{ processes: images.map((image, depth) => process(image, depth)) }]
  const chain = {
    taskPath,
    change,
    runs,
    definition: null,
    statedAction: null,
    statedRunAs: null,
    circumstances: [],
  } as unknown as Chain
  return inboxOffspring.weigh(subjectOf(chain, { hosts: 1, hostsWithAction: 1 }))
}

const cleanup = '\\Microsoft\\Windows\\DiskCleanup\\SilentCleanup'

test('a shell under the right program of a Windows task gives a planted DLL away', () => {
  expect(weigh(cleanup, ['C:\\Windows\\System32\\cleanmgr.exe', 'C:\\Windows\\System32\\cmd.exe'])?.bits).toBe(6)
})

test('what the program starts by itself is ordinary', () => {
  expect(
    weigh(cleanup, ['C:\\Windows\\System32\\cleanmgr.exe', 'C:\\Users\\a\\AppData\\Local\\Temp\\1\\DismHost.exe']),
  ).toBeUndefined()
})

test('telemetry starts PowerShell for itself', () => {
  const path = '\\Microsoft\\Windows\\Application Experience\\Microsoft Compatibility Appraiser'
  expect(
    weigh(path, [
      'C:\\Windows\\System32\\CompatTelRunner.exe',
      'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    ]),
  ).toBeUndefined()
})

test('a task that is not Windows’ own, or one that was changed, is weighed by other factors', () => {
  expect(weigh('\\Contoso\\Backup', ['C:\\a.exe', 'C:\\Windows\\System32\\cmd.exe'])).toBeUndefined()
  expect(
    weigh(cleanup, ['C:\\Windows\\System32\\cleanmgr.exe', 'C:\\Windows\\System32\\cmd.exe'], { kind: 'modified' }),
  ).toBeUndefined()
})
