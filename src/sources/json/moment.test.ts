import { expect, test } from 'vitest'
import { parseInstant } from '../../model/time.ts'
import { instantOf } from './moment.ts'

test.each([1e308, -1e308, 1e30, Number.POSITIVE_INFINITY, Number.NaN, `/Date(${'9'.repeat(400)})/`])(
  'the number %s is no time',
  (value) => {
    expect(instantOf(value)).toBeUndefined()
  },
)

test('seconds and milliseconds since 1970 are', () => {
  expect([1596264555, 1596264555000, '/Date(1596264555000)/'].map(instantOf)).toEqual(
    Array(3).fill({ time: 1_596_264_555_000, ticks: 0 }),
  )
})

test('a day that the calendar does not have is no time', () => {
  const days = ['2021-02-31', '2021-02-29', '2020-02-29', '2021-04-31', '2021-12-31']
  expect(days.filter((day) => parseInstant(`${day}T00:00:00Z`) !== undefined)).toEqual(['2020-02-29', '2021-12-31'])
})
