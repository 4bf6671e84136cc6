import { hostRole } from '../coverage/host-role.ts'
import type { HostTelemetry } from '../coverage/index.ts'
import type { BaselineReader } from '../model/baseline.ts'
import type { Chain, TaskChain } from '../model/chain.ts'
import type { ScoredChain } from '../model/finding.ts'
import type { HostRole } from '../model/host-role.ts'
import type { InventoryEntry } from '../model/inventory.ts'
import type { SettingsInForce } from '../model/settings.ts'
import { type Baseline, LearnedBaseline, NoBaseline, OwnBaseline, scoreChain, scoreClearedLog } from '../score/index.ts'
import { holesIn } from './holes.ts'
import { joinRemoteIntents } from './remote-intents.ts'
import type { ScoresBefore } from './scores-before.ts'
import type { SeenChain } from './seen-chain.ts'

/** What came to light of some hosts, each after the other by shard and name. */
export interface Sight {
  readonly seen: readonly SeenChain[]
  readonly inventory: readonly Pick<InventoryEntry, 'host' | 'path'>[]
  readonly telemetry: readonly HostTelemetry[]
  /** Chains that are told no more, and beside which the others are weighed all the same. */
  readonly past?: readonly TaskChain[]
}

/** What chains are weighed against: a baseline that was learned before, the hosts of the input among each other, or nothing. */
export type BaselineChoice = BaselineReader | 'input' | 'none'

/** How often the weighing tells how far it is, in chains. */
const chainsBetweenTellings = 512

/** Which chains are told, and who hears how many have been weighed. */
export interface Weighing {
  readonly isWanted?: (chain: Chain) => boolean
  readonly watch?: (chains: number) => void
  /** What is remembered of a host's chains from the last time; undefined: nothing. */
  readonly scoresOf?: (host: string) => ScoresBefore | undefined
}

/** Chains → weight, over all hosts at hand: commands are joined with what they did elsewhere, hosts compared with each other. */
export function weigh(
  { seen, inventory, telemetry, past = [] }: Sight,
  choice: BaselineChoice,
  settings: SettingsInForce | null,
  { isWanted = () => true, watch = () => {}, scoresOf = () => undefined }: Weighing = {},
): { readonly chains: ScoredChain[]; readonly roles: ReadonlyMap<string, HostRole> } {
  const joined = joinRemoteIntents(seen.flatMap(({ chain }) => (chain.kind === 'log-cleared' ? [] : [chain])))
  const roles = rolesOf(telemetry, [...past, ...seen.map(({ chain }) => chain)], inventory)
  const baseline = baselineOf(choice, roles)
  for (const chain of past) see(baseline, chain)
  for (const { chain } of seen) if (chain.kind !== 'log-cleared') see(baseline, chain)
  const withHoles = holesIn(telemetry)
  const chains = seen.flatMap(({ chain: own, runsAreVisible }, index): ScoredChain[] => {
    if (index % chainsBetweenTellings === 0) watch(index)
    if (!isWanted(own)) return []
    if (own.kind === 'log-cleared') return [scoreClearedLog(own, baseline, runsAreVisible, settings)]
    const chain = joined.get(own) ?? own
    const known = baseline.of(chain)
    const score = () => scoreChain(chain, known, runsAreVisible, settings)
    const before = scoresOf(chain.host)
    return [withHoles(before ? before.of(chain, known, runsAreVisible, score) : score())]
  })
  return { chains, roles }
}

/** A task that is commanded on another host is not one of this host. */
function see(baseline: Baseline, chain: TaskChain): void {
  if (chain.change?.target == null) baseline.see(chain)
}

function baselineOf(choice: BaselineChoice, roles: ReadonlyMap<string, HostRole>): Baseline {
  if (choice === 'none') return new NoBaseline()
  if (choice === 'input') return new OwnBaseline()
  return new LearnedBaseline(choice, (host) => roles.get(host) ?? 'unknown')
}

/** What each host is for, by its name in results. */
function rolesOf(
  telemetry: readonly HostTelemetry[],
  chains: readonly Chain[],
  inventory: Sight['inventory'],
): Map<string, HostRole> {
  const tasks = new Map<string, string[]>()
  const note = (host: string, path: string | null): void => {
    const paths = tasks.get(host) ?? []
    if (path !== null) paths.push(path)
    tasks.set(host, paths)
  }
  for (const chain of chains) if (chain.kind !== 'log-cleared') note(chain.host, chain.taskPath)
  for (const { host, path } of inventory) note(host, path)
  return new Map(telemetry.map(({ host, series }) => [host, hostRole(series, tasks.get(host) ?? [])]))
}
