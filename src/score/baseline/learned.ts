import type { BaselineReader } from '../../model/baseline.ts'
import type { TaskChain } from '../../model/chain.ts'
import type { HostRole } from '../../model/host-role.ts'
import type { Known, Rarities } from '../known.ts'
import { dayOf, hostHash } from './counts.ts'
import { type Baseline, OwnBaseline } from './own.ts'
import { Rarity } from './rarity.ts'
import { type BaselineSettings, baselineSettings } from './settings.ts'
import { thingsOf } from './things.ts'

/** A baseline that was learned before: hosts are compared with its hosts, and a task's runs with its earlier ones in the input. */
export class LearnedBaseline implements Baseline {
  readonly id: string
  readonly #own = new OwnBaseline()
  readonly #rarity: Rarity

  readonly #roleOf: (host: string) => HostRole

  /** `roleOf`: what the evidence at hand says that a host is for. */
  constructor(
    reader: BaselineReader,
    roleOf: (host: string) => HostRole = () => 'unknown',
    settings: BaselineSettings = baselineSettings,
  ) {
    this.#roleOf = roleOf
    this.id = reader.id
    this.#rarity = new Rarity(reader, settings)
  }

  see(chain: TaskChain): void {
    this.#own.see(chain)
  }

  of(chain: TaskChain): Known {
    const { past, beside } = this.#own.of(chain)
    return { prevalence: { hostsWithAction: 1, hosts: 1 }, past, beside, rarity: this.#raritiesOf(chain) }
  }

  #raritiesOf(chain: TaskChain): Rarities {
    const { action, offspring, maker, isMade } = thingsOf(chain)
    const asker = { host: hostHash(chain.host), role: this.#roleOf(chain.host), day: dayOf(chain.at.time) }
    return {
      baseline: this.id,
      action: this.#rarity.most(action, { ...asker, isMade }),
      offspring: this.#rarity.most(offspring, { ...asker, isMade: false }),
      maker: this.#rarity.most(maker, { ...asker, isMade: false }),
    }
  }
}
