import { isAuditFailure, type WindowsRecord } from '../../model/record.ts'
import type { Instant } from '../../model/time.ts'
import type { Carrier } from './carrier.ts'
import { channelOf, providerOf } from './channels.ts'
import type { JsonObject } from './json-object.ts'

/** A parsed event as a record; items are looked up when they are asked for. The same object serves for one event after another. */
export class JsonRecord implements WindowsRecord {
  #carrier: Carrier
  #event: JsonObject
  #data: JsonObject | undefined
  time = 0
  ticks = 0
  provider = ''
  channel = ''
  eventId = 0
  source = 0
  position = 0

  constructor(carrier: Carrier, event: JsonObject) {
    this.#carrier = carrier
    this.#event = event
    this.show(carrier, event)
  }

  /** Takes up another event; time and place are set apart. */
  show(carrier: Carrier, event: JsonObject): void {
    this.#carrier = carrier
    this.#event = event
    this.#data = undefined
    this.eventId = carrier.eventId(event)
    this.channel = channelOf(carrier.channel(event))
    this.provider = carrier.provider(event) ?? providerOf(this.channel, this.eventId)
  }

  happenedAt({ time, ticks }: Instant): void {
    this.time = time
    this.ticks = ticks
  }

  get version(): number {
    return this.#carrier.version(this.#event)
  }

  get computer(): string {
    return this.#carrier.computer(this.#event)
  }

  get recordId(): number {
    return this.#carrier.recordId(this.#event)
  }

  get processId(): number {
    return this.#carrier.processId(this.#event)
  }

  get userSid(): string | null {
    const sid = this.#carrier.userSid(this.#event)
    return sid?.startsWith('S-1-') ? sid : null
  }

  get activityId(): string | null {
    const id = this.#carrier.activityId(this.#event)?.toLowerCase()
    return id === undefined ? null : id.startsWith('{') ? id : `{${id}}`
  }

  get failed(): boolean {
    const keywords = this.#carrier.keywords?.(this.#event)
    return (Array.isArray(keywords) ? keywords : [keywords]).some(isAuditFailure)
  }

  get arrived(): number | null {
    return this.#carrier.arrived?.(this.#event)?.time ?? null
  }

  field(name: string): string | undefined {
    this.#data ??= this.#carrier.data(this.#event)
    return this.#carrier.field(name, this.#data, this.#event)
  }
}
