import { compareInstants, type Instant } from '../../model/time.ts'
import type { CatalogueEvent } from '../event-catalogue/catalogue-event.ts'
import type { LabEvent } from '../evtx-writer/lab-event.ts'
import type { Random } from '../random.ts'

/** The record id that an event got; undefined when its channel was off, or while it has not been taken yet. */
export interface RecordIds {
  get(event: CatalogueEvent): number | undefined
}

/** Milliseconds by which a record may be older than the one before it in its log. */
const mostDisorder = 500

/** The logs of one host. Records are numbered when nothing earlier can come any more, since several writers share a channel. */
export class EventLogs {
  readonly #computer: string
  readonly #nextIds: Map<string, number>
  readonly #disorder: Random | null
  readonly #keptFrom = new Map<string, Instant>()
  readonly #events = new Map<string, CatalogueEvent[]>()
  readonly #ids = new WeakMap<CatalogueEvent, { readonly id: number; readonly generation: number }>()
  /** How often each channel has been cleared. */
  readonly #generations = new Map<string, number>()

  /**
   * `channels` are those that are switched on, each with the id of its first record. With `disorder` a record now and then
   * gets its id before one that is a little older, as where several writers share a log.
   */
  constructor(computer: string, channels: ReadonlyMap<string, number>, disorder: Random | null = null) {
    this.#computer = computer
    this.#nextIds = new Map(channels)
    this.#disorder = disorder
  }

  /** A channel is small: of its records only those from this moment on are still there in the end. */
  keepFrom(channel: string, moment: Instant): void {
    this.#keptFrom.set(channel, moment)
  }

  /** Of records that are still there. */
  readonly ids: RecordIds = {
    get: (event) => {
      const known = this.#ids.get(event)
      return known?.generation === this.#generationOf(event.channel) ? known.id : undefined
    },
  }

  #generationOf(channel: string): number {
    return this.#generations.get(channel) ?? 0
  }

  isOn(channel: string): boolean {
    return this.#nextIds.has(channel)
  }

  /** Keeps the event if its channel is switched on. */
  record(event: CatalogueEvent): CatalogueEvent {
    if (this.#nextIds.has(event.channel)) {
      const channel = this.#events.get(event.channel)
      if (channel) channel.push(event)
      else this.#events.set(event.channel, [event])
    }
    return event
  }

  /** Forgets what a channel holds. Whoever has taken records of it sees by `clearings` that they are gone. */
  clear(channel: string): void {
    this.#events.set(channel, [])
    this.#generations.set(channel, this.#generationOf(channel) + 1)
  }

  clearings(channel: string): number {
    return this.#generationOf(channel)
  }

  /** Hands out, in the order of time, each channel's records from before a moment; all of them without one. */
  take(before?: Instant): Map<string, LabEvent[]> {
    const taken = new Map<string, LabEvent[]>()
    for (const [channel, first] of this.#nextIds) {
      const sorted = (this.#events.get(channel) ?? []).toSorted((a, b) => compareInstants(a.time, b.time))
      const end = before ? sorted.findIndex((event) => compareInstants(event.time, before) >= 0) : -1
      const generation = this.#generationOf(channel)
      const ready = end < 0 ? sorted : sorted.slice(0, end)
      this.#events.set(channel, end < 0 ? [] : sorted.slice(end))
      this.#nextIds.set(channel, first + ready.length)
      const keptFrom = this.#keptFrom.get(channel)
      const records: LabEvent[] = []
      for (const [i, event] of this.#asWritten(ready).entries()) {
        if (keptFrom && compareInstants(event.time, keptFrom) < 0) continue
        this.#ids.set(event, { id: first + i, generation })
        records.push({ ...event, recordId: first + i, computer: this.#computer })
      }
      taken.set(channel, records)
    }
    return taken
  }

  /** One in some hundred neighbours that lie close changes places: writers wait for each other no longer than that. */
  #asWritten(events: CatalogueEvent[]): CatalogueEvent[] {
    if (this.#disorder === null) return events
    for (let i = 1; i < events.length; i++) {
      const [before, after] = [events[i - 1] as CatalogueEvent, events[i] as CatalogueEvent]
      if (after.time.time - before.time.time > mostDisorder || this.#disorder.next() > 0.01) continue
      events[i - 1] = after
      events[i] = before
    }
    return events
  }
}
