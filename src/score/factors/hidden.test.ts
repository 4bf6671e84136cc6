import { expect, test } from 'vitest'
import type { Chain } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { hidden } from './hidden.ts'

function bitsOf(isHidden: boolean, change: { user: string | null; sid: string | null } | null): number {
  const chain = {
    host: 'ws5.corp.example',
    change: change ? { kind: 'created', actor: { ...change, process: null } } : null,
    definition: { settings: { hidden: isHidden }, actions: [], principals: [] },
    runs: [],
    circumstances: [],
  } as unknown as Chain
  return hidden.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}
const bob = { user: 'CORP\\bob', sid: null }

test('a hidden task that a person made stands out', () => {
  expect(bitsOf(true, bob)).toBe(3)
})

test('an account that only looks like a computer’s is a person’s', () => {
  expect(bitsOf(true, { user: 'CORP\\helpdesk$', sid: null })).toBe(3)
})

test('a hidden task of Windows itself, or one that nobody was seen making, says nothing', () => {
  expect(bitsOf(true, { user: null, sid: 'S-1-5-18' })).toBe(0)
  expect(bitsOf(true, { user: 'NT AUTHORITY\\SYSTEM', sid: null })).toBe(0)
  expect(bitsOf(true, { user: 'CORP\\WS5$', sid: null })).toBe(0)
  expect(bitsOf(true, null)).toBe(0)
})

test('a task in plain view says nothing', () => {
  expect(bitsOf(false, bob)).toBe(0)
})
