import type { RecordName } from '../../correlate/index.ts'

/** What a record is known by among those of its shard: by its number, where it has one, and its time, since numbers begin anew when a log is cleared. */
export const recordKey = ({ channel, eventId, recordId, time, ticks }: RecordName): string =>
  `${channel} ${eventId} ${recordId} ${time}.${ticks}`
