import { expect, test } from 'vitest'
import { factMaker, storyBegins } from '../../lab/made-facts.ts'
import type { ClockChanged, Fact, LogCleared, TelemetrySwitched } from '../../model/fact.ts'
import { type Heard, lostSince, noticesOf, silentLogs } from './notices.ts'

const { head, started } = factMaker()
const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]

test('a log that is cleared, auditing that is switched off and a clock that is set are worth a notice, and ordinary facts are not', () => {
  const by = { user: 'EX\\ann' }
  const cleared: LogCleared = {
    ...head(0),
    ...{ kind: 'log-cleared', log: 'Security', userSid: null, logonId: null },
    ...by,
  }
  const switched = (turns: TelemetrySwitched['turns'], subcategory: string | null): TelemetrySwitched => ({
    ...head(minute),
    ...{ kind: 'telemetry-switched', log: 'Security', subcategory, turns },
    ...by,
  })
  const clock = (ms: number): ClockChanged => ({
    ...head(0),
    ...{ kind: 'clock-changed', from: storyBegins + ms, to: storyBegins, user: null },
  })
  const facts: Fact[] = [
    started(0, { pid: 8, image: 'C:\\a.exe' }),
    cleared,
    switched('off', '{0cce9227-69ae-11d9-bed3-505054503030}'),
    switched('lost', null),
    switched('stopped', null),
    clock(hour),
    clock(minute / 2),
  ]
  expect(noticesOf(facts).map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'log-cleared: the log Security was cleared at 2024-05-01T12:00:00.000Z by EX\\ann',
    'log-switched: auditing of other-object-access was switched off at 2024-05-01T12:01:00.000Z by EX\\ann',
    'log-switched: the log Security lost records at 2024-05-01T12:01:00.000Z by EX\\ann',
    'clock-stepped: its clock was set back from 2024-05-01T13:00:00.000Z to 2024-05-01T12:00:00.000Z',
  ])
})

test('a log that ceases to come while its host goes on is told once', () => {
  const sysmon = 'Microsoft-Windows-Sysmon/Operational'
  const heard = (arrived: number, channel = 'Security', host = 'ws1'): Heard => ({ host, channel, arrived })
  const all = [heard(0), heard(2 * hour, sysmon), heard(3 * day), heard(0, 'Setup'), heard(0, 'Security', 'off')]
  const told = (before: number, now: number) =>
    silentLogs(all, { before, now, silence: day }).map(({ host, text }) => `${host}: ${text}`)
  const silent = 'ws1: nothing came of its Sysmon log for 24 hours, while other logs of it came'
  expect(told(day, day + hour)).toEqual([])
  expect(told(day + hour, day + 3 * hour)).toEqual([silent])
  expect(told(day + 3 * hour, day + 4 * hour)).toEqual([])
})

test('what was lost since somebody looked is told, and nothing where nothing was', () => {
  const before = { late: 3, untold: 0, ahead: 1 }
  expect(lostSince('ws1', before, before)).toEqual([])
  expect(lostSince('ws1', before, { late: 4, untold: 2, ahead: 1 }).map(({ text }) => text)).toEqual([
    '1 record came too late to be put in order: ties that hang on that may be missing',
    '2 records not used, having come so late that nobody can tell whether they had come before',
  ])
})
