import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { otherAccount } from './other-account.ts'

const ann = 'EXAMPLE\\ann'
const system = 'NT AUTHORITY\\SYSTEM'

function weighed(principal: { userId?: string; groupId?: string }, user: string, below?: string) {
  const child = below === undefined ? [] : [{ image: 'C:\\a\\b.exe', user: below, depth: 1 }]
  const processes = [{ image: 'C:\\a\\a.exe', user }, ...child]
  return otherAccount.weigh(
    subjectOf(madeChain({ host: 'ws1', definition: { principals: [principal] }, runs: [{ processes }] }), unknown),
  )
}

test('a user’s task that ran as SYSTEM counts', () => {
  expect(weighed({ userId: ann }, system)).toMatchObject({ bits: 3, says: expect.stringContaining('assumed') })
})

test('SYSTEM below a user’s process counts', () => {
  expect(weighed({ userId: ann }, ann, system)?.says).toContain('below that SYSTEM ran')
})

test.each<[string, { userId?: string; groupId?: string }, string, string?]>([
  ['SYSTEM’s task that ran as a user', { userId: 'S-1-5-18' }, ann],
  ['another user, whose account may have been renamed', { userId: ann }, 'EXAMPLE\\anna'],
  ['its own account', { userId: ann }, ann, ann],
  ['a name against a SID, which the host alone can resolve', { userId: 'S-1-5-21-1-2-3-1001' }, ann],
  ['a member of the group', { groupId: 'S-1-5-32-545' }, ann],
  ['the computer’s account, by which old events call the scheduler', { userId: ann }, 'EXAMPLE\\WS1$'],
  ['SYSTEM below SYSTEM', { userId: 'S-1-5-18' }, system, system],
])('%s says nothing', (_, principal, user, below) => {
  expect(weighed(principal, user, below)).toBeUndefined()
})
