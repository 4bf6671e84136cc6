import type { Instant } from '../../model/time.ts'
import { instantOf } from './moment.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `3/14/2024, 5:23:12.123 PM` (Azure's portal, English), `14/03/2024 17:23:12`, `14.03.2024 17:23:12`. */
const numbers = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}),? +(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,7}))?(?: ?([AP])M)?$/i
/** `Mar 14, 2024 5:23:12 PM` (Defender's portal), `Mar 14, 2024 @ 17:23:12.123` (Kibana). */
const words = /^([a-z]{3})[a-z]* (\d{1,2}), (\d{4}),?(?: @)? (\d{1,2}):(\d\d):(\d\d)(?:\.(\d{1,7}))?(?: ?([AP])M)?$/i

/**
 * A time as portals and cultures write it, beside all that `instantOf` reads; as if it were UTC. With AM or PM the month comes first,
 * as in English of the United States, else the day, unless only the other way round is a date.
 */
export function instantInWords(value: unknown): Instant | undefined {
  const plain = instantOf(value)
  if (plain !== undefined || typeof value !== 'string') return plain
  // newer versions of .NET and browsers put a narrow blank before AM
  const text = value.trim().replaceAll('\u202f', ' ')
  const named = words.exec(text)
  if (named) {
    const [, month = '', day, year, ...clock] = named
    return instant([Number(year), months.indexOf(month.toLowerCase()) + 1, Number(day)], clock)
  }
  const found = numbers.exec(text)
  if (!found) return undefined
  const [, first, sign, other, year, ...clock] = found
  const [a, b] = [Number(first), Number(other)]
  const monthFirst = a > 12 ? false : b > 12 ? true : clock[4] !== undefined && sign !== '.'
  return instant([Number(year), monthFirst ? a : b, monthFirst ? b : a], clock)
}

/** `clock`: hour, minute, second, fraction and AM or PM, as the patterns find them. */
function instant(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second, fraction = '', half]: readonly (string | undefined)[],
): Instant | undefined {
  let hours = Number(hour)
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined
    hours = (hours % 12) + (half.toUpperCase() === 'P' ? 12 : 0)
  }
  if (month < 1 || month > 12 || day < 1 || day > 31 || hours > 23 || Number(minute) > 59 || Number(second) > 59)
    return undefined
  const digits = fraction.padEnd(7, '0')
  const time = Date.UTC(year, month - 1, day, hours, Number(minute), Number(second), Number(digits.slice(0, 3)))
  return { time, ticks: Number(digits.slice(3)) }
}
