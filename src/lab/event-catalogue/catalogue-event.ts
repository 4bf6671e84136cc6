import type { Instant } from '../../model/time.ts'
import type { Fields, LabEvent } from '../evtx-writer/lab-event.ts'

/** An event before its host's log gives it a number and the host's name. */
export type CatalogueEvent = Omit<LabEvent, 'recordId' | 'computer'>

/** When, by which process and in which thread an event is written. */
export interface Written {
  readonly time: Instant
  readonly processId: number
  readonly threadId: number
  /** Most providers leave it out. */
  readonly activityId?: string
}

/** Provider, channel and the numbers that an event of a manifest has besides its id. */
export interface Kind {
  readonly provider: string
  readonly providerGuid: string
  readonly channel: string
  readonly eventId: number
  readonly version: number
  readonly level: number
  readonly task: number
  readonly opcode: number
  readonly keywords: bigint
  readonly userSid: string | null
  /** The name on EventData; null for none. */
  readonly dataName: string | null
}

export function event({ dataName, ...kind }: Kind, written: Written, fields: Fields): CatalogueEvent {
  return {
    ...kind,
    qualifiers: null,
    time: written.time,
    processId: written.processId,
    threadId: written.threadId,
    activityId: written.activityId ?? null,
    body: { kind: 'event-data', name: dataName, fields },
  }
}

export const SYSTEM_SID = 'S-1-5-18'
/** [MS-DTYP] 2.4.2.4: the SID of nobody, where an event names no account. */
export const NULL_SID = 'S-1-0-0'
export const NULL_GUID = '{00000000-0000-0000-0000-000000000000}'
