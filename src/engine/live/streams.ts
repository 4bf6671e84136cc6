import type { Heard } from './notices.ts'
import type { LiveSettings } from './settings.ts'

/** One log of a host as one sender has it. */
interface Stream {
  readonly source: number
  readonly host: string
  readonly channel: string
  /** The time of its newest record, as far as that is believed. */
  newest: number
  /** When something of it arrived last. */
  arrived: number
}

/** The same as plain values. */
export type WrittenStream = readonly [source: number, host: string, channel: string, newest: number, arrived: number]

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
    this.#streams = written.map(([source, host, channel, newest, arrived]) => ({
      source,
      host,
      channel: sameText(channel),
      newest,
      arrived,
    }))
  }

  written(): WrittenStream[] {
    return this.#streams.map(({ source, host, channel, newest, arrived }) => [source, host, channel, newest, arrived])
  }

  /** A record of this time arrived. One that is dated ahead of its arrival moves its stream no further than a clock may be wrong. */
  note(of: Pick<Stream, 'source' | 'host' | 'channel'>, time: number, arrival: number): void {
    const stream = this.#of(of)
    const believed = Math.min(time, arrival + this.#settings.skew)
    if (believed > stream.newest) stream.newest = believed
    if (arrival > stream.arrived) stream.arrived = arrival
  }

  #of({ source, host, channel }: Pick<Stream, 'source' | 'host' | 'channel'>): Stream {
    const isSame = (one: Stream) => one.channel === channel && one.host === host && one.source === source
    if (this.#last && isSame(this.#last)) return this.#last
    let stream = this.#streams.find(isSame)
    if (!stream) {
      const never = Number.NEGATIVE_INFINITY
      stream = { source, host, channel: sameText(channel), newest: never, arrived: never }
      if (this.#streams.length >= this.#settings.streams) {
        const longestAgo = this.#streams.reduce((one, other) => (other.arrived < one.arrived ? other : one))
        this.#streams.splice(this.#streams.indexOf(longestAgo), 1)
      }
      this.#streams.push(stream)
    }
    this.#last = stream
    return stream
  }

  /** Up to which time everything has been told, but for what comes late; null: no stream is awake, and nothing is waited for. */
  watermark(now: number): number | null {
    const { idle, behind, lateness } = this.#settings
    let [newest, oldest] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (const one of this.#streams) if (now - one.arrived < idle && one.newest > newest) newest = one.newest
    if (newest === Number.NEGATIVE_INFINITY) return null
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

  /** The time of the oldest stream's newest record, of those that were heard of within the horizon: an agent may be catching up. */
  slowest(now: number): number {
    let slowest = Number.POSITIVE_INFINITY
    for (const { arrived, newest } of this.#streams)
      if (now - arrived <= this.#settings.horizon && newest < slowest) slowest = newest
    return slowest
  }

  /** When each log was heard of last. */
  heard(): Heard[] {
    return this.#streams.map(({ host, channel, arrived }) => ({ host, channel, arrived }))
  }
}
