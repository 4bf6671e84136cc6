import type { Heard } from './notices.ts'
import type { LiveSettings } from './settings.ts'

/** One log of a host as one sender has it. */
interface Stream {
  readonly source: number
  readonly host: string
  readonly channel: string
  /** The time of its newest record that is believed. */
  newest: number
  /** When something of it arrived last. */
  arrived: number
  /** The latest times of records that were dated ahead of their arrival, in order. */
  ahead: readonly number[]
}

/** The same as plain values; null: no record was believed. */
export type WrittenStream = readonly [
  source: number,
  host: string,
  channel: string,
  newest: number | null,
  arrived: number,
  ahead: readonly number[],
]

/** So many records of a stream that are dated ahead of their arrival are not all damaged: its host's clock is. */
const mostAhead = 16
const none: readonly number[] = []
const never = Number.NEGATIVE_INFINITY

/** Names of logs are the same on all hosts. A hostile sender invents them. */
const channels = new Map<string, string>()
const mostChannels = 4_096

function sameText(channel: string): string {
  const known = channels.get(channel)
  if (known !== undefined) return known
  if (channels.size < mostChannels) channels.set(channel, channel)
  return channel
}

/** How far the streams of one shard are. Each tells its records in the order of time, or nearly so. */
export class Streams {
  readonly #settings: LiveSettings
  readonly #streams: Stream[]
  /** Records of one stream come in a row. */
  #last: Stream | undefined

  constructor(settings: LiveSettings, written: readonly WrittenStream[] = []) {
    this.#settings = settings
    this.#streams = written.map(([source, host, channel, newest, arrived, ahead]) => ({
      source,
      host,
      channel: sameText(channel),
      newest: newest ?? never,
      arrived,
      ahead: ahead.length === 0 ? none : ahead,
    }))
  }

  written(): WrittenStream[] {
    return this.#streams.map(({ source, host, channel, newest, arrived, ahead }) => [
      ...([source, host, channel] as const),
      newest === never ? null : newest,
      arrived,
      ahead,
    ])
  }

  /**
   * A record of this time arrived. One that is dated further ahead of its arrival than clocks differ does not move its stream, unless
   * so many do.
   */
  note(of: Pick<Stream, 'source' | 'host' | 'channel'>, time: number, arrival: number): void {
    const stream = this.#of(of)
    if (arrival > stream.arrived) stream.arrived = arrival
    const believed = arrival + this.#settings.skew
    if (time > believed) {
      stream.ahead = [...stream.ahead, time].sort((a, b) => a - b).slice(-mostAhead)
      if (stream.ahead.length === mostAhead) this.#believe(stream, stream.ahead[0] as number)
    } else this.#believe(stream, time)
    if (stream.ahead.length > 0 && (stream.ahead[0] as number) <= believed) this.#comeTrue(stream, believed)
  }

  #believe(stream: Stream, time: number): void {
    if (time > stream.newest) stream.newest = time
  }

  #comeTrue(stream: Stream, believed: number): void {
    for (const time of stream.ahead) if (time <= believed) this.#believe(stream, time)
    stream.ahead = stream.ahead.filter((time) => time > believed)
  }

  #of({ source, host, channel }: Pick<Stream, 'source' | 'host' | 'channel'>): Stream {
    const isSame = (one: Stream) => one.channel === channel && one.host === host && one.source === source
    if (this.#last && isSame(this.#last)) return this.#last
    let stream = this.#streams.find(isSame)
    if (!stream) {
      stream = { source, host, channel: sameText(channel), newest: never, arrived: never, ahead: none }
      if (this.#streams.length >= this.#settings.streams) {
        const longestAgo = this.#streams.reduce((one, other) => (other.arrived < one.arrived ? other : one))
        this.#streams.splice(this.#streams.indexOf(longestAgo), 1)
      }
      this.#streams.push(stream)
    }
    this.#last = stream
    return stream
  }

  /**
   * Up to which time everything has been told, but for what comes late; null: no stream is awake, or none whose time is believed, and nothing
   * is waited for.
   */
  watermark(now: number): number | null {
    const { idle, behind, lateness } = this.#settings
    let [newest, oldest] = [never, Number.POSITIVE_INFINITY]
    for (const one of this.#streams) if (now - one.arrived < idle && one.newest > newest) newest = one.newest
    if (newest === never) return null
    for (const one of this.#streams) {
      const isAwaited = now - one.arrived < idle && newest - one.newest <= behind
      if (isAwaited && one.newest < oldest) oldest = one.newest
    }
    return oldest - lateness
  }

  /** When the next of those that are awake will have been silent for too long; null: none is awake. */
  nextIdle(now: number): number | null {
    let next: number | null = null
    for (const { arrived } of this.#streams) {
      const at = arrived + this.#settings.idle
      if (now < at && (next === null || at < next)) next = at
    }
    return next
  }

  /** Later than this no fact can be now: by as much as clocks differ, or as all streams that are heard of are ahead, a day at most. */
  believed(now: number): number {
    const { skew, horizon } = this.#settings
    let ahead: number | null = null
    for (const { arrived, newest } of this.#streams)
      if (now - arrived <= horizon) ahead = Math.min(ahead ?? horizon, newest - arrived)
    return now + Math.max(skew, ahead ?? 0)
  }

  /** The time of the oldest stream's newest record, of those that were heard of within the horizon: an agent may be catching up. */
  slowest(now: number): number {
    let slowest = Number.POSITIVE_INFINITY
    for (const { arrived, newest } of this.#streams)
      if (now - arrived <= this.#settings.horizon && newest !== never && newest < slowest) slowest = newest
    return slowest
  }

  /** When each log was heard of last. */
  heard(): Heard[] {
    return this.#streams.map(({ host, channel, arrived }) => ({ host, channel, arrived }))
  }
}
