import type { Instant } from './time.ts'

/**
 * One Windows event as a source delivered it. A decoder may hand out the same object for every record:
 * whoever wants to keep something copies it out before returning.
 * Source: https://learn.microsoft.com/windows/win32/wes/eventschema-systempropertiestype-complextype
 */
export interface WindowsRecord extends Instant {
  /** System/Provider/@Name. */
  readonly provider: string
  /** System/Channel. */
  readonly channel: string
  readonly eventId: number
  readonly version: number
  /** System/Computer as written. */
  readonly computer: string
  /** System/EventRecordID. */
  readonly recordId: number
  /** System/Execution/@ProcessID: the process that wrote the event; 0 when the event does not say. */
  readonly processId: number
  /** System/Security/@UserID, a SID; null when absent. */
  readonly userSid: string | null
  /** System/Correlation/@ActivityID in the form `{xxxxxxxx-…}`, lower case; null when absent. */
  readonly activityId: string | null
  /** Whether the event says that what it tells of did not succeed (System/Keywords: audit failure). Absent: it does not say. */
  readonly failed?: boolean
  /** When whoever collects it had it, in milliseconds since 1970. Absent or null: the carrier does not say. */
  readonly arrived?: number | null
  /** Index of the input in the scan's list of inputs, which is sorted by path. */
  readonly source: number
  /** Byte offset of the record in its input. */
  readonly position: number

  /**
   * The text of one item of EventData by its Name, or of one leaf element of UserData by its element name.
   * Undefined when the event has no such item; empty when it is there without a value.
   */
  field(name: string): string | undefined
}

/** System/Keywords has a bit for audits of what failed: winmeta.xml, win:AuditFailure. */
const auditFailure = 0x10_0000_0000_0000n

/** Whether keywords say that the audited act failed: a number of 64 bits in any form, or the keyword's English name. */
export function isAuditFailure(keywords: unknown): boolean {
  // JSON keeps the highest bits of a number that is too large for it
  if (typeof keywords === 'number' && Number.isInteger(keywords))
    return (BigInt.asUintN(64, BigInt(keywords)) & auditFailure) !== 0n
  if (typeof keywords !== 'string') return false
  if (/^(?:0x[\da-f]{1,16}|-?\d{1,20})$/i.test(keywords))
    return (BigInt.asUintN(64, BigInt(keywords)) & auditFailure) !== 0n
  return /^(?:audit[ _]?)?failure$/i.test(keywords)
}

/** A kind of event that somebody reads, and how to tell from the raw bytes that one of them cannot matter. */
export interface Interest {
  readonly provider: string
  readonly eventId: number
  /**
   * When given, the event matters only if this item of EventData contains at least one of these ASCII strings, in any case.
   * A decoder that cannot look cheaply may ignore it: whoever reads the record checks again.
   */
  readonly where?: { readonly field: string; readonly contains: readonly string[] }
  /** With `where`: the event matters all the same when this item, the number of events that one text is cut into, is not 1. */
  readonly orInParts?: string
}
