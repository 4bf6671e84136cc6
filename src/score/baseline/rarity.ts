import type { BaselineReader, Thing, ThingCount } from '../../model/baseline.ts'
import { bothRoles, type HostRole } from '../../model/host-role.ts'
import { hostKeyOf } from '../../model/packed-hosts.ts'
import type { ThingRarity } from '../known.ts'
import { type Group, groups, HostGroups, placeOfGroup, scaleOf } from './groups.ts'
import type { BaselineSettings } from './settings.ts'
import { Spread } from './spread.ts'

/**
 * The share of attacks that show what so many other hosts have shown for some time: nearly all show what none has. A judgement, for want
 * of attacks on known fleets.
 */
const shareOfAttacks = (others: number): number => 0.9 / (1 + others) ** 2
/** What is common is worth so much against an attack: attackers run common programs too. */
const common = -2

/**
 * What a baseline says of things. How telling a rare thing is depends on how often ordinary hosts show rare things: of each host the share
 * of its things that no more than so many others show, averaged over hosts (after Good and Turing). A host counts once, however many
 * things it shows. A host is compared with those of its role, where there are enough of them, else with all.
 */
export class Rarity {
  readonly #reader: BaselineReader
  readonly #settings: BaselineSettings
  readonly #hosts: HostGroups
  readonly #spread: Spread
  readonly #sums = new WeakMap<ThingCount, Sums>()
  /** How old a thing must be on the newest day to count. */
  readonly #age: number

  constructor(reader: BaselineReader, settings: BaselineSettings) {
    this.#reader = reader
    this.#settings = settings
    this.#hosts = new HostGroups(reader)
    // On the first days everything is new.
    this.#age = Math.min(settings.age, Math.floor(this.#hosts.beside('fleet', -1).days / 4))
    this.#spread = new Spread(reader, this.#hosts)
  }

  /** Of these things the one that says most; null where nothing is known of other hosts. */
  most(things: readonly Thing[], asker: Asker): ThingRarity | null {
    const key = hostKeyOf(asker.host)
    const group = this.#hosts.groupFor(bothRoles(asker.role, this.#roleOf(key)), key)
    let best: ThingRarity | null = null
    for (const thing of things) {
      const rarity = this.#of(thing, asker, key, group)
      if (rarity !== null && (best === null || rarity.bits > best.bits)) best = rarity
    }
    return best
  }

  /** What the baseline knows of the host's role. */
  #roleOf(key: number): HostRole {
    const group = groups[this.#hosts.roleOf(key)] ?? 'fleet'
    return group === 'fleet' ? 'unknown' : group
  }

  #of(thing: Thing, { day, isMade }: Asker, key: number, group: Group): ThingRarity | null {
    const { hosts, days, hostDays } = this.#hosts.beside(group, key)
    if (hosts === 0) return null
    const { others, weight } = this.#othersWith(thing, day, key, group)
    const known = { thing, others, hosts, days, role: group === 'fleet' ? null : group }
    if (weight >= hosts * this.#settings.commonFrom) return { ...known, bits: common, isCapped: false }
    const share = this.#spread.upTo(isMade ? 'made' : thing.kind, weight, key, group)
    const bits = Math.max(0, Math.log2(shareOfAttacks(weight) / share))
    // Few hosts on few days have not shown all that is ordinary.
    const most = Math.min(this.#settings.mostBits, Math.log2(1 + hostDays) / 2)
    return { ...known, bits: Math.min(bits, most), isCapped: bits > most }
  }

  /** Other hosts of the group that show it: how many, and how many they count for on that day. */
  #othersWith(thing: Thing, day: number, key: number, group: Group): { others: number; weight: number } {
    const seen = this.#reader.find(thing)
    if (!seen) return { others: 0, weight: 0 }
    const place = placeOfGroup(group)
    const sums = this.#sumsOf(seen)
    let [others, weight] = [sums.others[place] ?? 0, sums.weight[place] ?? 0]
    const own = seen.hosts.placeOf(key)
    if (own >= 0 && (place === 0 || this.#hosts.roleOf(key) === place)) {
      const share = this.#weightAt(seen, own)
      if (share > 0) [others, weight] = [others - 1, Math.max(0, weight - share)]
    }
    const scale = scaleOf(seen)
    const fading = 2 ** -(Math.max(0, day - this.#hosts.newest) / this.#settings.halfLife)
    return { others: Math.round(others * scale), weight: weight * scale * fading }
  }

  /** What a host that shows it counts for on the newest day; 0 where it has not shown it for long enough. */
  #weightAt({ hosts }: ThingCount, n: number): number {
    const { newest } = this.#hosts
    if (hosts.firstAt(n) > newest - this.#age) return 0
    // What is dated later than that is no fresher.
    return 2 ** -(Math.max(0, newest - hosts.lastAt(n)) / this.#settings.halfLife)
  }

  /** The same few hundred things are asked for again and again. */
  #sumsOf(seen: ThingCount): Sums {
    const known = this.#sums.get(seen)
    if (known) return known
    const sums = { others: groups.map(() => 0), weight: groups.map(() => 0) }
    for (let n = 0; n < seen.hosts.length; n++) {
      const weight = this.#weightAt(seen, n)
      if (weight === 0) continue
      const role = this.#hosts.roleOf(seen.hosts.keyAt(n))
      for (const place of role === 0 ? [0] : [0, role]) {
        sums.others[place] = (sums.others[place] ?? 0) + 1
        sums.weight[place] = (sums.weight[place] ?? 0) + weight
      }
    }
    this.#sums.set(seen, sums)
    return sums
  }
}

/** Of each group the hosts that show a thing, and what they count for. */
interface Sums {
  readonly others: number[]
  readonly weight: number[]
}

/** Who asks: a host's own things say nothing about itself. */
export interface Asker {
  /** `hostHash` of its name. */
  readonly host: string
  /** What the evidence at hand says that it is for. */
  readonly role: HostRole
  readonly day: number
  /** Whether it is about what a person's change brought. */
  readonly isMade: boolean
}
