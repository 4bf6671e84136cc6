import { expect, test } from 'vitest'
import type { Part } from '../lab/made-chains.ts'
import { madeDefinition } from '../lab/made-chains.ts'
import type { Trigger } from '../model/definition.ts'
import { durationWords, triggerWords } from './trigger-words.ts'

const words = (trigger: Part<Trigger>) => madeDefinition({ triggers: [trigger] }).triggers.map(triggerWords)[0]

test.each([
  ['PT5M', '5 min'],
  ['PT1H30M', '1 h 30 min'],
  ['P1DT2H', '1 day 2 h'],
  ['P30D', '30 days'],
  ['PT0S', '0 s'],
  ['soon', 'soon'],
])('%s is %s', (duration, said) => {
  expect(durationWords(duration)).toBe(said)
})

test('a trigger says when it starts the task', () => {
  expect(words({ kind: 'logon', userId: null, delay: 'PT30S' })).toBe('when anybody logs on, 30 s later')
  expect(words({ startBoundary: '2026-03-10T09:13:00' })).toBe('once at 2026-03-10 09:13:00')
  expect(
    words({
      kind: 'calendar',
      startBoundary: '2026-03-10T20:35:13',
      randomDelay: null,
      schedule: { by: 'day', daysInterval: 1 },
      repetition: { interval: 'PT5M', duration: null, stopAtDurationEnd: false },
    }),
  ).toBe('every day at 20:35:13, from 2026-03-10, every 5 min')
  expect(
    words({
      kind: 'calendar',
      startBoundary: '2026-03-10T06:00:00',
      randomDelay: null,
      schedule: { by: 'week', weeksInterval: 2, daysOfWeek: ['Monday', 'Friday'] },
    }),
  ).toBe('every 2 weeks on Monday, Friday at 06:00, from 2026-03-10')
})

test('one that is disabled says so', () => {
  expect(words({ kind: 'boot', enabled: false, delay: null })).toBe('when Windows starts, disabled')
})
