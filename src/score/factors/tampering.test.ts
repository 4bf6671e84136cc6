import { expect, test } from 'vitest'
import type { Chain } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { tampering } from './tampering.ts'

function weigh(route: string, because: string, { kind = 'tampered', sid = 'S-1-5-21-1-2-3-1001' } = {}) {
  const chain = {
    host: 'ws5',
    change: { kind, route, because, actor: { user: null, sid } },
    definition: null,
    statedAction: null,
    statedRunAs: null,
    runs: [],
    circumstances: [],
  } as unknown as Chain
  return tampering.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))
}

test.each([
  'reg.exe (pid 7) deleted the registry value SD of the task itself',
  'x wrote the registry value index of the task itself',
])('a task that is taken out of sight outranks every other tampering: %s', (because) => {
  const { bits = 0, says = '' } = weigh('registry', because) ?? {}
  expect(bits).toBe(9)
  expect(says).toContain('may run unseen')
  expect(bits).toBeGreaterThan(weigh('registry', 'x wrote the registry value Id of the task itself')?.bits ?? 0)
})

test('the same in the registry by SYSTEM is no better', () => {
  expect(weigh('registry', 'x deleted the registry value SD of the task itself', { sid: 'S-1-5-18' })?.bits).toBe(9)
})

test('a task file that a person wrote outranks one that a service restored', () => {
  expect(weigh('task-file', 'x wrote the file of the task')?.bits).toBe(5)
  expect(weigh('task-file', 'x wrote the file of the task', { sid: 'S-1-5-18' })?.bits).toBe(3)
})

test('a change through the service is no tampering', () => {
  expect(weigh('schtasks', 'The audit event names it', { kind: 'created' })).toBeUndefined()
})
