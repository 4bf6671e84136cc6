const duration =
  /^P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d{1,9})?S)?)?$/i

/** An ISO 8601 duration as `P<months>MT<seconds>S`, without the part that is nought; null for none at all. */
export function canonicalDuration(text: string | null): string | null {
  if (text === null) return null
  const parts = duration.exec(text.trim())
  if (!parts) return text.trim() || null
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0))
  const allMonths = years * 12 + months
  const allSeconds = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
  if (allMonths === 0 && allSeconds === 0) return null
  return `P${allMonths > 0 ? `${allMonths}M` : ''}${allSeconds > 0 ? `T${allSeconds}S` : ''}`
}

const minutesADay = 24 * 60

/** The time of day of a boundary, `T09:00:00`, in UTC (`T07:00:00Z`) when it has a zone; fractions of a second are cut. */
export function timeOfDay(boundary: string | null): string | null {
  if (boundary === null) return null
  const parts = /(?:^|T)(\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/i.exec(
    boundary.trim().slice(-40),
  )
  if (!parts) return boundary.trim() || null
  const [, hour = '', minute = '', second = '00', utc, sign, zoneHour = '0', zoneMinute = '0'] = parts
  const offset = (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute))
  const local = Number(hour) * 60 + Number(minute)
  const minutes = (((local - offset) % minutesADay) + minutesADay) % minutesADay
  const two = (number: number) => String(number).padStart(2, '0')
  return `T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${second}${utc || sign ? 'Z' : ''}`
}

/** A value as a text that is the same for durations that are (`PT72H`, `P3D`). */
export function comparable(value: unknown): string {
  return JSON.stringify(value, (_, one) => (typeof one === 'string' ? (canonicalDuration(one) ?? 'PT0S') : one))
}
