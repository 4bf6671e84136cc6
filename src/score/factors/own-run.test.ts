import { expect, test } from 'vitest'
import type { Chain } from '../../model/chain.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { ownRun } from './own-run.ts'

function bitsOf(kind: string, byOwnRun: boolean): number {
  const chain = {
    host: 'ws5',
    change: { kind, byOwnRun },
    definition: null,
    statedAction: null,
    statedRunAs: null,
    runs: [],
    circumstances: [],
  } as unknown as Chain
  return ownRun.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))?.bits ?? 0
}

test('an updater that registers its own task anew is ordinary', () => {
  expect(bitsOf('modified', true)).toBe(-3)
})

test('a change by anybody else, or another kind of change, is not excused', () => {
  expect(bitsOf('modified', false)).toBe(0)
  expect(bitsOf('created', true)).toBe(0)
  expect(bitsOf('tampered', true)).toBe(0)
})
