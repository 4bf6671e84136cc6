import { formatInstant, type Instant } from '../model/time.ts'
import type { CatalogueEvent } from './event-catalogue/catalogue-event.ts'
import type { RecordIds } from './host/event-logs.ts'
import type { Process } from './host/host.ts'

/** A change of a task as it happened, with what the task ran after it and until the next. */
export interface Change {
  /** `run-existing`: nothing was changed of the task itself, but it was made to run something else. */
  readonly kind: 'created' | 'modified' | 'deleted' | 'disabled' | 'tampered' | 'run-existing'
  /** Null where only a command was seen that names none. */
  readonly task: string | null
  readonly time: Instant
  readonly route:
    | 'schtasks'
    | 'at'
    | 'com'
    | 'powershell'
    | 'wmi'
    | 'rpc-remote'
    | 'registry'
    | 'task-file'
    | 'group-policy'
  readonly user: string
  readonly process: Process | null
  readonly action: string | null
  /** The process that each run launched. */
  readonly runs: Process[]
  /** The records that show the change and its runs. */
  readonly evidence: CatalogueEvent[]
  deletedAt: Instant | null
}

/** What is known of a host's changes besides what the simulation knows itself. */
export interface HostTruth {
  /** Folder of the host's files, relative to the truth's. */
  readonly folder: string
  readonly host: string
  readonly description: string
  readonly changes: readonly Change[]
  /** The changes that are the attack; all others are benign. */
  readonly attack: ReadonlyMap<Change, { readonly remoteSource?: string; readonly name?: string }>
  readonly ids: RecordIds
  readonly records: number
  /** `evtx` where absent. */
  readonly format?: string
}

/** From when to when the telemetry of a fleet goes. */
export interface TruthPeriod {
  readonly begin: Instant
  readonly days: number
}

/**
 * The truth in the form of a labelled set's manifest: one entry a host, its chains with actor, route and processes.
 * Benign changes stand among the chains with `attack: false`.
 */
export function manifest(name: string, files: readonly TruthEntry[], period?: TruthPeriod) {
  return {
    set: name,
    ...(period ? { begins: formatInstant(period.begin), days: period.days } : {}),
    semantics: {
      origin: 'made by tasktrail lab: invented hosts, users and addresses; figures from it are lab figures',
      no_chain: 'true = nothing on this host is an attack; its benign changes are listed all the same',
      attack: 'false = a benign change; absent = an attack',
      attack_name: 'the attack of the lab, with its variant',
      processes: 'what the runs after this change and before the next launched, with all descendants',
    },
    files,
  }
}

export type TruthEntry = ReturnType<typeof truthEntry>

/** One host's part of the truth. */
export function truthEntry(host: HostTruth) {
  const attacks = [...host.attack.keys()]
  const shown = attacks.flatMap((change) => [
    ...change.evidence,
    ...change.runs.flatMap(withDescendants).flatMap((p) => p.evidence),
  ])
  return {
    file: host.folder,
    format: host.format ?? 'evtx',
    events: host.records,
    hosts: { [host.host]: host.records },
    description: host.description,
    expected: { no_chain: attacks.length === 0, chains: host.changes.map((change) => chain(change, host)) },
    evidence: evidence(shown, host.ids),
  }
}

function chain(change: Change, { host, attack }: HostTruth) {
  const processes = change.runs.flatMap(withDescendants)
  const hostile = attack.get(change)
  return {
    task: change.task,
    host,
    change: change.kind,
    created_at: formatInstant(change.time),
    channel: change.route,
    actor_user: change.user,
    actor_process: change.process?.image ?? null,
    actor_command_line: change.process?.commandLine ?? null,
    action: change.action,
    executed: processes.length > 0,
    processes: processes.map((process) => ({
      image: process.image,
      pid: process.pid,
      time: formatInstant(process.started),
      command_line: process.commandLine,
    })),
    outlier: hostile !== undefined && processes.length > 0,
    link: processes.length > 0 ? 'direct' : 'none',
    confidence: 'certain',
    ...(hostile === undefined ? { attack: false } : {}),
    ...(hostile?.name === undefined ? {} : { attack_name: hostile.name }),
    ...(hostile?.remoteSource === undefined ? {} : { remote_source: hostile.remoteSource }),
    ...(change.deletedAt === null ? {} : { deleted_at: formatInstant(change.deletedAt) }),
  }
}

const withDescendants = (process: Process): Process[] => [process, ...process.children.flatMap(withDescendants)]

function evidence(events: readonly CatalogueEvent[], ids: RecordIds) {
  return [...new Set(events)]
    .flatMap((event) => {
      const id = ids.get(event)
      return id === undefined ? [] : [{ record_id: id, event_id: event.eventId, channel: event.channel }]
    })
    .sort((a, b) => a.record_id - b.record_id)
}
