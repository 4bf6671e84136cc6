import { expect, test } from 'vitest'
import { madeChain } from '../lab/made-chains.ts'
import { chainNamed } from './works/chain-named.ts'

const chains = [
  ['abcd1', ['ffff0']],
  ['abcd2', []],
  ['abc', []],
].map(([id, formerIds]) => ({
  chain: madeChain({ id: id as string, formerIds: formerIds as string[] }),
  verdict: 'not-run' as const,
  score: { bits: 0, severity: 'low' as const, factors: [] },
  baseline: null,
  settings: null,
}))
const named = (id: string) => chainNamed(chains, id)?.chain.id

test('a chain is named by its id, by one that it had, or by a beginning that is its own', () => {
  expect(['ABCD1', 'ffff0', 'abc', 'abcd2'].map(named)).toEqual(['abcd1', 'abcd1', 'abc', 'abcd2'])
  expect(named('f')).toBeUndefined()
})

test('of a beginning that several have these are told', () => {
  expect(() => named('abcd')).toThrow('abcd is the beginning of 2 ids: abcd1, abcd2')
})
