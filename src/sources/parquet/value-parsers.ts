import type { ParquetParsers } from 'hyparquet'
import { formatInstant } from '../../model/time.ts'

const text = new TextDecoder()
const decoded = (bytes: Uint8Array | undefined) => bytes && text.decode(bytes)

/** Milliseconds and ticks of 100 ns as a text; what no calendar has, as the number that it is. */
function instantText(ticks: bigint): string {
  const rest = ((ticks % 10_000n) + 10_000n) % 10_000n
  const time = Number((ticks - rest) / 10_000n)
  return Math.abs(time) <= 8.64e15 ? formatInstant({ time, ticks: Number(rest) }) : String(ticks)
}

/** Values as JSON of the same events has them: times as texts, and what is JSON by itself as the text that it is. */
export const valueParsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value: bigint) => instantText(BigInt(value) * 10_000n),
  timestampFromMicroseconds: (value: bigint) => instantText(BigInt(value) * 10n),
  timestampFromNanoseconds: (value: bigint) => instantText(BigInt(value) / 100n),
  dateFromDays: (days: number) => instantText(BigInt(days) * 864_000_000_000n),
  jsonFromBytes: decoded,
  stringFromBytes: decoded,
  geometryFromBytes: () => undefined,
  geographyFromBytes: () => undefined,
}
