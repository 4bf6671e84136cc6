import { expect, test } from 'vitest'
import type { TaskChain } from '../model/chain.ts'
import type { ScoredChain } from '../model/finding.ts'
import type { Known } from '../score/index.ts'
import { ScoresBefore } from './scores-before.ts'

const known: Known = {
  prevalence: { hostsWithAction: 1, hosts: 1 },
  past: { runs: 1, programs: new Set(['cmd']) },
  beside: { bySoftware: 0, twins: [] },
  rarity: null,
}
const chain = { id: 'a', host: 'ws1' } as TaskChain

test('a chain is scored again where anything that it is scored from is another, and not otherwise', () => {
  const scores = new ScoresBefore()
  let count = 0
  const score = () => ({ chain, count: count++ }) as unknown as ScoredChain<TaskChain>
  const scoredOf = (of = chain, by = known, visible = true) => {
    scores.begin()
    return scores.of(of, by, visible, score)
  }
  const first = scoredOf()
  expect(scoredOf({ ...chain })).toBe(first)
  expect(scoredOf(chain, { ...known, past: { runs: 1, programs: new Set(['cmd']) } })).toBe(first)
  const others = [
    scoredOf({ ...chain, host: 'ws2' }),
    scoredOf(chain, { ...known, past: { runs: 1, programs: new Set(['net']) } }),
    scoredOf(chain, { ...known, past: { runs: 2, programs: new Set(['net']) } }),
    scoredOf(chain, { ...known, beside: { bySoftware: 1, twins: [] } }),
    scoredOf(chain, known, false),
  ]
  expect(new Set([first, ...others]).size).toBe(6)
  // one that was not there for a while is not remembered
  scores.begin()
  scores.begin()
  expect(scores.of(chain, known, false, score)).not.toBe(others[4])
})
