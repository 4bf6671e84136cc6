/**
 * A moment in UTC. A FILETIME counts 100 ns ticks since 1601 and does not fit a double, so it is kept in two parts.
 * Source: [MS-DTYP] 2.3.3 FILETIME.
 */
export interface Instant {
  /** Whole milliseconds since 1970-01-01T00:00:00Z; may be negative. */
  readonly time: number
  /** 100 ns ticks within that millisecond, 0…9999. */
  readonly ticks: number
}

/** The moment of something that has one, without the rest of it: what is remembered for long holds no more than it needs. */
export const momentOf = ({ time, ticks }: Instant): Instant => ({ time, ticks })

/** Milliseconds between 1601-01-01 and 1970-01-01. */
export const FILETIME_EPOCH_MS = 11_644_473_600_000

/** Orders two moments; negative when `a` is earlier. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.time - b.time || a.ticks - b.ticks
}

/** The range that `Date` can format; a FILETIME from a damaged file can lie outside. */
const DATE_LIMIT_MS = 8_640_000_000_000_000

/**
 * ISO 8601 in UTC with the precision there is: `….123Z` when nothing finer than a millisecond is set, else seven digits.
 * A time that no calendar can show is printed as its milliseconds.
 */
export function formatInstant({ time, ticks }: Instant): string {
  if (!(Math.abs(time) <= DATE_LIMIT_MS)) return `${time}ms`
  const iso = new Date(time).toISOString()
  return ticks === 0 ? iso : `${iso.slice(0, -1)}${String(ticks).padStart(4, '0')}Z`
}

/** Splits a FILETIME, given as its two 32-bit halves, into milliseconds and ticks without leaving the safe integers. */
export function instantOfFileTime(low: number, high: number): Instant {
  // high * 2^32 / 10^4 done in two exact steps: 2^32 = 429496 * 10^4 + 7296
  const rest = high * 7296 + low
  const time = high * 429_496 + Math.floor(rest / 10_000) - FILETIME_EPOCH_MS
  return { time, ticks: rest % 10_000 }
}

/** Whether a month has this day: `Date.parse` takes 31 February for 3 March. */
function isInCalendar(date: string): boolean {
  const day = Number(date.slice(8))
  return day <= 28 || new Date(`${date}T00:00:00Z`).getUTCDate() === day
}

/**
 * Reads ISO 8601 or Sysmon's `2019-05-12 00:32:30.023` (UTC) with up to seven fractional digits.
 * Undefined when it is not a time, or on a day that the calendar does not have.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/.exec(text)
  if (!match) return undefined
  if (!isInCalendar(match[1] as string)) return undefined
  const fraction = (match[3] ?? '').padEnd(7, '0').slice(0, 7)
  const whole = Date.parse(`${match[1]}T${match[2]}${match[4] ?? 'Z'}`)
  if (Number.isNaN(whole)) return undefined
  const ticks = Number(fraction)
  return { time: whole + Math.floor(ticks / 10_000), ticks: ticks % 10_000 }
}
