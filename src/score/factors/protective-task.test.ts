import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import type { ChangeKind } from '../../model/chain.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { protectiveTask } from './protective-task.ts'

function bitsOf(taskPath: string | null, kind: ChangeKind, sid = 'S-1-5-21-1-2-3-1001'): number {
  const chain = madeChain({
    host: 'ws5',
    taskPath,
    change: { kind, actor: { user: null, sid } },
  })
  return protectiveTask.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))?.bits ?? 0
}

test.each(['disabled', 'deleted'] as const)('System Restore %s by a person takes away a way back', (kind) => {
  expect(bitsOf('\\Microsoft\\Windows\\SystemRestore\\SR', kind)).toBe(6)
  expect(bitsOf('\\MICROSOFT\\WINDOWS\\WINDOWS DEFENDER\\Windows Defender Scheduled Scan', kind)).toBe(6)
})

test('Windows switches its own tasks as it likes', () => {
  expect(bitsOf('\\Microsoft\\Windows\\WindowsUpdate\\Scheduled Start', 'disabled', 'S-1-5-18')).toBe(0)
})

test('switching it on, or switching off anything else, says nothing', () => {
  expect(bitsOf('\\Microsoft\\Windows\\SystemRestore\\SR', 'enabled')).toBe(0)
  expect(bitsOf('\\Microsoft\\Windows\\Maps\\MapsToastTask', 'disabled')).toBe(0)
  expect(bitsOf('\\SystemRestore\\SR', 'disabled')).toBe(0)
  expect(bitsOf(null, 'deleted')).toBe(0)
})
