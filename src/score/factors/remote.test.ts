import { expect, test } from 'vitest'
import { madeChain } from '../../lab/made-chains.ts'
import type { Change, Confidence, Route } from '../../model/chain.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { remote } from './remote.ts'

interface Seen {
  readonly route?: Route
  readonly outcome?: Change['outcome']
  readonly confidence?: Confidence
  readonly address?: string | null
  readonly from?: string | null
}

function weigh({
  route = 'schtasks',
  outcome = 'confirmed',
  confidence = 'certain',
  address = null,
  from = null,
}: Seen) {
  const chain = madeChain({
    host: 'ws5.corp.example',
    change: { kind: 'created', route, outcome, confidence, actor: { user: null, remote: { address, host: from } } },
  })
  return remote.weigh(subjectOf(chain, { ...unknown, prevalence: { hostsWithAction: 1, hosts: 1 } }))
}

test('a task made over the network outranks one made in a session from elsewhere', () => {
  const overNetwork = weigh({ route: 'remote-rpc', address: '192.0.2.45' })
  expect(overNetwork?.says).toMatch(
    /^The change was made from another host \(192\.0\.2\.45\); so did 0 of \d+ real changes/,
  )
  expect(overNetwork?.bits).toBeGreaterThan(3)
  expect(weigh({ address: '192.0.2.45' })?.bits).toBe(1)
})

test('a remote change counts also where no logon names the address', () => {
  expect(weigh({ route: 'remote-rpc' })?.says).toMatch(/^The change was made from another host; /)
})

test('a connection to another host’s Task Scheduler is an attempt', () => {
  expect(weigh({ route: 'com', outcome: 'attempted', confidence: 'weak' })?.bits).toBe(3)
})

test('the name of another host counts like its address', () => {
  expect(weigh({ from: 'WS6' })?.bits).toBe(1)
})

test.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1', 'LOCAL', '-', 'WS5', 'ws5.corp.example'])(
  'a session from the host itself says nothing: %s',
  (address) => {
    expect(weigh({ address })).toBeUndefined()
  },
)

test('a change at the console says nothing', () => {
  expect(weigh({})).toBeUndefined()
})
