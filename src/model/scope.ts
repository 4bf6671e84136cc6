import type { Severity, Verdict } from './finding.ts'
import type { Instant } from './time.ts'

/** What of a finding is looked for elsewhere, the more telling before the less. */
export const traceKinds = [
  /** The definition, by the hash of its canonical form. */
  'definition',
  /** The same software as its loose form tells it. */
  'loose-definition',
  /** The content of a file that the task is to start, by its best hash. */
  'file-hash',
  /** A command line that the task is to run, without what differs between hosts. */
  'command',
  /** What was done to it without changing it: a class, a variable, a library. */
  'circumstance',
  /** The command line that asked for it, where nothing else shows the task. */
  'request',
  /** A file that it is to start or to open, by its path. */
  'file',
  /** The task's own path. */
  'task',
  /** Who made the change. */
  'actor',
  /** Where the change was made from. */
  'address',
] as const
export type TraceKind = (typeof traceKinds)[number]

/** One thing that a finding shows and others may show too. */
export interface Trace {
  readonly kind: TraceKind
  /** By which it is compared. */
  readonly key: string
  /** As the finding has it. */
  readonly value: string
}

/** What was found out about one trace. */
export interface TraceAnswer {
  readonly trace: Trace
  /** Other hosts that show it. */
  readonly hosts: number
  /** `ordinary`: so many hosts show it without anything being wrong there that it says nothing. */
  readonly answer: 'elsewhere' | 'nowhere-else' | 'ordinary'
}

/** A chain that shows traces of the finding. */
export interface ScopeChain {
  readonly id: string
  readonly task: string | null
  readonly at: Instant
  readonly change: string | null
  readonly severity: Severity
  readonly verdict: Verdict
  readonly same: readonly TraceKind[]
  /** Names of the inputs that its evidence lies in. */
  readonly sources: readonly string[]
}

export interface ScopeHost {
  readonly host: string
  /** The first moment at which it shows any of it; null where nothing says when. */
  readonly since: Instant | null
  readonly same: readonly TraceKind[]
  readonly chains: readonly ScopeChain[]
}

/** Where else a finding's traces are. */
export interface Scope {
  readonly finding: Pick<ScopeChain, 'id' | 'task' | 'change'> & { readonly host: string }
  readonly traces: readonly TraceAnswer[]
  /** Hosts other than the finding's own, by name. */
  readonly hits: readonly ScopeHost[]
  /** Other chains on the finding's own host that show them. */
  readonly own: ScopeHost | null
  /** Hosts that were looked at, the finding's own included where it is among them. */
  readonly hosts: number
}
