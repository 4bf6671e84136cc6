import type { LogEntry } from '../log/entries.ts'
import { postEntry, writeEntry } from '../log/entries.ts'
import { type Log, NotKept } from '../log/log.ts'
import type { Intake, Post, Taken } from '../ports.ts'
import type { Reading } from '../reading/reading.ts'

export interface IntakeSettings {
  /** Bytes of posts that are taken and not yet applied, and until they are: what is read of them takes a few times as much memory. */
  readonly mostBytes: number
  /** Posts alike: each takes some kilobytes whatever is in it. */
  readonly mostPosts: number
}

/** A hundred and some agents with a batch of a megabyte each, or a collector of a large network for some seconds. */
export const intakeSettings: IntakeSettings = { mostBytes: 192 << 20, mostPosts: 4_096 }

/** Seconds after which a sender comes again: what waits is applied within a few. */
const retryAfter = 2
/** How long nothing more is tried on a disk that took nothing, in milliseconds: each try is a write of a whole batch. */
const pauseAfterFault = 1_000

/** A clock that is kept right goes back by less, in milliseconds. */
const setBack = 1_000

export interface IntakeDeps {
  readonly reading: Reading
  readonly log: Log
  /** Milliseconds. */
  readonly now: () => number
  /** The same of a clock that nobody sets. */
  readonly elapsed: () => number
  /** Takes up entries that are kept, in the order of their numbers, with what they count until they are applied. */
  readonly applied: (number: number, entry: LogEntry, bytes: number) => void
  /** The arrival of the log's last entry. */
  readonly lastArrival: number
  readonly settings?: IntakeSettings
}

/** What the intake has counted since it was opened. */
export interface IntakeCounts {
  readonly posts: number
  readonly records: number
  readonly bytes: number
  readonly refusedFull: number
  readonly refusedUnavailable: number
}

/** Reads posts, keeps what was read, and hands it on. */
export class LoggedIntake implements Intake {
  readonly #deps: IntakeDeps
  readonly #settings: IntakeSettings
  readonly #counts = { posts: 0, records: 0, bytes: 0, refusedFull: 0, refusedUnavailable: 0 }
  #bytes = 0
  #posts = 0
  #lastArrival: number
  #lastElapsed: number
  #faultUntil = 0
  #fault = ''
  #isClosed = false
  readonly #inHand = new Set<Promise<unknown>>()

  constructor(deps: IntakeDeps) {
    this.#deps = deps
    this.#settings = deps.settings ?? intakeSettings
    this.#lastArrival = deps.lastArrival
    this.#lastElapsed = deps.elapsed()
  }

  /** Bytes of posts that are taken and not applied yet. */
  get waitingBytes(): number {
    return this.#bytes
  }

  get counts(): IntakeCounts {
    return this.#counts
  }

  /** Why nothing is taken at the moment; null: it is. */
  get fault(): string | null {
    if (this.#isClosed) return 'the service ends'
    return this.#deps.now() < this.#faultUntil ? this.#fault : null
  }

  hasRoomFor(bytes: number): boolean {
    if (this.fault !== null) return false
    // the first of all is taken however large it is: nothing would ever make room for it
    return (
      this.#posts === 0 || (this.#bytes + bytes <= this.#settings.mostBytes && this.#posts < this.#settings.mostPosts)
    )
  }

  async take(post: Post): Promise<Taken> {
    const { fault } = this
    if (fault !== null) return this.#unavailable(fault)
    const bytes = post.bytes.length
    if (!this.hasRoomFor(bytes)) {
      this.#counts.refusedFull++
      return { kind: 'full', retryAfter }
    }
    this.#bytes += bytes
    this.#posts++
    const taking = this.#take(post)
    this.#inHand.add(taking)
    try {
      return await taking
    } finally {
      this.#inHand.delete(taking)
    }
  }

  async #take(post: Post): Promise<Taken> {
    const bytes = post.bytes.length
    const read = await this.#deps.reading.read(post)
    if (this.#isClosed) {
      this.done(bytes)
      return this.#unavailable('the service ends')
    }
    const { sender, source } = post
    const entry = postEntry(read, { arrival: this.arrivalNow(), sender: sender.name, source, bytes: read.contentBytes })
    try {
      await this.keep(entry, bytes)
    } catch (error) {
      if (!(error instanceof NotKept)) throw error
      return this.#unavailable(error.message)
    }
    this.#counts.posts++
    this.#counts.records += read.records
    this.#counts.bytes += bytes
    return { kind: 'kept', records: read.records, problems: read.problems, unlisted: read.unlisted }
  }

  /** Keeps an entry, hands it on, and gives its number; rejects with `NotKept`. To be called at once after `arrivalNow`, so that entries stand in the order of their times. */
  async keep(entry: LogEntry, bytes = 0): Promise<number> {
    try {
      const number = await this.#deps.log.add(writeEntry(entry))
      this.#deps.applied(number, entry, bytes)
      return number
    } catch (error) {
      if (entry.kind === 'post') this.done(bytes)
      if (error instanceof NotKept) {
        this.#fault = `the disk takes nothing more: ${error.message}`
        this.#faultUntil = this.#deps.now() + pauseAfterFault
      }
      throw error
    }
  }

  /** The log's time does not go back, and does not stand still where the clock is set back: else nobody who is silent would ever count as that. */
  arrivalNow(): number {
    const { now, elapsed } = this.#deps
    const [time, since] = [now(), elapsed() - this.#lastElapsed]
    this.#lastElapsed += since
    const isSetBack = time < this.#lastArrival - setBack
    this.#lastArrival = isSetBack ? this.#lastArrival + Math.round(since) : Math.max(this.#lastArrival, time)
    return this.#lastArrival
  }

  /** A post is applied and needs no room any more. */
  done(bytes: number): void {
    this.#bytes -= bytes
    this.#posts--
  }

  /** Nothing more is taken; settles when what is in hand is kept or refused. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled(this.#inHand)
  }

  #unavailable(reason: string): Taken {
    this.#counts.refusedUnavailable++
    return { kind: 'unavailable', reason }
  }
}
