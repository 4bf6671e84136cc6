/** What is known of a chain's surroundings when it is weighed. It is never evidence of its own ordinariness. */
export interface Known {
  /** On how many hosts a task with the same actions was seen, this one included, and how many hosts could have shown one. */
  readonly prevalence: { readonly hostsWithAction: number; readonly hosts: number }
  /** What the same task's runs on this host started before the chain's change. */
  readonly past: Past
}

export interface Past {
  readonly runs: number
  /** Names of the programs, lower case, without `.exe`. */
  readonly programs: ReadonlySet<string>
}

export const noPast: Past = { runs: 0, programs: new Set() }
/** Nothing is known of hosts or of the task's past. */
export const unknown: Known = { prevalence: { hostsWithAction: 1, hosts: 1 }, past: noPast }
