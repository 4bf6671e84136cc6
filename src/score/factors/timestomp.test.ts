import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import type { Circumstance } from '../../model/chain.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { timestomp } from './timestomp.ts'

const weigh = (kind: Circumstance['kind']) => {
  const chain = madeChain({
    host: 'ws5',
    circumstances: [{ kind, what: 'C:\\Windows\\System32\\Tasks\\a' }],
  })
  return timestomp.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))
}

test('a file whose creation time was set back was to look old', () => {
  expect(weigh('timestamp-changed')).toEqual({
    bits: 4,
    says: 'A time stamp was changed: C:\\Windows\\System32\\Tasks\\a',
  })
})

test('other circumstances say nothing here', () => {
  expect(weigh('log-cleared')).toBeUndefined()
})
