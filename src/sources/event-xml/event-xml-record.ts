import type { ParsedEvent } from '../../decode/event-xml/index.ts'
import type { WindowsRecord } from '../../model/record.ts'
import type { Instant } from '../../model/time.ts'
import { channelOf } from '../json/channels.ts'

/** A parsed event as a record. */
export class EventXmlRecord implements WindowsRecord {
  readonly #event: ParsedEvent
  readonly time: number
  readonly ticks: number
  readonly source: number
  readonly position: number
  readonly channel: string

  constructor(event: ParsedEvent, time: Instant, source: number, position: number) {
    this.#event = event
    this.time = time.time
    this.ticks = time.ticks
    this.source = source
    this.position = position
    this.channel = channelOf(event.channel)
  }

  get provider(): string {
    return this.#event.provider
  }
  get eventId(): number {
    return this.#event.eventId
  }
  get version(): number {
    return this.#event.version
  }
  get computer(): string {
    return this.#event.computer
  }
  get recordId(): number {
    return this.#event.recordId
  }
  get processId(): number {
    return this.#event.processId
  }
  get userSid(): string | null {
    return this.#event.userSid
  }
  get activityId(): string | null {
    return this.#event.activityId
  }
  get failed(): boolean {
    return this.#event.failed === true
  }

  field(name: string): string | undefined {
    return this.#event.data.get(name)
  }
}
