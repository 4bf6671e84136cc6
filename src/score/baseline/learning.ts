import { createHash } from 'node:crypto'
import {
  type BaselineContent,
  type BaselineReader,
  type Days,
  daysIn,
  type HeldChain,
  type KnownHost,
  spansOf,
  type Thing,
  type ThingCount,
  type ThingSeen,
} from '../../model/baseline.ts'
import type { TaskChain } from '../../model/chain.ts'
import type { ScoredChain } from '../../model/finding.ts'
import { hostKey } from '../../model/host.ts'
import { bothRoles, type HostRole } from '../../model/host-role.ts'
import { PackedHosts } from '../../model/packed-hosts.ts'
import { addHosts, bothDayLists, bothDays, byKey, dayOf, type HostCount, hostHash } from './counts.ts'
import { baselineSettings } from './settings.ts'
import { asMade, thingsOf } from './things.ts'

/**
 * A baseline that is being learned or put together. Adding is a union: what is learned twice counts once, and neither the order nor the
 * grouping of what is added matters.
 */
export class Learning implements BaselineReader {
  readonly #hosts = new Map<string, KnownHost>()
  readonly #things = new Map<string, Thing & HostCount>()
  readonly #held = new Map<string, HeldChain>()

  /** Learns from a chain that was weighed without rarity. What is out of the ordinary as it is does not teach; it is held. */
  learn({ chain, score }: ScoredChain, role: HostRole = 'unknown'): void {
    if (chain.kind !== 'chain' || chain.at.time === 0 || chain.change?.target != null) return
    const days = daysOf(chain)
    const host = hostHash(chain.host)
    const spans = spansOf([...new Set(days)].sort((a, b) => a - b))
    this.#addHost({ hash: host, name: hostKey(chain.host), role, spans })
    const [first, last] = firstAndLast(days)
    const { action, offspring, maker, isMade } = thingsOf(chain)
    const made = isMade ? action.map(asMade) : []
    const things = [...action, ...offspring, ...maker, ...made].map(({ kind, key }) => ({ kind, key, first, last }))
    if (score.bits < baselineSettings.heldFrom) for (const thing of things) this.#add(thing, host)
    else this.#hold({ id: chain.id, host, task: chain.taskPath, bits: score.bits, things, isReleased: false })
  }

  merge({ hosts, things, held }: BaselineContent): void {
    for (const host of hosts) this.#addHost(host)
    for (const seen of things) addHosts(this.#count(seen), seen.hosts, seen.isSample)
    for (const chain of held) this.#hold(chain)
  }

  /** Lets held chains teach after all; returns the ids of which none is held. */
  release(ids: readonly string[]): string[] {
    return ids.filter((id) => {
      const chain = this.#held.get(id)
      if (chain !== undefined) this.#hold({ ...chain, isReleased: true })
      return chain === undefined
    })
  }

  get hosts(): KnownHost[] {
    return sortedValues(this.#hosts)
  }

  get things(): ThingSeen[] {
    return sortedValues(this.#things).map(seenOf)
  }

  get held(): HeldChain[] {
    return sortedValues(this.#held)
  }

  get id(): string {
    return idOf(this)
  }

  *counts(): Iterable<ThingCount> {
    for (const thing of this.#things.values()) yield countOf(thing)
  }

  find(thing: Thing): ThingCount | undefined {
    const count = this.#things.get(keyOf(thing))
    return count && countOf(count)
  }

  #addHost({ hash, name, role, spans }: KnownHost): void {
    const known = this.#hosts.get(hash)
    this.#hosts.set(hash, {
      hash,
      name,
      role: bothRoles(known?.role ?? 'unknown', role),
      spans: spansOf(bothDayLists(daysIn(known?.spans ?? []), daysIn(spans))),
    })
  }

  #count({ kind, key }: Thing): HostCount {
    const id = keyOf({ kind, key })
    const known = this.#things.get(id)
    if (known) return known
    const count = { kind, key, hosts: new Map(), isSample: false }
    this.#things.set(id, count)
    return count
  }

  #add({ kind, key, first, last }: Thing & Days, host: string): void {
    addHosts(this.#count({ kind, key }), [{ host, first, last }])
  }

  #hold(chain: HeldChain): void {
    const both = bothHeld(this.#held.get(chain.id), chain)
    this.#held.set(chain.id, both)
    if (both.isReleased) for (const thing of both.things) this.#add(thing, both.host)
  }
}

/** What two learned of one chain: more logs may have shown more of it. */
function bothHeld(one: HeldChain | undefined, other: HeldChain): HeldChain {
  const things = new Map<string, Thing & Days>()
  for (const { kind, key, first, last } of [...(one?.things ?? []), ...other.things]) {
    const id = keyOf({ kind, key })
    things.set(id, { kind, key, ...bothDays(things.get(id), { first, last }) })
  }
  return {
    id: other.id,
    host: other.host,
    task: other.task,
    bits: Math.max(one?.bits ?? 0, other.bits),
    things: sortedValues(things),
    isReleased: one?.isReleased === true || other.isReleased,
  }
}

const keyOf = ({ kind, key }: Thing): string => `${kind} ${key}`

const sortedValues = <T>(map: ReadonlyMap<string, T>): T[] => [...map].sort(byKey).map(([, value]) => value)

const seenOf = ({ kind, key, hosts, isSample }: Thing & HostCount): ThingSeen => ({
  kind,
  key,
  hosts: [...hosts].sort(byKey).map(([host, days]) => ({ host, ...days })),
  isSample,
})

const countOf = (count: Thing & HostCount): ThingCount => {
  const seen = seenOf(count)
  return { ...seen, hosts: PackedHosts.of(seen.hosts) }
}

/** The days of the change and of the runs that are kept, and of the last that is only counted. */
function daysOf({ at, runs, runSummary }: TaskChain): number[] {
  const times = [at.time, ...runs.map(({ time }) => time), ...(runSummary ? [runSummary.last.time] : [])]
  return times.filter((time) => time > 0).map(dayOf)
}

function firstAndLast(days: readonly number[]): readonly [number, number] {
  const sorted = [...days].sort((a, b) => a - b)
  return [sorted[0] ?? 0, sorted.at(-1) ?? 0]
}

/** 128 bits of the hash of everything that it knows. */
export function idOf({ hosts, things, held }: BaselineContent): string {
  const hash = createHash('sha256').update('tasktrail.baseline/2')
  const add = (value: unknown) => hash.update(`\n${JSON.stringify(value)}`)
  for (const { hash: host, name, role, spans } of hosts) add([host, name, role, spans])
  for (const { kind, key, hosts: seen, isSample } of things)
    add([kind, key, isSample, seen.map(({ host, first, last }) => [host, first, last])])
  for (const { id, host, task, bits, things: shown, isReleased } of held)
    add([id, host, task, bits, isReleased, shown.map(({ kind, key, first, last }) => [kind, key, first, last])])
  return hash.digest('hex').slice(0, 32)
}
