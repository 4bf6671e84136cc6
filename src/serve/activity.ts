import { intakeSettings } from './pipeline/intake.ts'
import type { ReadPost } from './ports.ts'
import type { Reading } from './reading/index.ts'
import type { ServiceStatus } from './service.ts'
import type { ServiceState, SourceState } from './service-state.ts'

/** Sources that are counted each by itself; the names are the senders' to choose. */
const mostSources = 10_000
const keptFaults = 20

type Changing<T> = { -readonly [K in keyof T]: T[K] }

/** Counts what the service reads from its start on, by source, and what goes wrong. */
export class Activity {
  readonly #started: number
  readonly #totals = { facts: 0, problems: 0, faults: 0 }
  readonly #sources = new Map<string, Changing<SourceState>>()
  readonly #faults: { readonly time: number; readonly text: string }[] = []

  constructor(started: number) {
    this.#started = started
  }

  /** The same, and what it reads is counted. `now`: milliseconds. */
  counting(reading: Reading, now: () => number): Reading {
    return {
      read: async (post) => {
        const read = await reading.read(post)
        this.count(post.source, read, post.bytes.length, now())
        return read
      },
      close: () => reading.close(),
    }
  }

  count(source: string, { records, shards, problems, unlisted }: ReadPost, bytes: number, arrived: number): void {
    const facts = shards.reduce((sum, { contentHashes }) => sum + contentHashes.length, 0)
    const newest = shards.reduce<number | null>(
      (most, { last }) => (last === 0 ? most : Math.max(most ?? last, last)),
      null,
    )
    const own = this.#sourceOf(source, arrived)
    own.records += records
    own.facts += facts
    own.bytes += bytes
    own.problems += problems.length + unlisted
    own.arrived = Math.max(own.arrived, arrived)
    if (newest !== null) own.newest = Math.max(own.newest ?? newest, newest)
    this.#totals.facts += facts
    this.#totals.problems += problems.length + unlisted
  }

  /** A fault of the service itself. */
  fault(time: number, text: string): void {
    this.#totals.faults++
    this.#faults.unshift({ time, text: text.slice(0, 500) })
    this.#faults.length = Math.min(this.#faults.length, keptFaults)
  }

  /** `late`: facts that came later than the state reaches back. */
  state(status: ServiceStatus, late: number): ServiceState {
    const { intake, log, waitingBytes, looks, hot, time, fault } = status
    const { posts, records, bytes, refusedFull, refusedUnavailable } = intake
    const waiting = log.entries - log.applied
    return {
      phase: fault === null ? 'ready' : 'refusing',
      refusal: fault,
      started: this.#started,
      queue: { entries: waiting, bytes: waitingBytes, mostBytes: intakeSettings.mostBytes },
      log: { written: log.entries, applied: log.applied, syncs: log.syncs },
      shards: { looks, hot },
      appliedUntil: waiting > 0 && time > 0 ? time : null,
      totals: { ...this.#totals, ...{ posts, records, bytes, refusedFull, refusedUnavailable, late } },
      sources: [...this.#sources.values()],
      faults: [...this.#faults],
    }
  }

  #sourceOf(source: string, arrived: number): Changing<SourceState> {
    const isFull = this.#sources.size >= mostSources - 1
    const name = isFull && !this.#sources.has(source) ? 'others' : source
    const known = this.#sources.get(name)
    if (known) return known
    const made = { name, records: 0, facts: 0, bytes: 0, problems: 0, arrived, newest: null }
    this.#sources.set(name, made)
    return made
  }
}
