import type { CalendarSchedule } from '../../model/definition.ts'
import type { ByteReader } from '../registry/byte-reader.ts'
import { Damage, hex } from '../registry/damage.ts'
import { daysOfMonthIn, daysOfWeekIn, monthsIn } from '../task-cache/triggers/calendar-bits.ts'
import type { JobTrigger } from './job-file.ts'
import { localDate, localMinute } from './local-time.ts'

export const TRIGGER_SIZE = 48

const FLAG_HAS_END_DATE = 1
const FLAG_KILL_AT_DURATION_END = 2
const FLAG_DISABLED = 4

/** By their numbers. */
const kinds = [
  'once',
  'daily',
  'weekly',
  'monthly-date',
  'monthly-day-of-week',
  'idle',
  'boot',
  'logon',
] as const satisfies readonly JobTrigger['kind'][]

/**
 *     u2 size, reserved; u2 begin year, month, day; u2 end year, month, day; u2 hour, minute;
 *     u4 minutes of duration, minutes of interval, flags, kind; u2 × 3 of the kind; u2 padding, reserved, reserved
 *
 * Source: [MS-TSCH] 2.4.2.11 Triggers.
 */
export function readJobTrigger(reader: ByteReader): JobTrigger {
  const what = 'a trigger'
  const u16 = () => reader.u16(what)
  reader.skip(4, what)
  const begin = [u16(), u16(), u16()] as const
  const end = [u16(), u16(), u16()] as const
  const start = localMinute(begin, u16(), u16())
  const durationMinutes = reader.u32(what)
  const intervalMinutes = reader.u32(what)
  const flags = reader.u32(what)
  const at = reader.at
  const number = reader.u32(what)
  const kind = kinds[number]
  if (kind === undefined) throw new Damage('bad-job', at, `no kind of trigger is ${hex(number)}`)
  const specific = [u16(), u16(), u16()] as const
  reader.skip(6, what)
  return {
    kind,
    enabled: (flags & FLAG_DISABLED) === 0,
    start,
    endDate: (flags & FLAG_HAS_END_DATE) === 0 ? null : localDate(end),
    durationMinutes,
    intervalMinutes,
    killAtDurationEnd: (flags & FLAG_KILL_AT_DURATION_END) !== 0,
    schedule: scheduleOf(kind, specific),
  }
}

/** Sources: [MS-TSCH] 2.4.2.11.5 DAILY to 2.4.2.11.8 MONTHLYDOW. */
function scheduleOf(
  kind: JobTrigger['kind'],
  [first, second, third]: readonly [number, number, number],
): CalendarSchedule | null {
  switch (kind) {
    case 'daily':
      return { by: 'day', daysInterval: first }
    case 'weekly':
      return { by: 'week', weeksInterval: first, daysOfWeek: daysOfWeekIn(second) }
    case 'monthly-date':
      return { by: 'month', daysOfMonth: daysOfMonthIn(first, second), months: monthsIn(third) }
    case 'monthly-day-of-week':
      return {
        by: 'month-day-of-week',
        weeks: [first === 5 ? 'Last' : first],
        daysOfWeek: daysOfWeekIn(second),
        months: monthsIn(third),
      }
    default:
      return null
  }
}
