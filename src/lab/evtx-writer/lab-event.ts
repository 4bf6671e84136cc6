import type { Instant } from '../../model/time.ts'
import type { LabValue } from './value.ts'

/** Names and values in the order in which the event's template has them. */
export type Fields = readonly (readonly [name: string, value: LabValue])[]

/** `<EventData Name="…"><Data Name="…">…`: what nearly all providers with a manifest write. */
export interface EventData {
  readonly kind: 'event-data'
  /** The template's own name, which some providers (TaskScheduler) put on EventData; null where there is none. */
  readonly name: string | null
  readonly fields: Fields
}

/** `<UserData><Root xmlns="…"><Field>…`: the Eventlog service's own events, for example 1102 and 104. */
export interface UserData {
  readonly kind: 'user-data'
  readonly root: string
  readonly namespace: string
  readonly fields: Fields
}

/**
 * One event as it is written to a log.
 * Source: https://learn.microsoft.com/windows/win32/wes/eventschema-systempropertiestype-complextype
 */
export interface LabEvent {
  readonly provider: string
  /** `{xxxxxxxx-…}`. */
  readonly providerGuid: string
  readonly channel: string
  readonly eventId: number
  /** The upper 16 bits of a classic event's id; null for providers with a manifest. */
  readonly qualifiers: number | null
  readonly version: number
  readonly level: number
  readonly task: number
  readonly opcode: number
  readonly keywords: bigint
  readonly time: Instant
  /** Counts within the channel, from 1. */
  readonly recordId: number
  readonly processId: number
  readonly threadId: number
  readonly activityId: string | null
  readonly computer: string
  readonly userSid: string | null
  readonly body: EventData | UserData
}
