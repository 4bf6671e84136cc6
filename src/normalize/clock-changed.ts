import type { ClockChanged } from '../model/fact.ts'
import type { WindowsRecord } from '../model/record.ts'
import { parseInstant } from '../model/time.ts'
import { head } from './head.ts'
import { type Unreadable, unreadable } from './normalizer.ts'

/** Time services move the clock by less all the time, and every tie of two records bears as much. */
const leastStep = 5_000

/** The fact that two items of a record state; null where the clock was moved by next to nothing. */
export function clockChanged(
  record: WindowsRecord,
  fromItem: string,
  toItem: string,
  user: string | null,
): ClockChanged | Unreadable | null {
  const from = parseInstant(record.field(fromItem) ?? '')
  const to = parseInstant(record.field(toItem) ?? '')
  if (!from) return unreadable(record, fromItem, 'a time')
  if (!to) return unreadable(record, toItem, 'a time')
  if (Math.abs(from.time - to.time) < leastStep) return null
  return { ...head(record), kind: 'clock-changed', from: from.time, to: to.time, user }
}
