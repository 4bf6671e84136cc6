import type { ShardSight } from '../../engine/live/hot-shard.ts'
import { type BaselineChoice, weigh } from '../../engine/weigh.ts'
import { hostKey } from '../../model/host.ts'
import { append } from '../../model/lists.ts'
import type { SettingsInForce } from '../../model/settings.ts'
import type { LiveShards } from './live-shards.ts'
import type { Ties } from './ties.ts'
import type { ToldShard } from './told-shard.ts'

/** What chains are weighed by. */
export interface Weighing {
  readonly choice: BaselineChoice
  /** Of a learned baseline; `none`, or `input`. */
  readonly baselineId: string
  readonly settings: SettingsInForce | null
}

/** Looks at shards' stories and weighs them, those that tell of each other together. */
export class Evaluation {
  readonly #shards: LiveShards
  readonly #ties: Ties
  readonly #weighing: Weighing
  /** Shards of which not all that are tied to them were weighed with them. */
  readonly cutTies = new Set<string>()

  constructor(shards: LiveShards, ties: Ties, weighing: Weighing) {
    this.#shards = shards
    this.#ties = ties
    this.#weighing = weighing
  }

  /**
   * What is told now of a shard and of all that are tied to it; of the shard alone where these are too many, since the others may be tied to
   * more. `untied`: those that its stories told of before and do not any more.
   */
  look(shard: string): { readonly told: ReadonlyMap<string, ToldShard>; readonly untied: readonly string[] } {
    const own = this.#sightOf(shard)
    const untied = this.#ties.put(shard, targetsOf(own))
    const { group, isWhole } = this.#ties.groupOf(shard, (other) => this.#shards.isKnown(other))
    if (isWhole) this.cutTies.delete(shard)
    else this.cutTies.add(shard)
    const sights = new Map(group.map((one) => [one, one === shard ? own : this.#sightOf(one)]))
    const { choice, settings } = this.#weighing
    const scores = new Map(group.map((one) => [one, this.#shards.of(one).scores]))
    for (const one of scores.values()) one.begin()
    const { chains, roles } = weigh(joined([...sights.values()]), choice, settings, {
      scoresOf: (host) => scores.get(hostKey(host)),
    })
    const byShard = Map.groupBy(chains, ({ chain }) => hostKey(chain.host))
    const told = new Map<string, ToldShard>()
    for (const [one, sight] of sights) {
      if (one !== shard && !isWhole) continue
      const { machine, facts } = this.#shards.of(one)
      const revision = { facts, newest: machine.light().newest ?? 0 }
      told.set(one, { chains: byShard.get(one) ?? [], sight, roles, revision })
    }
    return { told, untied }
  }

  #sightOf(shard: string): ShardSight {
    const sight = this.#shards.of(shard).machine.sights()
    this.#shards.looked(shard)
    return sight
  }
}

/** First labels of hosts on which a shard's stories say that something was commanded. */
function targetsOf({ seen }: ShardSight): string[] {
  const targets = new Set<string>()
  for (const { chain } of seen) {
    const target = chain.kind === 'log-cleared' ? null : chain.change?.target
    if (target != null) targets.add(hostKey(target.replace(/^\\+/, '')))
  }
  return [...targets].sort()
}

function joined(sights: readonly ShardSight[]): ShardSight {
  const [only] = sights
  if (only && sights.length === 1) return only
  const all = {
    ...{ seen: [], inventory: [], telemetry: [], past: [], hosts: [], givenUp: [], faults: [] },
    lost: { late: 0, untold: 0, ahead: 0 },
  } as { -readonly [K in keyof ShardSight]: ShardSight[K] extends readonly (infer T)[] ? T[] : ShardSight[K] }
  for (const { seen, inventory, telemetry, past } of sights) {
    append(all.seen, seen)
    append(all.inventory, inventory)
    append(all.telemetry, telemetry)
    append(all.past, past)
  }
  return all
}
