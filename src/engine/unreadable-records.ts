import { counted } from '../model/counted.ts'
import type { Problem } from '../model/problem.ts'
import type { WindowsRecord } from '../model/record.ts'
import type { Unreadable } from '../normalize/index.ts'

/** Kinds kept of one unit: more than there are events and key fields; a hostile input invents channels. */
const mostKinds = 200

/** Records of one kind, in one input, whose same field could not be read. */
export interface UnreadableKind {
  readonly file: string
  readonly channel: string
  readonly eventId: number
  count: number
  /** The first in the input. */
  offset: number
  recordId: number
  reason: string
}

/** By input, channel, event and field. */
export type UnreadableRecords = Map<string, UnreadableKind>

/** Notes one of a unit's records; false when there are too many kinds of them. */
export function noteUnreadable(
  kinds: UnreadableRecords,
  file: string,
  { channel, eventId, position, recordId }: WindowsRecord,
  { field, reason }: Unreadable,
): boolean {
  const key = JSON.stringify([file, channel, eventId, field])
  const known = kinds.get(key)
  if (!known && kinds.size >= mostKinds) return false
  merge(kinds, key, { file, channel, eventId, count: 1, offset: position, recordId, reason })
  return true
}

/** Takes what another unit met. In whatever order units come, the count and the first of each kind are the same. */
export function addUnreadable(to: UnreadableRecords, from: UnreadableRecords): void {
  for (const [key, kind] of from) merge(to, key, kind)
}

function merge(kinds: UnreadableRecords, key: string, kind: UnreadableKind): void {
  const known = kinds.get(key)
  if (!known) {
    kinds.set(key, { ...kind })
    return
  }
  known.count += kind.count
  if (kind.offset >= known.offset) return
  known.offset = kind.offset
  known.recordId = kind.recordId
  known.reason = kind.reason
}

/** One problem for each kind, however many records it has. */
export function unreadableProblems(kinds: UnreadableRecords): Problem[] {
  return [...kinds.values()].map(({ file, channel, eventId, count, offset, recordId, reason }) => {
    const one = `record ${recordId} of ${channel}, event ${eventId}: ${reason}`
    const many = `${counted(count, 'record')} of ${channel}, event ${eventId}, the first here (record ${recordId}): ${reason}`
    return { file, offset, chunk: null, code: 'bad-field', reason: count === 1 ? one : many }
  })
}
