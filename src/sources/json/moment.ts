import { type Instant, parseInstant } from '../../model/time.ts'

/** A time without a zone, read as if it were UTC, and what the same event says of the true time. */
export interface LocalTime {
  readonly local: Instant
  /** When the event happened, in UTC, where the event says that too (Sysmon's `UtcTime`). */
  readonly happened: Instant | null
  /** A moment in UTC soon after, when somebody received the event. */
  readonly received: Instant | null
  /** The hours are those of a clock with twelve: the same reading comes twice a day. */
  readonly halfDay: boolean
}

export type Moment = Instant | LocalTime

export function isLocal(moment: Moment): moment is LocalTime {
  return 'local' in moment
}

/** From here on a number is milliseconds and not seconds: as seconds it would be a year after 5000. */
const millisecondsFrom = 1e11

/**
 * A time as the carriers write it: ISO 8601, with a space, `UTC` at the end, quotes around it, seconds or milliseconds since
 * 1970, PowerShell's `/Date(1596264555000)/`, also with its escapes left on. What has no zone is read as UTC.
 */
export function instantOf(value: unknown): Instant | undefined {
  if (typeof value === 'number') return instantOfNumber(value)
  if (typeof value !== 'string') return undefined
  const instant = parseInstant(value)
  if (instant !== undefined) return instant
  const bare = value.trim().replace(/^'|'$/g, '')
  const number = /^\\?\/Date\((-?\d+)(?:[+-]\d{4})?\)\\?\/$/.exec(bare)?.[1]
  if (number !== undefined) return inCalendar({ time: Number(number), ticks: 0 })
  if (/^\d{9,13}(?:\.\d+)?$/.test(bare)) return instantOfNumber(Number(bare))
  return parseInstant(bare.replace(/ ?UTC$/, 'Z'))
}

/** A double holds seconds since 1970 to about a microsecond: the last digit of the ticks would be invented. */
function instantOfNumber(number: number): Instant | undefined {
  const microseconds = Math.round(number * (Math.abs(number) < millisecondsFrom ? 1e6 : 1e3))
  const time = Math.floor(microseconds / 1000)
  return inCalendar({ time, ticks: (microseconds - time * 1000) * 10 })
}

/** Numbers are easily written that are no time at all: `1e308`. Source: ECMAScript, Time Values and Time Range. */
const inCalendar = (instant: Instant): Instant | undefined => (Math.abs(instant.time) <= 8.64e15 ? instant : undefined)

/** Whether a written time says where it is: `Z`, an offset, or seconds since 1970. */
export function hasZone(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /(?:Z|UTC|[+-]\d\d:?\d\d)$/.test(value.trim()))
}
