import type { Instant } from '../../model/time.ts'
import type { CatalogueEvent } from '../event-catalogue/catalogue-event.ts'
import type { Account } from '../event-catalogue/security.ts'

export interface User {
  readonly sid: string
  readonly domain: string
  readonly name: string
}

/** A logon session: the account as the audit log names it, and how Sysmon names the same. */
export interface Session extends Account {
  readonly user: string
  readonly logonGuid: string
  readonly terminalSession: number
  readonly integrity: 'Medium' | 'High' | 'System'
}

/** A running process. */
export interface Process {
  readonly pid: number
  /** Sysmon's ProcessGuid. */
  readonly guid: string
  /** Boot and sequence number, which also end the ProcessGuid: unique for the life of the installation. */
  readonly startKey: bigint
  readonly image: string
  readonly commandLine: string
  readonly session: Session
  readonly parent: Process | null
  readonly started: Instant
  /** The records of its start. */
  readonly evidence: CatalogueEvent[]
  /** What it started, as far as anybody asks: its console, and all of it in the run of a task. */
  readonly children: Process[]
  /** A task started it, or one of its ancestors. */
  isOfRun: boolean
}
