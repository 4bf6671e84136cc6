import type { EventCount, LogCell, LogCounts, LogSeries } from './log-counts.ts'

/** Counts of records as plain values, for who keeps them. */
export interface LogCountsJson {
  readonly slot: number
  readonly series: readonly LogSeriesJson[]
}

interface LogSeriesJson {
  readonly host: string
  readonly channel: string
  readonly isWhole: boolean
  /** Bucket, count, bytes, first and last id, first and last time. */
  readonly cells: readonly (readonly number[])[]
  /** Id, count, first time, its record id and position, last time. */
  readonly events: readonly (readonly number[])[]
  readonly delays: readonly (readonly [step: number, count: number])[]
}

/** Of counts that are of one source: which, and where in it they begin, is said when they are taken up again. */
export const logCountsAsJson = ({ slot, series }: LogCounts): LogCountsJson => ({
  slot,
  series: [...series.values()].map(({ host, channel, isWhole, cells, events, delays }) => ({
    host,
    channel,
    isWhole,
    cells: [...cells].map(([bucket, cell]) => [
      bucket,
      cell.count,
      cell.bytes,
      cell.firstId,
      cell.lastId,
      cell.first,
      cell.last,
    ]),
    events: [...events].map(([id, event]) => [
      id,
      event.count,
      event.first,
      event.recordId,
      event.position,
      event.last,
    ]),
    delays: [...delays],
  })),
})

/** The counts again, as of this source; `base` is added to the places of records. */
export function logCountsOf({ slot, series }: LogCountsJson, source: number, base = 0): LogCounts {
  const counts: LogCounts = { slot, cells: 0, series: new Map() }
  for (const { host, channel, isWhole, cells, events, delays } of series) {
    const own: LogSeries = {
      source,
      host,
      channel,
      isWhole,
      cells: new Map(cells.map(([bucket = 0, ...cell]) => [bucket, cellOf(cell)])),
      events: new Map(events.map(([id = 0, ...event]) => [id, eventOf(event, base)])),
      delays: new Map(delays),
    }
    counts.series.set(`${source}\n${channel}\n${host}`, own)
    counts.cells += own.cells.size
  }
  return counts
}

const cellOf = ([count = 0, bytes = 0, firstId = 0, lastId = 0, first = 0, last = 0]: readonly number[]): LogCell => ({
  count,
  bytes,
  firstId,
  lastId,
  first,
  last,
})

const eventOf = (
  [count = 0, first = 0, recordId = 0, position = 0, last = 0]: readonly number[],
  base: number,
): EventCount => ({ count, first, recordId, position: position + base, last })
