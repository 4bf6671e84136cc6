import type { CalendarSchedule, CalendarTrigger, Repetition, TimeTrigger } from '../../../model/definition.ts'
import type { ByteReader } from '../../registry/byte-reader.ts'
import { Damage } from '../../registry/damage.ts'
import { packedText } from './aligned.ts'
import { daysOfMonthIn, daysOfWeekIn, monthsIn } from './calendar-bits.ts'
import { duration, readMoment } from './moment.ts'

/** Kinds of schedule: once, by days, by weeks, by days of months, by days of weeks of months. */
const ONCE = 0
const DAILY = 1
const WEEKLY = 2
const DAYS_IN_MONTHS = 3
const DAYS_IN_WEEKS_IN_MONTHS = 4

/**
 * A time trigger:
 *
 *     moment start, end, unknown; u4 repetition interval, repetition duration, execution time limit, mode;
 *     u2 data1, data2, data3, unused; u1 stop at the duration's end, u1 enabled, u2 unused; u4 unknown, random delay, unused;
 *     [text id, from version 0x16]
 *
 * Source: winreg-tasks, job_schedule.ksy.
 */
export function readTimeTrigger(reader: ByteReader, version: number): TimeTrigger | CalendarTrigger {
  const what = 'a time trigger'
  const startBoundary = readMoment(reader, what)
  const endBoundary = readMoment(reader, what)
  readMoment(reader, what)
  const interval = reader.u32(what)
  const repetitionDuration = reader.u32(what)
  const executionTimeLimit = duration(reader.u32(what))
  const at = reader.at
  const mode = reader.u32(what)
  const data = [reader.u16(what), reader.u16(what), reader.u16(what)] as const
  reader.skip(2, what)
  const stopAtDurationEnd = reader.u8(what) !== 0
  const enabled = reader.u8(what) !== 0
  reader.skip(2 + 4, what)
  const randomDelay = duration(reader.u32(what))
  reader.skip(4, what)
  const id = version >= 0x16 ? packedText(reader, `the id of ${what}`) : null
  const repetition = repetitionOf(interval, repetitionDuration, stopAtDurationEnd)
  const base = { id, enabled, startBoundary, endBoundary, repetition, executionTimeLimit, randomDelay }
  if (mode === ONCE) return { kind: 'time', ...base }
  const schedule = scheduleOf(mode, data)
  if (schedule === undefined) throw new Damage('unknown-layout', at, `no schedule has the mode ${mode}`)
  return { kind: 'calendar', ...base, schedule }
}

export function repetitionOf(interval: number, length: number, stopAtDurationEnd: boolean): Repetition | null {
  const every = duration(interval)
  return every === null ? null : { interval: every, duration: duration(length), stopAtDurationEnd }
}

function scheduleOf(mode: number, [data1, data2, data3]: readonly [number, number, number]) {
  const schedules: Record<number, CalendarSchedule> = {
    [DAILY]: { by: 'day', daysInterval: data1 },
    [WEEKLY]: { by: 'week', weeksInterval: data1, daysOfWeek: daysOfWeekIn(data2) },
    [DAYS_IN_MONTHS]: { by: 'month', daysOfMonth: daysOfMonthIn(data1, data2), months: monthsIn(data3) },
    [DAYS_IN_WEEKS_IN_MONTHS]: {
      by: 'month-day-of-week',
      weeks: weeksOf(data2),
      daysOfWeek: daysOfWeekIn(data1),
      months: monthsIn(data3),
    },
  }
  return schedules[mode]
}

function weeksOf(bits: number): (number | 'Last')[] {
  return ([1, 2, 3, 4, 'Last'] as const).filter((_, index) => ((bits >> index) & 1) === 1)
}
