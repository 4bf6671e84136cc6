import { describe, expect, test } from 'vitest'
import { type BaselineReader, spansOf, type Thing } from '../../model/baseline.ts'
import type { HostRole } from '../../model/host-role.ts'
import { hostHash } from './counts.ts'
import { scaleOf } from './groups.ts'
import { Learning } from './learning.ts'
import { Rarity } from './rarity.ts'
import { baselineSettings } from './settings.ts'

const thing = (key: string): Thing => ({ kind: 'program', key })
const common = Array.from({ length: 20 }, (_, n) => thing(`common${n}`))
const today = 20_000

/** A fleet on which each host shows the same twenty programs on each of the days until today, and what else is told of a host. */
function fleet(
  hosts: number,
  days: number,
  more: (host: number) => readonly (Thing & { first: number })[] = () => [],
  roleOf: (host: number) => HostRole = () => 'unknown',
) {
  const learning = new Learning()
  const span = Array.from({ length: days }, (_, n) => today - days + 1 + n)
  for (let n = 0; n < hosts; n++) {
    const host = hostHash(`host${n}`)
    learning.merge({
      hosts: [{ hash: host, name: `host${n}`, role: roleOf(n), spans: spansOf(span) }],
      things: [...common.map((each) => ({ ...each, first: today - days + 1 })), ...more(n)].map(
        ({ kind, key, first }) => ({ kind, key, hosts: [{ host, first, last: today }], isSample: false }),
      ),
      held: [],
    })
  }
  return learning
}

const asked = (
  reader: BaselineReader,
  what: Thing,
  { day = today, host = 'stranger', role = 'unknown' as HostRole } = {},
) => new Rarity(reader, baselineSettings).most([what], { host: hostHash(host), role, day, isMade: false })
const bitsOf = (...of: Parameters<typeof asked>) => asked(...of)?.bits ?? 0

describe('what was never seen', () => {
  test('says little on three hosts in a day, and much on hundreds in thirty', () => {
    const little = asked(fleet(3, 1), thing('new'))
    const much = asked(fleet(300, 30), thing('new'))
    expect(little).toMatchObject({ others: 0, hosts: 3, days: 1, isCapped: true })
    expect(little?.bits).toBeLessThanOrEqual(1)
    expect(much).toMatchObject({ others: 0, hosts: 300, days: 30 })
    expect(much?.bits).toBe(baselineSettings.mostBits)
  })

  test('says less where hosts often show what no other does', () => {
    const orderly = fleet(60, 30)
    const diverse = fleet(60, 30, (n) => [0, 1, 2].map((k) => ({ ...thing(`own${n}-${k}`), first: today - 20 })))
    expect(bitsOf(diverse, thing('new'))).toBeLessThan(bitsOf(orderly, thing('new')) - 1)
  })

  test('says nothing where there is no other host', () => {
    expect(asked(fleet(1, 30), thing('new'), { host: 'host0' })).toBeNull()
  })
})

describe('what was seen', () => {
  test('on half of the hosts is common, on a few no longer rare', () => {
    const reader = fleet(60, 30, (n) => (n < 5 ? [{ ...thing('few'), first: today - 20 }] : []))
    expect(bitsOf(reader, common[0] as Thing)).toBeLessThan(0)
    expect(bitsOf(reader, thing('few'))).toBeLessThan(bitsOf(reader, thing('new')) - 3)
  })

  test('on its own host alone is as if it had never been seen', () => {
    const reader = fleet(60, 30, (n) => (n === 7 ? [{ ...thing('own'), first: today - 20 }] : []))
    expect(asked(reader, thing('own'), { host: 'host7' })).toMatchObject({ others: 0, hosts: 59 })
    expect(asked(reader, thing('own'))).toMatchObject({ others: 1, hosts: 60 })
  })

  test('fades with the time in the records', () => {
    const reader = fleet(60, 30)
    const [fresh, old] = [bitsOf(reader, common[0] as Thing), bitsOf(reader, common[0] as Thing, { day: today + 300 })]
    expect(fresh).toBeLessThan(0)
    expect(old).toBeGreaterThan(fresh)
  })

  test('is known however old the chain is that is weighed', () => {
    expect(bitsOf(fleet(60, 30), common[0] as Thing, { day: today - 400 })).toBeLessThan(0)
  })

  test('on more hosts than are kept is told by a fair sample', () => {
    const seen = fleet(1000, 1).find(common[0] as Thing)
    expect(seen?.isSample).toBe(true)
    const all = seen ? seen.hosts.length * scaleOf(seen) : 0
    expect(all).toBeGreaterThan(850)
    expect(all).toBeLessThan(1150)
  })
})

describe('roles of hosts', () => {
  /** Forty workstations, and ten servers of which all but the first run the server's tool; so does one workstation. */
  const mixed = fleet(
    50,
    30,
    (n) => (n === 0 || n > 40 ? [{ ...thing('of servers'), first: today - 20 }] : []),
    (n) => (n < 40 ? 'workstation' : 'server'),
  )

  test('what servers run is no rarity on a server, and one on a workstation', () => {
    expect(asked(mixed, thing('of servers'), { role: 'server' })).toMatchObject({
      hosts: 10,
      others: 9,
      role: 'server',
    })
    expect(bitsOf(mixed, thing('of servers'), { role: 'server' })).toBeLessThan(0)
    expect(asked(mixed, thing('of servers'), { role: 'workstation' })).toMatchObject({ hosts: 40, others: 1 })
    expect(bitsOf(mixed, thing('of servers'), { role: 'workstation' })).toBeGreaterThan(0)
  })

  test('a host is what the evidence or the baseline says that it is, and its own things are left out', () => {
    expect(asked(mixed, thing('of servers'), { host: 'host45' })).toMatchObject({ hosts: 9, others: 8, role: 'server' })
  })

  test('where few have the role, all are compared', () => {
    expect(asked(mixed, thing('of servers'), { role: 'domain-controller' })).toMatchObject({ hosts: 50, role: null })
    expect(asked(mixed, thing('of servers'))).toMatchObject({ hosts: 50, others: 10, role: null })
  })
})

describe('who would teach a baseline to look away', () => {
  test('a campaign of one host a day counts later, and not on its newest days', () => {
    const slow = fleet(300, 30, (n) => (n < 10 ? [{ ...thing('implant'), first: today - n }] : []))
    // of ten hosts the three of the newest days do not count yet
    expect(asked(slow, thing('implant'))).toMatchObject({ others: 7, hosts: 300 })
    const twoDays = fleet(300, 30, (n) => (n < 3 ? [{ ...thing('implant'), first: today - n }] : []))
    expect(bitsOf(twoDays, thing('implant'))).toBe(bitsOf(twoDays, thing('new')))
  })

  test('a thousand tasks on one host count as one host', () => {
    const dilute = (tasks: number) => (n: number) =>
      n === 0 ? Array.from({ length: tasks }, (_, k) => ({ ...thing(`dilute${k}`), first: today - 20 })) : []
    expect(bitsOf(fleet(100, 30, dilute(1000)), thing('new'))).toBeGreaterThan(
      bitsOf(fleet(100, 30), thing('new')) - 1.7,
    )
  })

  test('a host whose clock is years ahead makes nothing old or new', () => {
    const reader = fleet(60, 30)
    const before = bitsOf(reader, common[0] as Thing)
    reader.merge({
      hosts: [{ hash: hostHash('ahead'), name: 'ahead', role: 'unknown', spans: [today + 4000, today + 4000] }],
      things: [
        {
          ...thing('x'),
          hosts: [{ host: hostHash('ahead'), first: today + 4000, last: today + 4000 }],
          isSample: false,
        },
      ],
      held: [],
    })
    expect(bitsOf(reader, common[0] as Thing)).toBe(before)
  })
})
