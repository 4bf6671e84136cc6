import type { Thing } from '../model/baseline.ts'
import type { HostRole } from '../model/host-role.ts'

/** What is known of a chain's surroundings when it is weighed. It is never evidence of its own ordinariness. */
export interface Known {
  /** On how many hosts a task with the same actions was seen, this one included, and how many hosts could have shown one. */
  readonly prevalence: { readonly hostsWithAction: number; readonly hosts: number }
  /** What the same task's runs on this host started before the chain's change. */
  readonly past: Past
  /** What else was changed on its host in the input. */
  readonly beside: Beside
  /** What a learned baseline says of what the chain shows; null without one. */
  readonly rarity: Rarities | null
}

/** Of each the thing that says most; null where nothing is known of it. */
export interface Rarities {
  /** Id of the baseline. */
  readonly baseline: string
  readonly action: ThingRarity | null
  readonly offspring: ThingRarity | null
  readonly maker: ThingRarity | null
}

/** How common a thing is among hosts other than its own. */
export interface ThingRarity {
  readonly thing: Thing
  /** Hosts that have shown it long enough, and hosts in all. */
  readonly others: number
  readonly hosts: number
  /** Days of which something is known. */
  readonly days: number
  /** Positive: rarer than most of what ordinary hosts show; negative: common. */
  readonly bits: number
  /** The role of the hosts that it was compared with; null: all. */
  readonly role: HostRole | null
  /** More bits than so few hosts and days can give. */
  readonly isCapped: boolean
}

export interface Past {
  readonly runs: number
  /** Names of the programs, lower case, without `.exe`. */
  readonly programs: ReadonlySet<string>
}

/** Other changes of tasks on the same host. */
export interface Beside {
  /** Tasks that Windows and other software made or changed; 0 where a person made something else by hand, too. */
  readonly bySoftware: number
  /** Paths of other tasks with the same actions that the same account made. */
  readonly twins: readonly string[]
}

export const nothingBeside: Beside = { bySoftware: 0, twins: [] }

export const noPast: Past = { runs: 0, programs: new Set() }
/** Nothing is known of hosts or of the task's past. */
export const unknown: Known = {
  prevalence: { hostsWithAction: 1, hosts: 1 },
  past: noPast,
  beside: nothingBeside,
  rarity: null,
}
