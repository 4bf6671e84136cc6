import { formatInstant, instantOfFileTime } from '../../../model/time.ts'
import type { ByteReader } from '../../registry/byte-reader.ts'

/**
 * A boundary in 16 bytes: a mark whether it is local time, 7 unused bytes, a FILETIME. As in a definition: `…Z` when it is
 * UTC, without a zone when it is local; null when it is 0 or all ones, which stand for none.
 * Source: winreg-tasks, tstime.ksy; that local times are stored as they are: libyal/winreg-kb, Task scheduler keys.
 */
export function readMoment(reader: ByteReader, what: string): string | null {
  const local = reader.u8(what) !== 0
  reader.skip(7, what)
  const low = reader.u32(what)
  const high = reader.u32(what)
  if ((low === 0 && high === 0) || (low === 0xffff_ffff && high === 0xffff_ffff)) return null
  const text = formatInstant(instantOfFileTime(low, high)).replace(/\.000Z$/, 'Z')
  return local ? text.replace(/Z$/, '') : text
}

const NONE = 0xffff_ffff

/** Seconds as ISO 8601, in the largest units: `P1D`, `PT1H30M`; null for 0 and for all ones, which stand for none. */
export function duration(seconds: number): string | null {
  return seconds === 0 ? null : limit(seconds)
}

/** The same where 0 is a length of its own: `PT0S`. */
export function limit(seconds: number): string | null {
  if (seconds === NONE) return null
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor(seconds / 3600) % 24
  const minutes = Math.floor(seconds / 60) % 60
  const rest = seconds % 60
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${rest ? `${rest}S` : ''}`
  if (days === 0 && time === '') return 'PT0S'
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
}
