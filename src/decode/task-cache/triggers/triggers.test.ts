/** Bytes written by hand from GDATAAdvancedAnalytics/winreg-tasks, triggers.ksy and its parts. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { duration, limit } from './moment.ts'
import { readTriggers } from './triggers.ts'

const hex = (...parts: string[]) => Buffer.from(parts.join('').replaceAll(' ', ''), 'hex')
const u32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes.toString('hex')
}
const pad = '48484848'
const none = `${'00'.repeat(8)}${'ff'.repeat(8)}`
/** 2022-04-07T01:02:03 by the host's clock. */
const local = '0100000000000000 80f7b8171b4ad801'
const header = (version: string) => `${version}00000000000000 ${local} ${none}`
const text = (value: string) => {
  const bytes = Buffer.from(value === '' ? '' : `${value}\0`, 'utf16le')
  return `${u32(bytes.length)}${pad}${bytes.toString('hex')}${'48'.repeat((8 - (bytes.length % 8)) % 8)}`
}
const no = '0048484848484848'
const yes = '0148484848484848'
/** SYSTEM by its SID, without a name. */
const system = `${no}${no}05000000${pad}0c000000${pad}010100000000000512000000${pad}00000000${pad}`
const bucket = (flags: number) => `${u32(flags)}${pad}${u32(0x1234)}${pad}${text('LocalSystem')}${text('')}${system}`
const settings = `2c000000${pad}${[600, 3600, 0, 0xffff_ffff, 7, 60, 3].map(u32).join('')}${'00'.repeat(16)}${pad}`
const base = (enabled: string) =>
  `${local}${none}${[30, 0xffff_ffff, 300, 900, 900].map(u32).join('')}01000000${enabled}${'00'.repeat(8)}00000000${pad}`

describe('Triggers', () => {
  test('hold the principal and the settings', () => {
    const { bucket: read, startBoundary, unread } = readTriggers(hex(header('17'), bucket(0x1c2_0108), settings))
    expect([startBoundary, unread]).toEqual(['2022-04-07T01:02:03', null])
    expect(read).toMatchObject({
      crc32: 0x1234,
      principal: {
        id: 'LocalSystem',
        userId: 'S-1-5-18',
        groupId: null,
        logonType: null,
        runLevel: 'HighestAvailable',
      },
      settings: { hidden: true, enabled: true, allowStartOnDemand: true, wakeToRun: false },
      optional: {
        ...{ idleDuration: 'PT10M', idleWaitTimeout: 'PT1H', executionTimeLimit: 'PT0S', deleteExpiredTaskAfter: null },
        ...{ priority: 7, restartOnFailure: { interval: 'PT1M', count: 3 } },
      },
    })
  })

  test('of version 0x15 have neither the id nor the name of the principal, nor ids of triggers', () => {
    const boot = `ffff0000${pad}${base(yes).slice(0, -16)}`
    const blob = hex(header('15'), `${u32(0x40_0000)}${pad}${u32(0)}${pad}${system}`, settings, boot)
    expect(readTriggers(blob)).toMatchObject({ unread: null, triggers: [{ kind: 'boot', delay: 'PT30S' }] })
  })

  test('at boot and at logon', () => {
    const boot = `ffff0000${pad}${base(yes)}`
    const anybody = `aaaa0000${pad}${base(no)}${yes}`
    const one = `aaaa0000${pad}${base(yes)}${system}`
    const { triggers, unread } = readTriggers(hex(header('17'), bucket(0x40_0000), settings, boot, anybody, one))
    expect(unread).toBeNull()
    expect(triggers).toMatchObject([
      {
        ...{ kind: 'boot', enabled: true, startBoundary: '2022-04-07T01:02:03', delay: 'PT30S' },
        repetition: { interval: 'PT5M', duration: 'PT15M', stopAtDurationEnd: true },
      },
      { kind: 'logon', enabled: false, userId: null },
      { kind: 'logon', enabled: true, userId: 'S-1-5-18' },
    ])
  })

  test.each([
    [0, [0, 0, 0], { kind: 'time' }],
    [1, [3, 0, 0], { kind: 'calendar', schedule: { by: 'day', daysInterval: 3 } }],
    [2, [2, 0b1000001, 0], { schedule: { by: 'week', weeksInterval: 2, daysOfWeek: ['Saturday', 'Sunday'] } }],
    [3, [0b11, 0x8000, 0b1], { schedule: { by: 'month', daysOfMonth: [1, 2, 'Last'], months: ['January'] } }],
    [
      4,
      [0b10, 0b10001, 0b1000_0000_0000],
      { schedule: { by: 'month-day-of-week', weeks: [1, 'Last'], daysOfWeek: ['Monday'], months: ['December'] } },
    ],
  ])('by time, mode %i', (mode, data, expected) => {
    const u16s = data.map((value) => u32(value).slice(0, 4)).join('')
    const body = `${local}${none}${'00'.repeat(16)}${[0, 0, 3600, mode].map(u32).join('')}${u16s}0000 00010000`
    const time = `dddd0000${pad}${body}${[0, 900, 0].map(u32).join('')}00000000${pad}`
    const { triggers, unread } = readTriggers(hex(header('17'), bucket(0x40_0000), settings, time))
    expect(unread).toBeNull()
    expect(triggers).toMatchObject([
      {
        ...expected,
        enabled: true,
        randomDelay: 'PT15M',
        executionTimeLimit: 'PT1H',
        startBoundary: '2022-04-07T01:02:03',
      },
    ])
  })

  test('of a version that is not known are kept as bytes', () => {
    const { bucket: read, unread } = readTriggers(hex(header('18'), bucket(0)))
    expect(read).toBeNull()
    expect(unread?.reason).toContain('version 0x18')
    expect(unread?.at).toBe(0)
  })

  test('of a kind that is not known are kept as bytes, and the others are read', () => {
    const boot = `ffff0000${pad}${base(yes)}`
    const { triggers, unread } = readTriggers(hex(header('17'), bucket(0), settings, boot, `bbbb0000${pad}aabb`))
    expect(triggers).toHaveLength(1)
    expect(unread).toMatchObject({ reason: 'no kind of trigger is 0xbbbb', hex: `bbbb0000${pad}aabb` })
  })

  test('of any bytes are read without an error', () => {
    const sound = hex(
      header('17'),
      bucket(0x40_0000),
      settings,
      `ffff0000${pad}${base(yes)}`,
      `aaaa0000${pad}${base(no)}${yes}`,
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255))),
        fc.nat(sound.length),
        (changes, length) => {
          const blob = Buffer.from(sound)
          for (const [at, value] of changes) blob[at] = value
          readTriggers(blob.subarray(0, length))
        },
      ),
      { numRuns: 2000 },
    )
  })
})

test.each([
  [0, null, 'PT0S'],
  [0xffff_ffff, null, null],
  [90, 'PT1M30S', 'PT1M30S'],
  [86_400, 'P1D', 'P1D'],
  [90_061, 'P1DT1H1M1S', 'P1DT1H1M1S'],
])('%i seconds are %s, as a limit %s', (seconds, asDuration, asLimit) => {
  expect([duration(seconds), limit(seconds)]).toEqual([asDuration, asLimit])
})
