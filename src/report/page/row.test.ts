import { expect, test } from 'vitest'
import { madeChain, madeClearedLog } from '../../lab/made-chains.ts'
import type { Chain } from '../../model/chain.ts'
import type { ScoredChain } from '../../model/finding.ts'
import { pageIndex } from './index-of.ts'
import { rowOf } from './row.ts'
import { rowsOf } from './rows-of.ts'

const scored = (chain: Chain, severity: 'low' | 'informational' = 'low'): ScoredChain => ({
  ...{ chain, verdict: 'outlier', baseline: null, settings: null },
  score: { bits: 3.2, severity, factors: [{ id: 'user-writable-path', bits: 3.2, says: 'It lies there.' }] },
})

const task = (host: string, id: string) =>
  scored(madeChain({ id, host, taskPath: '\\Updater', change: { actor: { user: 'CORP\\eve' } } }))

test('a row by itself says what the index of a page says of it', () => {
  const chains = [task('ws01', 'a'.repeat(16)), scored(madeClearedLog({ by: { user: 'CORP\\eve' } }))]
  const [own, embedded] = [chains.map((one) => rowOf(one)), rowsOf(pageIndex(chains))]
  expect(embedded).toEqual(own.map((row, place) => ({ ...row, alike: String(place) })))
})

test('what is alike on two hosts has one key, and an ordinary chain its own', () => {
  const [one, other] = [task('ws01', 'a'.repeat(16)), task('ws02', 'b'.repeat(16))].map((each) => rowOf(each))
  expect(one?.alike).toBe(other?.alike)
  const ordinary = scored(madeChain({ id: 'c'.repeat(16) }), 'informational')
  expect(rowOf(ordinary).alike).toBe('c'.repeat(16))
})
