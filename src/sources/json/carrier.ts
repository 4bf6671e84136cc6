import type { Instant } from '../../model/time.ts'
import type { JsonObject } from './json-object.ts'
import type { Moment } from './moment.ts'
import type { SensorKey } from './sensor-key.ts'

/**
 * One form in which tools write Windows events as JSON: how to know it, and where in it everything is. No event fits two
 * carriers, so that what stands before a line cannot decide what the line is taken for.
 */
export interface Carrier {
  /** Shown to people. */
  readonly name: string
  /** For carriers without event ids. */
  readonly keys?: readonly SensorKey[]
  fits(event: JsonObject): boolean
  /** The provider, or null where the carrier has none: then it is told from the channel. */
  provider(event: JsonObject): string | null
  channel(event: JsonObject): string
  eventId(event: JsonObject): number
  version(event: JsonObject): number
  computer(event: JsonObject): string
  /** 0 where the carrier has none. */
  recordId(event: JsonObject): number
  /** The process that wrote the event; 0 where the carrier does not say. */
  processId(event: JsonObject): number
  userSid(event: JsonObject): string | null
  activityId(event: JsonObject): string | null
  /** System/Keywords as number or name, or several, where one may say that what was audited failed. */
  keywords?(event: JsonObject): unknown
  /** False where the carrier lost the items of this event, but for the text of its message, which is never parsed. */
  hasData?(event: JsonObject): boolean
  /** Undefined when there is no time in it. */
  moment(event: JsonObject): Moment | undefined
  /** When the store that this was taken from had the event; absent where the carrier has no such time. */
  arrived?(event: JsonObject): Instant | undefined
  /** The items of EventData or UserData in the form that `field` takes; made once for each record, when first asked for. */
  data(event: JsonObject): JsonObject
  /** The text of one item. What belongs to the envelope is none. */
  field(name: string, data: JsonObject, event: JsonObject): string | undefined
}
