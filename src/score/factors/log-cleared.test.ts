import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { logCleared } from './log-cleared.ts'

function weigh(changedBy: string | null, clearedBy: (string | null)[]) {
  const chain = madeChain({
    host: 'ws5',
    change: { kind: 'created', actor: { user: changedBy } },
    circumstances: clearedBy.map((user) => ({ kind: 'log-cleared', what: 'Security', actor: { user } })),
  })
  return logCleared.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))
}

test('who made a task and cleared the log too has something to hide', () => {
  expect(weigh('CORP\\bob', ['corp.example\\BOB'])?.bits).toBe(4)
  expect(weigh('CORP\\bob', ['CORP\\alice', 'CORP\\bob'])?.bits).toBe(4)
})

test('that somebody else cleared a log, or nobody is known to, says nothing about a task', () => {
  expect(weigh('CORP\\bob', ['CORP\\alice'])).toBeUndefined()
  expect(weigh('CORP\\bob', [null])).toBeUndefined()
  expect(weigh(null, [null])).toBeUndefined()
  expect(weigh('CORP\\bob', [])).toBeUndefined()
})
