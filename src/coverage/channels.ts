import type { ChannelCoverage, Gap, Proof } from '../model/coverage-report.ts'
import { addDelays, type Delays, delayOf } from './delays.ts'
import { countHour, slotLength } from './ledger.ts'
import type { EventCount, LogCell, LogSeries } from './log-counts.ts'
import type { Activity } from './silence.ts'
import { slotsWithin } from './silence.ts'
import { telemetryOf } from './telemetry.ts'

const day = 86_400_000
const second = 1000
/** Holes in the record ids that are told one by one; a log with more of them is an export of a part of its records. */
const mostHoles = 12
/** A whole log in which so many ids are missing was exported by a filter, whatever its holes look like. */
const leastShare = 0.5
/** A log of less than this has not filled the smallest size that Windows allows, 1 MiB and 4 KiB, chunks' rests aside. */
const smallestFull = 900_000
/** As improbable a silence of a whole log must be. */
const improbable = 1e-5
const leastRhythm = 6
const leastSilence = 3

/** One log of a host, of all inputs together. */
export interface HostLog {
  readonly channel: string
  readonly isWhole: boolean
  readonly cells: readonly LogCell[]
  readonly events: ReadonlyMap<number, EventCount & { readonly source: number }>
  readonly delays: Delays
  readonly records: number
  readonly first: number
  readonly last: number
}

/** A host's logs; copies of one log in several inputs count once. */
export function logsOf(series: readonly LogSeries[]): HostLog[] {
  const byChannel = Map.groupBy(series, ({ channel }) => channel)
  return [...byChannel]
    .map(([channel, own]) => {
      const cells = joinedCells(own)
      const events = new Map<number, EventCount & { readonly source: number }>()
      for (const { source, events: ofInput } of own.toSorted((a, b) => a.source - b.source)) {
        for (const [id, event] of ofInput) {
          const known = events.get(id)
          const count = (known?.count ?? 0) + event.count
          const last = Math.max(known?.last ?? event.last, event.last)
          events.set(
            id,
            known && known.first <= event.first ? { ...known, count, last } : { ...event, source, count, last },
          )
        }
      }
      return {
        channel,
        delays: delaysOf(own),
        isWhole: own.every(({ isWhole }) => isWhole),
        cells,
        events,
        records: cells.reduce((sum, { count }) => sum + count, 0),
        first: cells.reduce((least, { first }) => Math.min(least, first), Number.POSITIVE_INFINITY),
        last: cells.reduce((most, { last }) => Math.max(most, last), Number.NEGATIVE_INFINITY),
      }
    })
    .sort((a, b) => (a.channel < b.channel ? -1 : 1))
}

function delaysOf(series: readonly LogSeries[]): Delays {
  const delays: Delays = new Map()
  for (const one of series) addDelays(delays, one.delays)
  return delays
}

/** Cells by time. Where two inputs have the same ids in one piece of time, one is a copy of the other. */
function joinedCells(series: readonly LogSeries[]): LogCell[] {
  const joined = new Map<number, LogCell>()
  for (const { cells } of series.toSorted((a, b) => a.source - b.source)) {
    for (const [bucket, cell] of cells) {
      const known = joined.get(bucket)
      if (known === undefined) {
        joined.set(bucket, { ...cell })
        continue
      }
      const isCopy = cell.firstId > 0 && cell.firstId <= known.lastId && known.firstId <= cell.lastId
      known.count = isCopy ? Math.max(known.count, cell.count) : known.count + cell.count
      known.bytes = isCopy ? Math.max(known.bytes, cell.bytes) : known.bytes + cell.bytes
      known.firstId = Math.min(known.firstId, cell.firstId)
      known.lastId = Math.max(known.lastId, cell.lastId)
      known.first = Math.min(known.first, cell.first)
      known.last = Math.max(known.last, cell.last)
    }
  }
  return [...joined].sort(([a], [b]) => a - b).map(([, cell]) => cell)
}

/** When the host was awake, as its logs show. */
export function activityOf(logs: readonly HostLog[]): Activity {
  const slots = new Set<number>()
  for (const { cells } of logs)
    for (const { first, last } of cells) {
      slots.add(Math.floor(first / slotLength))
      slots.add(Math.floor(last / slotLength))
    }
  const hours = new Uint32Array(24)
  for (const slot of slots) countHour(hours, slot)
  return { slots: [...slots].sort((a, b) => a - b), hours }
}

/** The first record of one of these events in the log, as a proof. */
export function proofIn(log: HostLog, events: readonly number[]): Proof | null {
  let proof: Proof | null = null
  for (const eventId of events) {
    const event = log.events.get(eventId)
    if (event === undefined || (proof !== null && proof.time <= event.first)) continue
    const { source, first, recordId, position } = event
    proof = { time: first, ticks: 0, source, channel: log.channel, eventId, recordId, position }
  }
  return proof
}

/** What a log says of itself: since when, how far it reaches back, with which holes. `clearings`: the records that it was cleared. */
export function channelCoverage(log: HostLog, activity: Activity, clearings: readonly Proof[] = []): ChannelCoverage {
  const { channel, records, isWhole, first, last, cells } = log
  const span = Math.max(last - first, 1)
  const { holes, isPart, firstId } = holesOf(log)
  const bytes = cells.reduce((sum, cell) => sum + cell.bytes, 0)
  const goesOn = isWhole && !isPart && firstId > 1
  // ids go on over a clearing: what was before it was not overwritten
  const cleared = clearings.findLast(({ time }) => time <= first + second && time > first - day)
  const silences = silencesOfLog(log, activity).map((gap): Gap => {
    if (gap.from !== null || !goesOn) return gap
    if (cleared) return { ...gap, kind: 'log-cleared', to: cleared.time, records: null, proof: cleared }
    return { ...gap, kind: 'rolled-over', records: firstId - 1 }
  })
  const hasRolled = goesOn && !cleared && (bytes >= smallestFull || silences[0]?.kind === 'rolled-over')
  const gaps = [...(isPart ? [] : holes), ...silences]
  return {
    ...{ channel, records, isWhole, isPart, first, last },
    bytesPerDay: isWhole && span >= day / 24 ? Math.round((bytes / span) * day) : null,
    retentionDays: hasRolled ? span / day : null,
    delay: delayOf(log.delays),
    gaps: gaps.sort((a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY)),
  }
}

const gapOf = (channel: string, gap: Omit<Gap, 'telemetry' | 'proof'>): Gap => ({
  ...{ ...gap, telemetry: telemetryOf(channel) ?? null, proof: null },
})

/** Ids that are missing between records, and whether so many are that somebody exported a part. */
function holesOf({ channel, cells, isWhole, records }: HostLog) {
  const withIds = cells.filter(({ firstId }) => firstId > 0)
  const firstId = withIds[0]?.firstId ?? 0
  const holes: Gap[] = []
  if (!isWhole || withIds.length === 0) return { holes, isPart: false, firstId }
  let missing = 0
  let block = { ...(withIds[0] as LogCell) }
  const end = () => {
    const lost = block.lastId - block.firstId + 1 - block.count
    if (lost <= 0) return
    missing += lost
    if (holes.length <= mostHoles)
      holes.push(gapOf(channel, { kind: 'ids-missing', from: block.first, to: block.last, records: lost }))
  }
  for (const cell of withIds.slice(1)) {
    const between = cell.firstId - block.lastId - 1
    // several writers share a log: ids of neighbouring pieces may lie crosswise
    if (between < 0 && cell.lastId >= block.firstId) {
      block.count += cell.count
      block.lastId = Math.max(block.lastId, cell.lastId)
      block.firstId = Math.min(block.firstId, cell.firstId)
      block.last = Math.max(block.last, cell.last)
      continue
    }
    end()
    if (between > 0) {
      missing += between
      if (holes.length <= mostHoles)
        holes.push(gapOf(channel, { kind: 'ids-missing', from: block.last, to: cell.first, records: between }))
    }
    block = { ...cell }
  }
  end()
  const isPart = holes.length > mostHoles || (holes.length > 2 && records / (records + missing) < leastShare)
  return { holes, isPart, firstId }
}

/** Stretches in which the log was silent while the host's others went on. */
function silencesOfLog({ channel, cells }: HostLog, activity: Activity): Gap[] {
  const own = [
    ...new Set(cells.flatMap(({ first, last }) => [Math.floor(first / slotLength), Math.floor(last / slotLength)])),
  ]
  if (own.length < leastRhythm) return []
  const rhythm = Math.min(0.95, own.length / Math.max(activity.slots.length, 1))
  const gaps: Gap[] = []
  const consider = (from: number | null, to: number | null) => {
    const slots = slotsWithin(activity, from, to)
    if (slots < leastSilence || (1 - rhythm) ** slots >= improbable) return
    gaps.push(gapOf(channel, { kind: 'log-silent', from, to, records: null }))
  }
  consider(null, cells[0]?.first ?? null)
  for (let i = 1; i < cells.length; i++) consider((cells[i - 1] as LogCell).last, (cells[i] as LogCell).first)
  consider(cells.at(-1)?.last ?? null, null)
  return gaps
}
