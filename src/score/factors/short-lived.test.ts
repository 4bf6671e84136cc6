import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import type { ChangeKind } from '../../model/chain.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { shortLived } from './short-lived.ts'

interface Lived {
  readonly kind?: ChangeKind
  readonly later?: ChangeKind
  readonly ran?: boolean
  readonly sid?: string
}

function weigh(
  milliseconds: number,
  { kind = 'created', later = 'deleted', ran = false, sid = 'S-1-5-21-1-2-3-1001' }: Lived = {},
) {
  const chain = madeChain({
    host: 'ws5',
    change: {
      kind,
      time: 5_000,
      actor: { user: null, sid },
      laterChanges: [{ kind: later, time: 5_000 + milliseconds }],
    },
    runs: ran ? [{ processes: [] }] : [],
  })
  return shortLived.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))
}

test('the shorter a task lived, the more it weighs', () => {
  expect(weigh(23, { ran: true })).toEqual({ bits: 6, says: 'The task was created, run and deleted within 23 ms.' })
  expect(weigh(10_000)).toEqual({ bits: 5, says: 'The task was created and deleted within 10 s.' })
  expect(weigh(300_000)?.bits).toBe(3)
})

test('Windows’ update services clean up after themselves', () => {
  expect(weigh(23, { sid: 'S-1-5-18' })?.bits).toBe(1)
})

test('a task that lived longer, was only disabled, or was there before says nothing', () => {
  expect(weigh(300_001)).toBeUndefined()
  expect(weigh(23, { later: 'disabled' })).toBeUndefined()
  expect(weigh(23, { kind: 'modified' })).toBeUndefined()
})

test('after the clock was set back nobody knows how long it lived', () => {
  expect(weigh(-3_600_000)).toBeUndefined()
})
