import { expect, test } from 'vitest'
import type { Chain } from '../../model/chain.ts'
import { subjectOf } from '../subject.ts'
import { systemForUser } from './system-for-user.ts'

interface Seen {
  readonly kind?: string
  readonly user?: string | null
  readonly sid?: string | null
  readonly runsAs?: string | null
  readonly said?: string | null
}

function weigh({ kind = 'created', user = 'CORP\\bob', sid = null, runsAs, said = null }: Seen) {
  const chain = {
    host: 'ws5',
    change: { kind, actor: { user, sid } },
    definition: runsAs === undefined ? null : { actions: [], principals: [{ userId: runsAs, groupId: null }] },
    statedAction: null,
    statedRunAs: said,
    runs: [],
    circumstances: [],
  } as unknown as Chain
  return systemForUser.weigh(subjectOf(chain, { hostsWithAction: 1, hosts: 1 }))
}

test.each(['S-1-5-18', 'SYSTEM', 'NT AUTHORITY\\SYSTEM', 'LocalSystem', 'AUTORITE NT\\Système'])(
  'a person’s task that runs as %s is a way up',
  (runsAs) => {
    expect(weigh({ runsAs })).toEqual({ bits: 3, says: 'CORP\\bob made it, and it runs as SYSTEM.' })
  },
)

test('the command alone can tell whom the task runs as', () => {
  expect(weigh({ said: 'SYSTEM' })?.bits).toBe(3)
})

test('a person’s change of such a task counts like making it', () => {
  expect(weigh({ kind: 'modified', runsAs: 'S-1-5-18' })?.says).toBe('CORP\\bob changed it, and it runs as SYSTEM.')
})

test.each(['deleted', 'disabled', 'enabled'])('a SYSTEM task that was %s gives nobody anything', (kind) => {
  expect(weigh({ kind, runsAs: 'S-1-5-18' })).toBeUndefined()
})

test.each<[string, Seen]>([
  ['Windows’ inbox tasks by SYSTEM', { user: 'NT AUTHORITY\\SYSTEM', sid: 'S-1-5-18', runsAs: 'S-1-5-18' }],
  ['the computer’s own account', { user: 'CORP\\WS5$', runsAs: 'S-1-5-18' }],
  ['a task for oneself', { runsAs: 'CORP\\bob' }],
  ['a task for a group', { runsAs: null }],
  ['a service account', { runsAs: 'S-1-5-19' }],
  ['a name that only contains it', { runsAs: 'CORP\\systems' }],
  ['a maker who is not known', { user: null, runsAs: 'S-1-5-18' }],
])('%s says nothing', (_, seen) => {
  expect(weigh(seen)).toBeUndefined()
})

test('an account that ends in a dollar sign is not the computer’s', () => {
  expect(weigh({ user: 'CORP\\admin$', runsAs: 'S-1-5-18' })?.bits).toBe(3)
})
