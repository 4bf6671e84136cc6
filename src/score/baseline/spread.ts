import type { BaselineReader, ThingCount, ThingKind } from '../../model/baseline.ts'
import { type Group, groupCount, type HostGroups, placeOfGroup, scaleOf } from './groups.ts'
import { ofMade } from './things.ts'

/** Of one kind: for each host the share of its things that are no more common than each band, and the sum over the hosts. */
interface SharesOfKind {
  readonly ofHost: ReadonlyMap<number, readonly number[]>
  readonly sums: readonly number[]
}

type Bands = Map<number, number[]>

/**
 * How common the things of ordinary hosts are among other hosts, of the fleet and of each role. Each host counts once, however many things
 * it shows. It is looked at on the hosts with the lowest hashes: these are in every sample of hosts to which they belong, so that all their
 * things are known.
 */
export class Spread {
  readonly #shares = new Map<ThingKind, readonly SharesOfKind[]>()

  constructor(reader: BaselineReader, hosts: HostGroups) {
    const counts = new Map<ThingKind, Bands[]>()
    for (const seen of reader.counts()) {
      const ofKind = counts.get(seen.kind) ?? Array.from({ length: groupCount }, (): Bands => new Map())
      counts.set(seen.kind, ofKind)
      const bands = bandsOf(seen.kind === 'made' ? (reader.find(ofMade(seen)) ?? seen) : seen, hosts)
      for (let n = 0; n < seen.hosts.length; n++) {
        const key = seen.hosts.keyAt(n)
        if (!hosts.isSampled(key)) break
        add(ofKind[0], key, bands[0] ?? 0)
        const role = hosts.roleOf(key)
        add(ofKind[role], key, bands[role] ?? 0)
      }
    }
    for (const [kind, ofKind] of counts) this.#shares.set(kind, ofKind.map(sharesOf))
  }

  /** How large a share of what an ordinary host other than this shows is on no more than so many others; never quite nothing. */
  upTo(kind: ThingKind, others: number, own: number, group: Group): number {
    const shares = this.#shares.get(kind)?.[placeOfGroup(group)]
    if (!shares || shares.ofHost.size === 0) return 0.5
    const band = bandOf(others)
    const ofOwn = shares.ofHost.get(own)
    const hosts = shares.ofHost.size - (ofOwn ? 1 : 0)
    return ((shares.sums[band] ?? 0) - (ofOwn?.[band] ?? 0) + 0.5) / (hosts + 1)
  }
}

/** How common a thing is in each group. */
function bandsOf(seen: ThingCount, hosts: HostGroups): number[] {
  const kept = Array.from({ length: groupCount }, () => 0)
  kept[0] = seen.hosts.length
  for (let n = 0; n < seen.hosts.length; n++) {
    const role = hosts.roleOf(seen.hosts.keyAt(n))
    if (role > 0) kept[role] = (kept[role] ?? 0) + 1
  }
  const scale = scaleOf(seen)
  return kept.map((count) => bandOf(Math.round(count * scale) - 1))
}

function add(of: Bands | undefined, host: number, band: number): void {
  const bands = of?.get(host) ?? Array.from({ length: bandsInAll }, () => 0)
  bands[band] = (bands[band] ?? 0) + 1
  of?.set(host, bands)
}

function sharesOf(counts: Bands): SharesOfKind {
  const ofHost = new Map<number, number[]>()
  const sums = Array.from({ length: bandsInAll }, () => 0)
  for (const [host, bands] of counts) {
    const all = bands.reduce((total, n) => total + n, 0)
    let sum = 0
    const shares = bands.map((n) => {
      sum += n
      return sum / all
    })
    shares.forEach((share, band) => {
      sums[band] = (sums[band] ?? 0) + share
    })
    ofHost.set(host, shares)
  }
  return { ofHost, sums }
}

/** 0, 1, 2, 3 to 4, 5 to 8, … other hosts; the last band is all above 64 thousand. */
const bandsInAll = 18

function bandOf(others: number): number {
  const n = Math.round(others)
  return n <= 0 ? 0 : Math.min(bandsInAll - 1, 1 + Math.ceil(Math.log2(n)))
}
