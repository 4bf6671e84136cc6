import { expect, test } from 'vitest'
import type { Chain } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { frequent } from './frequent.ts'

function bitsOf({
  interval,
  command,
  sid = 'S-1-5-21-1-2-3-1001',
}: {
  interval?: string
  command?: string
  sid?: string
}) {
  const chain = {
    host: 'ws5',
    change: { kind: 'created', actor: { user: null, sid, process: command ? { commandLine: command } : null } },
    definition: interval
      ? { triggers: [{ repetition: null }, { repetition: { interval } }], actions: [], principals: [] }
      : null,
    statedAction: null,
    statedRunAs: null,
    runs: [],
    circumstances: [],
  } as unknown as Chain
  return frequent.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))?.bits ?? 0
}

test.each(['PT1M', 'PT5M', 'PT90S', 'PT1M30S', 'P0DT0H2M0S'])('a repetition every %s is frequent', (interval) => {
  expect(bitsOf({ interval })).toBe(1.5)
})

test.each(['PT10M', 'PT1H', 'PT999S', 'PT1H1M', 'P1D', 'P1DT1M', 'P', 'PT0S', 'often'])(
  'a repetition every %s is not',
  (interval) => {
    expect(bitsOf({ interval })).toBe(0)
  },
)

test.each([
  ['schtasks /create /sc minute /tn a /tr b'],
  ['SCHTASKS /Create /SC MINUTE /MO 5 /TN a /TR b'],
  ['schtasks -create -sc "minute" -mo "1" -tn a -tr b'],
])('the command alone tells: %s', (command) => {
  expect(bitsOf({ command })).toBe(1.5)
})

test.each([
  ['schtasks /create /sc minute /mo 60 /tn a /tr b'],
  ['schtasks /create /sc minute /mo 6 /tn a /tr b'],
  ['schtasks /create /sc daily /tn "minute" /tr b'],
])('an ordinary schedule says nothing: %s', (command) => {
  expect(bitsOf({ command })).toBe(0)
})

test('Windows’ own services repeat what they like', () => {
  expect(bitsOf({ interval: 'PT1M', sid: 'S-1-5-18' })).toBe(0)
})
