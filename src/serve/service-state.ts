// What a running service tells of itself.

/** Of one source: a door with its sender, or a watched folder. */
export interface SourceState {
  readonly name: string
  /** Since the start. */
  readonly records: number
  readonly facts: number
  readonly bytes: number
  readonly problems: number
  /** When something was read of it last, and the newest time of its records; null: none of them has one. */
  readonly arrived: number
  readonly newest: number | null
}

export interface ServiceState {
  /** `refusing`: nothing is taken at the moment, for a reason that `refusal` says. */
  readonly phase: 'ready' | 'refusing'
  readonly refusal: string | null
  readonly started: number
  /** What was taken and is not applied yet. */
  readonly queue: { readonly entries: number; readonly bytes: number; readonly mostBytes: number }
  /** The log's last entry, the last that was applied, and how often the disk was asked to keep some. */
  readonly log: { readonly written: number; readonly applied: number; readonly syncs: number }
  /** Hosts' shards whose stories are to be looked at, and those whose machines stand ready. */
  readonly shards: { readonly looks: number; readonly hot: number }
  /** The log's time of the last that was applied, while more waits; null: nothing does. */
  readonly appliedUntil: number | null
  /** Since the start. */
  readonly totals: {
    readonly posts: number
    readonly records: number
    readonly facts: number
    readonly bytes: number
    readonly problems: number
    /** Facts that came later than the state reaches back, ever. */
    readonly late: number
    /** Posts that were turned away because too much waited, or because nothing could be kept. */
    readonly refusedFull: number
    readonly refusedUnavailable: number
    /** Faults of the service itself. */
    readonly faults: number
  }
  readonly sources: readonly SourceState[]
  /** The latest of these faults, the newest first. */
  readonly faults: readonly { readonly time: number; readonly text: string }[]
}
