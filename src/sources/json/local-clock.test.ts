import { expect, test } from 'vitest'
import { parseInstant } from '../../model/time.ts'
import { LocalClock } from './local-clock.ts'
import type { LocalTime } from './moment.ts'

const at = (text: string) => parseInstant(text) as NonNullable<ReturnType<typeof parseInstant>>

function moment(local: string, of: { happened?: string; received?: string; halfDay?: boolean } = {}): LocalTime {
  return {
    local: at(local),
    happened: of.happened === undefined ? null : at(of.happened),
    received: of.received === undefined ? null : at(of.received),
    halfDay: of.halfDay ?? false,
  }
}

function clock(...moments: LocalTime[]): LocalClock {
  const made = new LocalClock()
  for (const one of moments) made.learn(one)
  return made
}

const shown = (made: LocalClock, of: LocalTime) => new Date(made.correct(of).time).toISOString()

test('an event without a time of its own gets the zone that Sysmon shows', () => {
  const made = clock(moment('2020-09-21 03:15:45', { happened: '2020-09-21 07:15:45.155' }))
  expect(shown(made, moment('2020-09-21 03:15:46'))).toBe('2020-09-21T07:15:46.000Z')
  expect(made.offsets()).toEqual([240])
})

test('a zone of quarter hours is one, and an event that Sysmon wrote late shows none', () => {
  expect(clock(moment('2020-09-21 05:45:10', { happened: '2020-09-21 00:00:09' })).offsets()).toEqual([-345])
  expect(clock(moment('2020-09-21 05:50:10', { happened: '2020-09-21 00:00:09' })).isKnown).toBe(false)
})

test('over the end of daylight saving, each side keeps its own offset', () => {
  const made = clock(
    moment('2020-10-31 23:00:00', { happened: '2020-11-01 03:00:00' }),
    moment('2020-11-01 06:00:00', { happened: '2020-11-01 11:00:00' }),
  )
  expect(shown(made, moment('2020-10-31 23:30:00'))).toBe('2020-11-01T03:30:00.000Z')
  expect(shown(made, moment('2020-11-01 05:00:00'))).toBe('2020-11-01T10:00:00.000Z')
})

test('a clock of twelve hours is read over noon, after it and over midnight', () => {
  const zone = { halfDay: true }
  // 12:50 and 13:10 of a host at UTC-4
  const noon = clock(
    moment('2020-10-21 12:50:00', { happened: '2020-10-21 16:50:00', ...zone }),
    moment('2020-10-21 01:10:00', { happened: '2020-10-21 17:10:00', ...zone }),
  )
  expect(shown(noon, moment('2020-10-21 12:59:59', zone))).toBe('2020-10-21T16:59:59.000Z')
  expect(shown(noon, moment('2020-10-21 01:00:00', zone))).toBe('2020-10-21T17:00:00.000Z')
  expect(shown(noon, moment('2020-10-21 11:59:00', zone))).toBe('2020-10-21T15:59:00.000Z')
  // measured only before midnight, asked after it: the date goes on, the hour is 12
  const night = clock(moment('2020-10-21 11:58:00', { happened: '2020-10-22 03:58:00', ...zone }))
  expect(shown(night, moment('2020-10-22 12:02:00', zone))).toBe('2020-10-22T04:02:00.000Z')
  expect(shown(night, moment('2020-10-22 01:02:00', zone))).toBe('2020-10-22T05:02:00.000Z')
})

test('a receiver tells the zone where no event does', () => {
  const made = clock(moment('2020-09-17 17:45:40', { received: '2020-09-17T21:47:42.739Z' }))
  expect(shown(made, moment('2020-09-17 17:45:41'))).toBe('2020-09-17T21:45:41.000Z')
  made.learn(moment('2020-09-17 17:46:00', { happened: '2020-09-17 22:46:00' }))
  expect(made.offsets()).toEqual([300])
})

test('nothing known: as written', () => {
  const made = clock()
  expect(made.isKnown).toBe(false)
  expect(shown(made, moment('2020-09-17 17:45:41'))).toBe('2020-09-17T17:45:41.000Z')
})
