import type { BaselineReader, Thing, ThingSeen } from '../../model/baseline.ts'
import type { ThingRarity } from '../known.ts'
import { hostsInAll } from './counts.ts'
import type { BaselineSettings } from './settings.ts'
import { Spread } from './spread.ts'

/**
 * The share of attacks that show what so many other hosts have shown for some time: nearly all show what none has. A judgement, for want
 * of attacks on known fleets.
 */
const shareOfAttacks = (others: number): number => 0.9 / (1 + others) ** 2
/** What is common is worth so much against an attack: attackers run common programs too. */
const common = -2

/** Things that were asked for and are kept at hand. */
const mostFound = 20_000

/**
 * What a baseline says of things. How telling a rare thing is depends on how often ordinary hosts show rare things: of each host the share
 * of its things that no more than so many others show, averaged over hosts (after Good and Turing). A host counts once, however many
 * things it shows.
 */
export class Rarity {
  readonly #reader: BaselineReader
  readonly #settings: BaselineSettings
  readonly #spread: Spread
  readonly #found = new Map<string, ThingSeen | null>()
  /** Days of each host. */
  readonly #hosts = new Map<string, number>()
  readonly #all: Beside
  /** The newest day of which two hosts know, so that no clock of one host's moves it; and how old a thing must be on it to count. */
  readonly #newest: number
  readonly #age: number

  constructor(reader: BaselineReader, settings: BaselineSettings) {
    this.#reader = reader
    this.#settings = settings
    const newest = reader.hosts.map(({ days }) => days.at(-1) ?? 0).sort((a, b) => b - a)
    this.#newest = newest[1] ?? newest[0] ?? 0
    const known = new Set<number>()
    for (const { hash, days } of reader.hosts) {
      this.#hosts.set(hash, days.length)
      for (const day of days) known.add(day)
    }
    const hostDays = [...this.#hosts.values()].reduce((sum, days) => sum + days, 0)
    this.#all = { hosts: this.#hosts.size, hostDays, days: known.size }
    // On the first days everything is new.
    this.#age = Math.min(settings.age, Math.floor(known.size / 4))
    this.#spread = new Spread(reader)
  }

  /** Of these things the one that says most; null where nothing is known of other hosts. */
  most(things: readonly Thing[], { host, day, isMade }: Asker): ThingRarity | null {
    let best: ThingRarity | null = null
    for (const thing of things) {
      const rarity = this.#of(thing, { host, day, isMade })
      if (rarity !== null && (best === null || rarity.bits > best.bits)) best = rarity
    }
    return best
  }

  #of(thing: Thing, { host, day, isMade }: Asker): ThingRarity | null {
    const { hosts, days, hostDays } = this.#knownBeside(host)
    if (hosts === 0) return null
    const { others, weight } = this.#othersWith(thing, { host, day })
    const known = { thing, others, hosts, days }
    if (weight >= hosts * this.#settings.commonFrom) return { ...known, bits: common, isCapped: false }
    const share = this.#spread.upTo(isMade ? 'made' : thing.kind, weight, host)
    const bits = Math.max(0, Math.log2(shareOfAttacks(weight) / share))
    // Few hosts on few days have not shown all that is ordinary.
    const most = Math.min(this.#settings.mostBits, Math.log2(1 + hostDays) / 2)
    return { ...known, bits: Math.min(bits, most), isCapped: bits > most }
  }

  /** Other hosts that show it: how many, and how many they count for on that day. */
  #othersWith(thing: Thing, { host, day }: Pick<Asker, 'host' | 'day'>): { others: number; weight: number } {
    const seen = this.#find(thing)
    if (!seen) return { others: 0, weight: 0 }
    // What is dated later than that is no fresher.
    const asOf = Math.max(day, this.#newest)
    let kept = 0
    let others = 0
    let weight = 0
    for (const one of seen.hosts) {
      if (one.host === host) continue
      kept++
      if (one.first > this.#newest - this.#age) continue
      others++
      weight += 2 ** -(Math.max(0, asOf - one.last) / this.#settings.halfLife)
    }
    const scale =
      kept === 0 ? 1 : Math.max(1, (hostsInAll(seen.hosts, seen.isSample) - (seen.hosts.length - kept)) / kept)
    return { others: Math.round(others * scale), weight: weight * scale }
  }

  /** What the baseline knows of a thing; the same few hundred things are asked for again and again. */
  #find(thing: Thing): ThingSeen | undefined {
    const key = `${thing.kind} ${thing.key}`
    const known = this.#found.get(key)
    if (known !== undefined) return known ?? undefined
    const seen = this.#reader.find(thing)
    if (this.#found.size >= mostFound) this.#found.clear()
    this.#found.set(key, seen ?? null)
    return seen
  }

  #knownBeside(host: string): Beside {
    const own = this.#hosts.get(host)
    if (own === undefined) return this.#all
    return { hosts: this.#all.hosts - 1, hostDays: this.#all.hostDays - own, days: this.#all.days }
  }
}

/** Who asks: a host's own things say nothing about itself. */
export interface Asker {
  /** `hostHash` of its name. */
  readonly host: string
  readonly day: number
  /** Whether it is about what a person's change brought. */
  readonly isMade: boolean
}

interface Beside {
  readonly hosts: number
  readonly hostDays: number
  readonly days: number
}
