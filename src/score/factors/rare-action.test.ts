import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { rareAction } from './rare-action.ts'

function weigh(hostsWithAction: number, hosts: number, task: { action?: string | null; change?: object | null } = {}) {
  const { action = 'C:\\a.exe', change = { kind: 'created' } } = task
  const chain = madeChain({
    host: 'ws5',
    change,
    statedAction: action,
  })
  return rareAction.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction, hosts } }))
}

test('the rarer an action is in the fleet, the more it weighs, up to four bits', () => {
  expect(weigh(1, 4)).toEqual({ bits: 1, says: '1 of 4 hosts has a task with this action.' })
  expect(weigh(1, 16)?.bits).toBe(3)
  expect(weigh(2, 16)).toEqual({ bits: 2, says: '2 of 16 hosts have a task with this action.' })
  expect(weigh(1, 100_000)?.bits).toBe(4)
})

test('what half of the fleet has is ordinary', () => {
  expect(weigh(8, 16)?.bits).toBe(-2)
  expect(weigh(16, 16)?.bits).toBe(-2)
})

test('in between, or with too few hosts, rarity says nothing', () => {
  expect(weigh(6, 16)).toBeUndefined()
  expect(weigh(1, 3)).toBeUndefined()
  expect(weigh(1, 0)).toBeUndefined()
})

test('a task whose actions or change are not known is not rare', () => {
  expect(weigh(1, 16, { action: null })).toBeUndefined()
  expect(weigh(1, 16, { change: null })).toBeUndefined()
  expect(weigh(1, 16, { change: { kind: 'deleted' } })).toBeUndefined()
})
