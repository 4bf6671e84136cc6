import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import type { Chain } from '../../model/chain.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { logCleared } from './log-cleared.ts'

function weigh(kind: Chain['kind'], changedBy: string | null, clearedBy: (string | null)[]) {
  const chain = madeChain({
    kind,
    host: 'ws5',
    change: kind === 'chain' ? { kind: 'created', actor: { user: changedBy } } : null,
    circumstances: clearedBy.map((user) => ({ kind: 'log-cleared', what: 'Security', actor: { user } })),
  })
  return logCleared.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))
}

test('a cleared log is a finding by itself', () => {
  expect(weigh('log-cleared', null, ['CORP\\bob'])).toEqual({ bits: 3, says: 'CORP\\bob cleared the log Security.' })
  expect(weigh('log-cleared', null, [null])?.says).toBe('Somebody cleared the log Security.')
})

test('who made a task and cleared the log too has something to hide', () => {
  expect(weigh('chain', 'CORP\\bob', ['corp.example\\BOB'])?.bits).toBe(4)
  expect(weigh('chain', 'CORP\\bob', ['CORP\\alice', 'CORP\\bob'])?.bits).toBe(4)
})

test('that somebody else cleared a log, or nobody is known to, says nothing about a task', () => {
  expect(weigh('chain', 'CORP\\bob', ['CORP\\alice'])).toBeUndefined()
  expect(weigh('chain', 'CORP\\bob', [null])).toBeUndefined()
  expect(weigh('chain', null, [null])).toBeUndefined()
  expect(weigh('chain', 'CORP\\bob', [])).toBeUndefined()
})
