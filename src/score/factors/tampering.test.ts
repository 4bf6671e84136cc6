import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import type { ChangeKind, Route } from '../../model/chain.ts'
import type { Written } from '../../model/written.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { tampering } from './tampering.ts'

interface By {
  readonly kind?: ChangeKind
  readonly sid?: string
}

function weigh(route: Route, written: readonly Written[], { kind = 'tampered', sid = 'S-1-5-21-1-2-3-1001' }: By = {}) {
  const chain = madeChain({
    host: 'ws5',
    change: { kind, route, because: 'x wrote it', written, actor: { user: null, sid } },
  })
  return tampering.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))
}

const value = (name: string | null, action: 'set-value' | 'delete-value' | 'rename' = 'set-value'): Written => ({
  where: 'registry',
  action,
  value: name,
})

test.each([[value('sd', 'delete-value')], [value('index')], [value('id'), value('sd', 'rename')]])(
  'a task that is taken out of sight outranks every other tampering',
  (...written) => {
    const { bits = 0, says = '' } = weigh('registry', written) ?? {}
    expect(bits).toBe(9)
    expect(says).toContain('may run unseen')
    expect(bits).toBeGreaterThan(weigh('registry', [value('id')])?.bits ?? 0)
  },
)

test('the same in the registry by SYSTEM is no better', () => {
  expect(weigh('registry', [value('sd', 'delete-value')], { sid: 'S-1-5-18' })?.bits).toBe(9)
})

test('a task file that a person wrote outranks one that a service restored', () => {
  expect(weigh('task-file', [{ where: 'file' }])?.bits).toBe(5)
  expect(weigh('task-file', [{ where: 'file' }], { sid: 'S-1-5-18' })?.bits).toBe(3)
})

test('a change through the service is no tampering', () => {
  expect(weigh('schtasks', [], { kind: 'created' })).toBeUndefined()
})
