import { formatInstant, type Instant } from '../../model/time.ts'
import type { LabValue } from '../evtx-writer/value.ts'

/** A value as Windows writes it into an event's XML. */
export function valueText(value: LabValue): string {
  switch (value.type) {
    case 'string':
    case 'sid':
      return value.value
    case 'guid':
      return value.value.toUpperCase()
    case 'hex32':
    case 'hex64':
    case 'pointer':
      return `0x${value.value.toString(16)}`
    case 'bool':
      return String(value.value)
    case 'filetime':
      return sevenDigits(value.value)
    case 'binary':
      return Buffer.from(value.value).toString('hex').toUpperCase()
    default:
      return String(value.value)
  }
}

/** A value as a converter gives it that keeps numbers as numbers. */
export function valueJson(value: LabValue): unknown {
  switch (value.type) {
    case 'u8':
    case 'u16':
    case 'i32':
    case 'u32':
      return value.value
    case 'bool':
      return value.value
    default:
      return valueText(value)
  }
}

/** ISO 8601 in UTC with all the digits of a FILETIME. */
export function sevenDigits({ time, ticks }: Instant): string {
  return `${new Date(time).toISOString().slice(0, -1)}${String(ticks).padStart(4, '0')}Z`
}

export function milliseconds({ time }: Instant): string {
  return formatInstant({ time, ticks: 0 })
}

/** The clock on a wall `minutes` from UTC, as `2026-03-04 05:06:07`. */
export function wallClock({ time }: Instant, minutes: number): string {
  return new Date(time + minutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
}
