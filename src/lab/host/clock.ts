import { type Instant, parseInstant } from '../../model/time.ts'

/** The moment so many milliseconds later, to the 100 ns tick; earlier for a negative number. */
export function later({ time, ticks }: Instant, milliseconds: number): Instant {
  const total = ticks + Math.round(milliseconds * 10_000)
  const whole = Math.floor(total / 10_000)
  return { time: time + whole, ticks: total - whole * 10_000 }
}

/** A moment written in ISO 8601. */
export function moment(iso: string): Instant {
  const parsed = parseInstant(iso)
  if (!parsed) throw new TypeError(`not a time: ${iso}`)
  return parsed
}

/** `2026-03-10T10:14:05`: the local time without a zone that the Task Scheduler writes into a definition. */
export function localTime({ time }: Instant, utcOffsetHours: number): string {
  return new Date(time + utcOffsetHours * 3_600_000).toISOString().slice(0, 19)
}
