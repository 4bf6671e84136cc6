import { compareInstants } from '../../model/time.ts'
import type { CatalogueEvent } from '../event-catalogue/catalogue-event.ts'
import type { LabEvent } from '../evtx-writer/lab-event.ts'

/** The logs of one host. Records are numbered when all are there, since several writers share a channel. */
export class EventLogs {
  readonly #computer: string
  readonly #channels: ReadonlyMap<string, number>
  readonly #events = new Map<string, CatalogueEvent[]>()

  /** `channels` are those that are switched on, each with the id of its first record. */
  constructor(computer: string, channels: ReadonlyMap<string, number>) {
    this.#computer = computer
    this.#channels = channels
  }

  /** Keeps the event if its channel is switched on. */
  record(event: CatalogueEvent): CatalogueEvent {
    if (this.#channels.has(event.channel)) {
      const channel = this.#events.get(event.channel)
      if (channel) channel.push(event)
      else this.#events.set(event.channel, [event])
    }
    return event
  }

  /** Each channel's records in the order of time, and the record id that each event got. */
  numbered(): { channels: Map<string, LabEvent[]>; ids: Map<CatalogueEvent, number> } {
    const channels = new Map<string, LabEvent[]>()
    const ids = new Map<CatalogueEvent, number>()
    for (const [channel, firstId] of this.#channels) {
      const sorted = (this.#events.get(channel) ?? []).toSorted((a, b) => compareInstants(a.time, b.time))
      sorted.forEach((event, i) => {
        ids.set(event, firstId + i)
      })
      channels.set(
        channel,
        sorted.map((event, i) => ({ ...event, recordId: firstId + i, computer: this.#computer })),
      )
    }
    return { channels, ids }
  }
}
