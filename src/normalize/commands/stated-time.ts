import { type DayOfWeek, daysOfWeek, type Month, months } from '../../model/definition.ts'

const two = (number: number) => String(number).padStart(2, '0')

/** A time of day in one of the ways people write it (`9:00`, `3am`, `3:30 PM`, behind a date or not) as `09:00`; else null. */
export function clockTime(text: string | null | undefined): string | null {
  const parts = /(?:^|[\sT])(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?(?:\.\d{1,9})?\s?([ap])?m?$/i.exec(
    text?.trim().slice(-40) ?? '',
  )
  if (!parts) return null
  const [, hourText = '', minuteText, secondText, half] = parts
  if (minuteText === undefined && half === undefined) return null
  const minute = Number(minuteText ?? 0)
  let hour = Number(hourText)
  if (half) hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  if (hour > 23 || minute > 59) return null
  return `${two(hour)}:${two(minute)}${secondText && secondText !== '00' ? `:${secondText}` : ''}`
}

/** Minutes from one time of day to the next time it is the other. */
export function minutesBetween(from: string, to: string): number {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return (minutes(to) - minutes(from) + 24 * 60) % (24 * 60)
}

export const minutesLong = (minutes: number): string => `PT${minutes}M`

/** `d.hh:mm:ss` and `hh:mm:ss`, as .NET writes a TimeSpan, or an ISO 8601 duration, as ISO 8601; else null. */
export function timeSpan(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  if (/^P(?=.)(?:\d+[YMWD])*(?:T(?:\d+[HMS])+)?$/i.test(trimmed.slice(0, 64)) && trimmed.length <= 64) return trimmed
  const parts = /^(?:(\d{1,8})\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,7})?)?$/.exec(trimmed)
  if (!parts) return null
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0))
  return seconds === 0
    ? minutesLong((days * 24 + hours) * 60 + minutes)
    : `PT${((days * 24 + hours) * 60 + minutes) * 60 + seconds}S`
}

/** `MON,Tuesday` or `*`; names that are none are left out. */
export function daysIn(list: string): DayOfWeek[] {
  return namesIn(daysOfWeek, list)
}

/** `JAN,February` or `*`, which is every month and said by none. */
export function monthsIn(list: string): Month[] {
  return list.trim() === '*' ? [] : namesIn(months, list)
}

function namesIn<T extends string>(names: readonly T[], list: string): T[] {
  const said = list
    .slice(0, 400)
    .toLowerCase()
    .split(/[\s,]+/)
  if (said.includes('*')) return [...names]
  return names.filter((name) => said.some((word) => word.length >= 3 && name.toLowerCase().startsWith(word)))
}

/** `1,15,LAST`. */
export function datesIn(list: string): (number | 'Last')[] {
  return list
    .slice(0, 400)
    .split(/[\s,]+/)
    .flatMap((word): (number | 'Last')[] => {
      if (/^last$/i.test(word)) return ['Last']
      return /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 31 ? [Number(word)] : []
    })
}
