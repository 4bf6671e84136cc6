import type { TaskChain } from '../../model/chain.ts'
import { hostKey } from '../../model/host.ts'
import { byPerson } from '../factors/made-by-person.ts'
import { type Beside, type Known, noPast, nothingBeside, type Past } from '../known.ts'
import { nameOf } from '../programs.ts'
import { actionsOf } from '../subject.ts'

/** Who changed what on one host, by the task's path in lower case; of persons by the action that they asked for. */
interface ChangesOfHost {
  readonly bySoftware: Set<string>
  readonly byPersons: Map<string, Map<string, string | null>>
}

/** What chains are weighed against. All chains must be seen before one is weighed. */
export interface Baseline {
  /** Of a learned baseline; null: none was given. */
  readonly id: string | null
  see(chain: TaskChain): void
  of(chain: TaskChain): Known
}

/** The input itself as the baseline: hosts against hosts, and a task's earlier runs against its later ones. */
export class OwnBaseline implements Baseline {
  readonly id: string | null = null
  readonly #hostsOf = new Map<string, Set<string>>()
  readonly #hosts = new Set<string>()
  readonly #chainsOf = new Map<string, TaskChain[]>()
  readonly #changesOf = new Map<string, ChangesOfHost>()

  see(chain: TaskChain): void {
    if (chain.taskPath !== null && chain.runs.length > 0) put(this.#chainsOf, taskOf(chain), chain)
    const key = keyOf(chain)
    this.#seeChange(chain, key)
    if (key === '') return
    this.#hosts.add(chain.host)
    const hosts = this.#hostsOf.get(key)
    if (hosts) hosts.add(chain.host)
    else this.#hostsOf.set(key, new Set([chain.host]))
  }

  of(chain: TaskChain): Known {
    const key = keyOf(chain)
    return {
      prevalence: { hostsWithAction: Math.max(this.#hostsOf.get(key)?.size ?? 0, 1), hosts: this.#hosts.size },
      past: chain.taskPath === null || chain.change === null ? noPast : this.#pastOf(chain),
      beside: this.#besideOf(chain, key),
      rarity: null,
    }
  }

  #seeChange(chain: TaskChain, key: string): void {
    const { change, taskPath } = chain
    if (taskPath === null || !change || !/^(?:created|modified|tampered)$/.test(change.kind)) return
    const host = hostKey(chain.host)
    const changes = this.#changesOf.get(host) ?? { bySoftware: new Set(), byPersons: new Map() }
    this.#changesOf.set(host, changes)
    if (byPerson(chain) === undefined) changes.bySoftware.add(taskPath.toLowerCase())
    else if (key !== '') {
      const tasks = changes.byPersons.get(key) ?? new Map<string, string | null>()
      changes.byPersons.set(key, tasks.set(taskPath.toLowerCase(), change.actor.user))
    }
  }

  /** What else happened on the host: neither the chain itself nor what is made to do the same makes it ordinary. */
  #besideOf({ host, taskPath, change }: TaskChain, key: string): Beside {
    const changes = this.#changesOf.get(hostKey(host))
    if (!changes || !change || taskPath === null) return nothingBeside
    const own = taskPath.toLowerCase()
    const others = changes.byPersons.size - (changes.byPersons.has(key) ? 1 : 0)
    const sameAction = [...(changes.byPersons.get(key) ?? [])]
    return {
      bySoftware: others > 0 ? 0 : changes.bySoftware.size - (changes.bySoftware.has(own) ? 1 : 0),
      twins: sameAction.filter(([path, user]) => path !== own && user === change.actor.user).map(([path]) => path),
    }
  }

  #pastOf(chain: TaskChain): Past {
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

const taskOf = ({ host, taskPath }: TaskChain): string => `${hostKey(host)}\n${(taskPath ?? '').toLowerCase()}`

/** The same software on many hosts differs in user names and in quotes only. */
function keyOf(chain: TaskChain): string {
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
  override of(chain: TaskChain): Known {
    return { ...super.of(chain), prevalence: { hostsWithAction: 1, hosts: 1 }, beside: nothingBeside }
  }
}
