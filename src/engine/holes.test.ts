import { expect, test } from 'vitest'
import { LedgerKeeper } from '../coverage/index.ts'
import { madeChain } from '../lab/made-chains.ts'
import type { Fact } from '../model/fact.ts'
import type { ScoredChain, Severity, Verdict } from '../model/finding.ts'
import { holesIn } from './holes.ts'

const hour = 3_600_000
const at = (hours: number) => ({ time: hours * hour, ticks: 0 })

/** Processes are seen for a day of two. */
const keeper = new LedgerKeeper()
const said = (kind: string, hours: number) =>
  ({ ...at(hours), kind, channel: 'Security', pid: 0, commandLine: 'a', parentImage: 'b', command: null }) as Fact
for (let hours = 1; hours < 49; hours += 0.1) {
  if (hours < 25) keeper.note(said('process-started', hours))
  keeper.note(said('logged-on', hours))
}
const holes = holesIn([{ host: 'ws1', ledger: keeper.ledger(), series: [], kept: new Set() }])

const scored = (severity: Severity, verdict: Verdict, made: number): ScoredChain<ReturnType<typeof madeChain>> => ({
  chain: madeChain({ at: at(made), change: { ...at(made), kind: 'created' }, blindSpots: ['one'] }),
  ...{ verdict, score: { bits: 0, severity, factors: [] }, baseline: null, settings: null },
})

test('a finding whose run can only lie in a hole did not fail to run: nobody could have seen it', () => {
  const { verdict, chain } = holes(scored('low', 'not-run', 30))
  expect(verdict).toBe('run-not-visible')
  expect(chain.blindSpots).toEqual(['one', expect.stringMatching(/^Security .* on ws1 from 1970-01-02T.* on, /)])
})

test('where some of the time could be seen the verdict stays, and the hole is told', () => {
  const { verdict, chain } = holes(scored('critical', 'not-run', 20))
  expect(verdict).toBe('not-run')
  expect(chain.blindSpots).toHaveLength(2)
})

test('what is no finding, and what is of a host without telemetry, is left as it is', () => {
  const ordinary = scored('informational', 'not-run', 30)
  expect(holes(ordinary)).toBe(ordinary)
  const finding = scored('low', 'not-run', 30)
  expect(holesIn([])(finding)).toBe(finding)
})
