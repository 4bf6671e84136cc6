import type { Chain } from '../../model/chain.ts'
import { hostKey } from '../../model/host.ts'
import { type Known, noPast, type Past } from '../known.ts'
import { nameOf } from '../programs.ts'
import { actionsOf } from '../subject.ts'

/** What chains are weighed against. All chains must be seen before one is weighed. */
export interface Baseline {
  see(chain: Chain): void
  of(chain: Chain): Known
}

/** The input itself as the baseline: hosts against hosts, and a task's earlier runs against its later ones. */
export class OwnBaseline implements Baseline {
  readonly #hostsOf = new Map<string, Set<string>>()
  readonly #hosts = new Set<string>()
  readonly #chainsOf = new Map<string, Chain[]>()

  see(chain: Chain): void {
    if (chain.taskPath !== null && chain.runs.length > 0) put(this.#chainsOf, taskOf(chain), chain)
    const key = keyOf(chain)
    if (key === '') return
    this.#hosts.add(chain.host)
    const hosts = this.#hostsOf.get(key)
    if (hosts) hosts.add(chain.host)
    else this.#hostsOf.set(key, new Set([chain.host]))
  }

  of(chain: Chain): Known {
    return {
      prevalence: { hostsWithAction: Math.max(this.#hostsOf.get(keyOf(chain))?.size ?? 0, 1), hosts: this.#hosts.size },
      past: chain.taskPath === null || chain.change === null ? noPast : this.#pastOf(chain),
      rarity: null,
    }
  }

  #pastOf(chain: Chain): Past {
    const programs = new Set<string>()
    let runs = 0
    for (const earlier of this.#chainsOf.get(taskOf(chain)) ?? []) {
      if (earlier === chain || earlier.at.time >= chain.at.time) continue
      runs += earlier.runSummary?.count ?? earlier.runs.length
      for (const run of earlier.runs) for (const process of run.processes) programs.add(nameOf(process.image))
    }
    return runs === 0 ? noPast : { runs, programs }
  }
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const taskOf = ({ host, taskPath }: Chain): string => `${hostKey(host)}\n${(taskPath ?? '').toLowerCase()}`

/** The same software on many hosts differs in user names and in quotes only. */
function keyOf(chain: Chain): string {
  return actionsOf(chain)
    .map((action) =>
      action
        .toLowerCase()
        .replaceAll('"', '')
        .replace(/\\users\\[^\\]+\\/g, '\\users\\*\\')
        .trim(),
    )
    .sort()
    .join('\n')
}

/** No host is compared with another; what a task's own runs did counts. */
export class NoBaseline extends OwnBaseline {
  override of(chain: Chain): Known {
    return { ...super.of(chain), prevalence: { hostsWithAction: 1, hosts: 1 } }
  }
}
