import type { WindowsRecord } from '../model/record.ts'
import { addDelays, type Delays, noteDelay } from './delays.ts'

/** Pieces of time in which records are counted: ten minutes, and four times as long each time that there are too many of them. */
const finest = 600_000
const coarser = 4
/** Pieces kept of all logs together: some 50 MB. */
const mostCells = 400_000
/** Kinds of event kept of one log of a host, and logs kept; a hostile input invents both. */
const mostKinds = 1_024
const mostSeries = 200_000

/** Records of one log in one piece of time. */
export interface LogCell {
  count: number
  bytes: number
  /** 0 where the records have no ids. */
  firstId: number
  lastId: number
  first: number
  last: number
}

/** Records of one kind of event in one log, with the first of them. */
export interface EventCount {
  count: number
  first: number
  recordId: number
  position: number
  last: number
}

/** Records of one log of one host, in one input. */
export interface LogSeries {
  readonly source: number
  readonly host: string
  readonly channel: string
  /** False: only records that somebody reads were counted. */
  readonly isWhole: boolean
  readonly cells: Map<number, LogCell>
  readonly events: Map<number, EventCount>
  readonly delays: Delays
}

/** Every record of the inputs by host and log, whether anybody reads it or not. Crosses threads. */
export interface LogCounts {
  /** Length of the pieces of time, in milliseconds. */
  slot: number
  cells: number
  readonly series: Map<string, LogSeries>
}

export const noLogCounts = (): LogCounts => ({ slot: finest, cells: 0, series: new Map() })

/** Counts records as they go by: one of these for a thread. */
export class LogCounter {
  readonly counts: LogCounts
  #computer = ''
  #channel = ''
  #source = -1
  #series: LogSeries | null = null
  #bucket = Number.NaN
  #cell: LogCell | null = null

  constructor(counts: LogCounts) {
    this.counts = counts
  }

  /** `bytes`: of the record; null where only records that somebody reads are told of. */
  note(record: WindowsRecord, bytes: number | null): void {
    const { time, recordId, eventId } = record
    // without a time it can stand nowhere
    if (time === 0) return
    const { computer, channel } = record
    if (computer !== this.#computer || channel !== this.#channel || record.source !== this.#source)
      this.#turnTo(record, bytes !== null)
    const series = this.#series
    if (series === null) return
    const bucket = Math.floor(time / this.counts.slot)
    const cell = bucket === this.#bucket && this.#cell !== null ? this.#cell : this.#cellOf(series, bucket, record)
    cell.count++
    if (bytes !== null) cell.bytes += bytes
    if (recordId < cell.firstId) cell.firstId = recordId
    if (recordId > cell.lastId) cell.lastId = recordId
    if (time < cell.first) cell.first = time
    if (time > cell.last) cell.last = time
    if (record.arrived != null) noteDelay(series.delays, record.arrived - time)
    const event = series.events.get(eventId)
    if (event === undefined) noteKind(series, record)
    else {
      event.count++
      if (time > event.last) event.last = time
      else if (time < event.first) makeFirst(event, time, recordId, record.position)
    }
  }

  #turnTo({ computer, channel, source }: WindowsRecord, isWhole: boolean): void {
    this.#computer = computer
    this.#channel = channel
    this.#source = source
    this.#cell = null
    const host = computer.toLowerCase()
    const key = `${source}\n${channel}\n${host}`
    const { series } = this.counts
    let own = series.get(key) ?? null
    if (own === null && series.size < mostSeries) {
      own = { source, host, channel, isWhole, cells: new Map(), events: new Map(), delays: new Map() }
      series.set(key, own)
    }
    this.#series = own
  }

  #cellOf({ cells }: LogSeries, bucket: number, { time, recordId }: WindowsRecord): LogCell {
    let cell = cells.get(bucket)
    if (cell === undefined) {
      cell = { count: 0, bytes: 0, firstId: recordId, lastId: recordId, first: time, last: time }
      cells.set(bucket, cell)
      this.counts.cells++
      if (this.counts.cells > mostCells) {
        coarsen(this.counts)
        this.#cell = null
        this.#bucket = Number.NaN
        return cells.get(Math.floor(time / this.counts.slot)) as LogCell
      }
    }
    this.#bucket = bucket
    this.#cell = cell
    return cell
  }
}

function noteKind({ events }: LogSeries, { eventId, time, recordId, position }: WindowsRecord): void {
  if (events.size < mostKinds) events.set(eventId, { count: 1, first: time, recordId, position, last: time })
}

function makeFirst(event: EventCount, time: number, recordId: number, position: number): void {
  event.first = time
  event.recordId = recordId
  event.position = position
}

/** Makes the pieces of time longer until there are not too many. The same comes of it in whatever order records came. */
function coarsen(counts: LogCounts, slot = counts.slot * coarser, most = mostCells): void {
  do {
    const factor = slot / counts.slot
    counts.slot = slot
    counts.cells = 0
    for (const { cells } of counts.series.values()) {
      const old = [...cells]
      cells.clear()
      for (const [bucket, cell] of old) addCell(cells, Math.floor(bucket / factor), cell)
      counts.cells += cells.size
    }
    slot *= coarser
  } while (counts.cells > most)
}

function addCell(cells: Map<number, LogCell>, bucket: number, cell: LogCell): void {
  const known = cells.get(bucket)
  if (known === undefined) {
    cells.set(bucket, { ...cell })
    return
  }
  known.count += cell.count
  known.bytes += cell.bytes
  known.firstId = Math.min(known.firstId, cell.firstId)
  known.lastId = Math.max(known.lastId, cell.lastId)
  known.first = Math.min(known.first, cell.first)
  known.last = Math.max(known.last, cell.last)
}

/** Takes what another thread counted, or what was counted before. `most`: pieces of time that are kept. */
export function addLogCounts(to: LogCounts, from: LogCounts, most = mostCells): void {
  if (from.slot > to.slot) coarsen(to, from.slot, most)
  if (to.slot > from.slot) coarsen(from, to.slot, most)
  for (const [key, own] of from.series) {
    const known = to.series.get(key)
    if (known === undefined) {
      if (to.series.size >= mostSeries) continue
      to.series.set(key, own)
      to.cells += own.cells.size
      continue
    }
    to.cells -= known.cells.size
    for (const [bucket, cell] of own.cells) addCell(known.cells, bucket, cell)
    to.cells += known.cells.size
    for (const [id, event] of own.events) addEvent(known.events, id, event)
    addDelays(known.delays, own.delays)
  }
  if (to.cells > most) coarsen(to, undefined, most)
}

function addEvent(events: Map<number, EventCount>, id: number, event: EventCount): void {
  const known = events.get(id)
  if (known === undefined) {
    if (events.size < mostKinds) events.set(id, event)
    return
  }
  known.count += event.count
  known.last = Math.max(known.last, event.last)
  const isEarlier = event.first < known.first || (event.first === known.first && event.position < known.position)
  if (isEarlier) makeFirst(known, event.first, event.recordId, event.position)
}
