import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import type { ChangeKind } from '../../model/chain.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { ownRun } from './own-run.ts'

function bitsOf(kind: ChangeKind, byOwnRun: boolean): number {
  const chain = madeChain({
    host: 'ws5',
    change: { kind, byOwnRun },
  })
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
