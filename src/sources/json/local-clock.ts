import type { Instant } from '../../model/time.ts'
import type { LocalTime } from './moment.ts'

const minute = 60_000
/** Zones differ from UTC by whole, half and (Nepal, Chatham) quarter hours. */
const quarterHour = 15 * minute
const halfHour = 30 * minute
const halfDay = 12 * 60 * minute
/** From Kiribati to the date line: what a zone can be from UTC, seen from there. */
const mostEast = -14 * 60 * minute
const mostWest = 12 * 60 * minute
/** What a local time may differ from the same event's UTC time beyond its zone: Sysmon writes some events late. */
const mostLag = 2 * minute
/** A receiver may be later: what it says of the zone is rounded to half hours. */
const mostDelay = 14 * minute

/** What a clock has learnt, for who reads more of the same source later: minutes that it showed with their offsets, and votes of receivers. */
export interface ClockMemory {
  readonly measured: readonly (readonly [shown: number, offset: number])[]
  readonly received: readonly (readonly [offset: number, votes: number])[]
}

/** A day of readings, one in ten minutes: a clock of twelve hours needs one within six hours, any other the last. */
const mostRemembered = 144
const minutesBetween = 10

/**
 * What must be added to the local times of one input to get UTC, as measured where an event tells both.
 *
 * A clock with 24 hours: what held at the nearest reading, so that the end of daylight saving is no matter.
 * A clock with twelve hours: a reading means two times half a day apart (`12:30` half past noon or past midnight, any other
 * hour itself or twelve hours later); the one that is nearer to a measured event holds. That is right as long as there are
 * measured events within six hours, and none half a day away.
 */
export class LocalClock {
  /** Offset in milliseconds by the minute that the clock showed. */
  readonly #measured = new Map<number, number>()
  /** How often receivers spoke for an offset; used only where nothing was measured. */
  readonly #received = new Map<number, number>()
  #sorted: { readonly shown: number[]; readonly happened: number[]; readonly zones: number[] } | undefined

  /** Learns from an event, if it tells its time in UTC too. */
  learn(moment: LocalTime): boolean {
    const offset = measuredOffset(moment)
    if (offset !== undefined) {
      const shown = Math.floor(moment.local.time / minute)
      if (!this.#measured.has(shown)) {
        this.#measured.set(shown, offset)
        this.#sorted = undefined
      }
      return true
    }
    if (moment.received !== null) {
      const difference = moment.received.time - moment.local.time
      const rounded = Math.round(difference / halfHour) * halfHour
      if (Math.abs(difference - rounded) <= mostDelay)
        this.#received.set(rounded, (this.#received.get(rounded) ?? 0) + 1)
    }
    return false
  }

  /** The true time of an event: by its own measure, else by what was learnt, else as it is written. */
  correct(moment: LocalTime): Instant {
    const { time, ticks } = moment.local
    const offset = measuredOffset(moment) ?? this.#learntOffset(time, moment.halfDay) ?? 0
    return { time: time + offset, ticks }
  }

  /** What is worth remembering: the latest readings. Null where nothing was learnt. */
  memory(): ClockMemory | null {
    if (this.#measured.size === 0 && this.#received.size === 0) return null
    const measured: [number, number][] = []
    const latestFirst = [...this.#measured].sort(([a, x], [b, y]) => b + y / minute - (a + x / minute))
    let last = Number.POSITIVE_INFINITY
    for (const [shown, offset] of latestFirst) {
      const happened = shown + offset / minute
      if (last - happened < minutesBetween) continue
      measured.push([shown, offset])
      last = happened
      if (measured.length === mostRemembered) break
    }
    return { measured, received: [...this.#received].slice(-mostRemembered) }
  }

  /** What was learnt before comes after what is learnt now. */
  remember({ measured, received }: ClockMemory): void {
    for (const [shown, offset] of measured) if (!this.#measured.has(shown)) this.#measured.set(shown, offset)
    for (const [offset, votes] of received) this.#received.set(offset, (this.#received.get(offset) ?? 0) + votes)
    this.#sorted = undefined
  }

  /** Whether anything told the zone. */
  get isKnown(): boolean {
    return this.#measured.size > 0 || this.#received.size > 0
  }

  /** Offsets in minutes, sorted; empty when nothing told the zone. */
  offsets(): number[] {
    const all = this.#measured.size > 0 ? [...this.#measured.values()] : [this.#offsetReceived()]
    return [...new Set(all)]
      .filter((offset) => offset !== undefined)
      .map((offset) => offset / minute)
      .sort((a, b) => a - b)
  }

  #learntOffset(time: number, isHalfDay: boolean): number | undefined {
    if (this.#measured.size === 0) return this.#offsetReceived()
    this.#sorted ??= this.#sort()
    const { shown, happened, zones } = this.#sorted
    if (!isHalfDay) return this.#measured.get(nearest(shown, Math.floor(time / minute)))
    let best: number | undefined
    let smallest = Number.POSITIVE_INFINITY
    for (const offset of zones.flatMap((zone) => [zone, isTwelve(time) ? zone - halfDay : zone + halfDay])) {
      const at = (time + offset) / minute
      const distance = Math.abs(nearest(happened, at) - at)
      if (distance < smallest) {
        smallest = distance
        best = offset
      }
    }
    return best
  }

  #sort() {
    const shown = [...this.#measured.keys()].sort((a, b) => a - b)
    const happened = [...this.#measured].map(([at, offset]) => at + offset / minute).sort((a, b) => a - b)
    const zones = new Set<number>()
    for (const [at, offset] of this.#measured) {
      for (const zone of [offset, isTwelve(at * minute) ? offset + halfDay : offset - halfDay])
        if (zone >= mostEast && zone <= mostWest) zones.add(zone)
    }
    return { shown, happened, zones: [...zones].sort((a, b) => a - b) }
  }

  #offsetReceived(): number | undefined {
    let best: number | undefined
    let votes = 0
    for (const [offset, count] of this.#received) {
      if (count > votes || (count === votes && best !== undefined && offset < best)) {
        best = offset
        votes = count
      }
    }
    return best
  }
}

/** Whether a clock of twelve hours shows the hour after noon or after midnight. */
function isTwelve(time: number): boolean {
  return new Date(time).getUTCHours() === 12
}

/** The number of a sorted list that is nearest. */
function nearest(sorted: readonly number[], to: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < to) low = middle + 1
    else high = middle
  }
  const after = sorted[low] as number
  const before = sorted[low - 1] ?? after
  return Math.abs(after - to) < Math.abs(to - before) ? after : before
}

function measuredOffset({ local, happened }: LocalTime): number | undefined {
  if (happened === null) return undefined
  const difference = happened.time - local.time
  const rounded = Math.round(difference / quarterHour) * quarterHour
  return Math.abs(difference - rounded) <= mostLag ? rounded : undefined
}
