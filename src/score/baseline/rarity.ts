import { type BaselineReader, mostHosts, type Thing, type ThingKind } from '../../model/baseline.ts'
import type { ThingRarity } from '../known.ts'
import { hostsInAll } from './counts.ts'
import type { BaselineSettings } from './settings.ts'
import { ofMade } from './things.ts'

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
 * things it shows.
 */
export class Rarity {
  readonly #reader: BaselineReader
  readonly #settings: BaselineSettings
  /** Of each host of the sample: for each kind the number of its things by how common they are. */
  readonly #spread = new Map<ThingKind, Map<string, number[]>>()

  /** The newest day of which two hosts know, so that no clock of one host's moves it; and how old a thing must be on it to count. */
  readonly #newest: number
  readonly #age: number

  constructor(reader: BaselineReader, settings: BaselineSettings) {
    this.#reader = reader
    this.#settings = settings
    const newest = reader.hosts.map(({ days }) => days.at(-1) ?? 0).sort((a, b) => b - a)
    this.#newest = newest[1] ?? newest[0] ?? 0
    const known = new Set(reader.hosts.flatMap(({ days }) => days)).size
    // On the first days everything is new.
    this.#age = Math.min(settings.age, Math.floor(known / 4))
    // These are in every sample of hosts to which they belong, so that all their things are known.
    const sample = new Set(reader.hosts.slice(0, mostHosts).map(({ hash }) => hash))
    for (const seen of reader.things) {
      const general = seen.kind === 'made' ? (reader.find(ofMade(seen)) ?? seen) : seen
      const others = bandOf(hostsInAll(general.hosts, general.isSample) - 1)
      for (const { host } of seen.hosts) if (sample.has(host)) this.#count(seen.kind, host, others)
    }
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
    const share = this.#shareAsRare(isMade ? 'made' : thing.kind, weight, host)
    const bits = Math.max(0, Math.log2(shareOfAttacks(weight) / share))
    // Few hosts on few days have not shown all that is ordinary.
    const most = Math.min(this.#settings.mostBits, Math.log2(1 + hostDays) / 2)
    return { ...known, bits: Math.min(bits, most), isCapped: bits > most }
  }

  /** Other hosts that show it: how many, and how many they count for on that day. */
  #othersWith(thing: Thing, { host, day }: Pick<Asker, 'host' | 'day'>): { others: number; weight: number } {
    const seen = this.#reader.find(thing)
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

  /** How large a share of what an ordinary host shows is no more common than this. */
  #shareAsRare(kind: ThingKind, weight: number, own: string): number {
    let sum = 0
    let hosts = 0
    const upTo = bandOf(weight)
    for (const [host, bands] of this.#spread.get(kind) ?? []) {
      if (host === own) continue
      const all = bands.reduce((total, n) => total + (n ?? 0), 0)
      sum += bands.slice(0, upTo + 1).reduce((total, n) => total + (n ?? 0), 0) / all
      hosts++
    }
    return (sum + 0.5) / (hosts + 1)
  }

  #count(kind: ThingKind, host: string, band: number): void {
    const ofKind = this.#spread.get(kind) ?? new Map<string, number[]>()
    this.#spread.set(kind, ofKind)
    const bands = ofKind.get(host) ?? Array.from({ length: bandsInAll }, () => 0)
    bands[band] = (bands[band] ?? 0) + 1
    ofKind.set(host, bands)
  }

  readonly #beside = new Map<string, Beside>()

  #knownBeside(host: string): Beside {
    const known = this.#beside.get(host)
    if (known) return known
    let hosts = 0
    let hostDays = 0
    const days = new Set<number>()
    for (const each of this.#reader.hosts) {
      if (each.hash === host) continue
      hosts++
      hostDays += each.days.length
      for (const day of each.days) days.add(day)
    }
    const beside = { hosts, hostDays, days: days.size }
    this.#beside.set(host, beside)
    return beside
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

/** 0, 1, 2, 3 to 4, 5 to 8, … other hosts; the last band is all above 64 thousand. */
const bandsInAll = 18
const bandOf = (others: number): number => {
  const n = Math.round(others)
  return n <= 0 ? 0 : Math.min(bandsInAll - 1, 1 + Math.ceil(Math.log2(n)))
}
