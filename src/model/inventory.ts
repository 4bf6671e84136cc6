import type { Actor, Contradiction, Evidence, Route } from './chain.ts'
import type { Action, TaskDefinition } from './definition.ts'
import type { Instant } from './time.ts'

export const origins = ['log', 'file', 'registry', 'job', 'listing'] as const
/** Where a task is known from. */
export type Origin = (typeof origins)[number]

/** One task of one host over everything that speaks of it. */
export interface InventoryEntry {
  readonly host: string
  readonly path: string
  readonly knownFrom: readonly Origin[]
  /** Of the file, else of the newest log, else of a listing that tells all of it, else of the .job file, else of the registry. */
  readonly definition: TaskDefinition | null
  readonly definitionProblem: string | null
  /** Of the file or log, else of the registry, else of a listing, else of the .job file. */
  readonly actions: readonly Action[]
  /** What the registry has instead of the file's actions: the service runs the registry's. Null where they agree. */
  readonly registryActions: readonly Action[] | null
  /** Free text that anybody can write. */
  readonly author: string | null
  readonly runsAs: string | null
  readonly isEnabled: boolean | null
  readonly isHidden: boolean | null
  /** The logs end with its deletion, and no artifact shows it. */
  readonly isDeleted: boolean
  readonly firstSeen: Instant | null
  readonly lastSeen: Instant | null
  /** When the registry says it was registered or last updated. */
  readonly registered: Instant | null
  readonly lastRun: Instant | null
  /** Where only a .job file or a listing knows one: local time of the host, ISO 8601 without a zone. */
  readonly lastRunLocal: string | null
  readonly lastResult: number | null
  readonly created: (Instant & { readonly route: Route; readonly actor: Actor }) | null
  /** Indices of the artifacts' inputs. */
  readonly sources: readonly number[]
}

/** All contradictions about one task. */
export interface Reconciliation {
  /** `hidden-task`: it is kept from whoever lists tasks. */
  readonly kind: 'reconciliation' | 'hidden-task'
  readonly entry: InventoryEntry
  readonly contradictions: readonly Contradiction[]
  readonly evidence: readonly Evidence[]
}
