import type { ByteReader } from '../registry/byte-reader.ts'

export type YearMonthDay = readonly [year: number, month: number, day: number]

/** `2013-07-12`; numbers that are no date stand as they are: it is shown, not calculated with. */
export function localDate([year, month, day]: YearMonthDay): string {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

/** `2013-07-12T15:42`. */
export function localMinute(date: YearMonthDay, hour: number, minute: number): string {
  return `${localDate(date)}T${pad(hour, 2)}:${pad(minute, 2)}`
}

/** SYSTEMTIME: year, month, day of the week, day, hour, minute, second, millisecond; null when nothing is set. */
export function readSystemTime(reader: ByteReader, what: string): string | null {
  const [year, month, , day, hour, minute, second, millisecond] = Array.from({ length: 8 }, () => reader.u16(what)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (year === 0) return null
  return `${localMinute([year, month, day], hour, minute)}:${pad(second, 2)}.${pad(millisecond, 3)}`
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0')
}
