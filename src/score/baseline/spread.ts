import { type BaselineReader, mostHosts, type ThingKind } from '../../model/baseline.ts'
import { hostsInAll } from './counts.ts'
import { ofMade } from './things.ts'

/** Of one kind: for each host the share of its things that are no more common than each band, and the sum over the hosts. */
interface SharesOfKind {
  readonly ofHost: ReadonlyMap<string, readonly number[]>
  readonly sums: readonly number[]
}

/**
 * How common the things of ordinary hosts are among other hosts. Each host counts once, however many things it shows. It is looked at on
 * the hosts with the lowest hashes: these are in every sample of hosts to which they belong, so that all their things are known.
 */
export class Spread {
  readonly #shares = new Map<ThingKind, SharesOfKind>()

  constructor(reader: BaselineReader) {
    const sample = new Set(reader.hosts.slice(0, mostHosts).map(({ hash }) => hash))
    const counts = new Map<ThingKind, Map<string, number[]>>()
    for (const seen of reader.things) {
      const general = seen.kind === 'made' ? (reader.find(ofMade(seen)) ?? seen) : seen
      const band = bandOf(hostsInAll(general.hosts, general.isSample) - 1)
      const ofKind = counts.get(seen.kind) ?? new Map<string, number[]>()
      counts.set(seen.kind, ofKind)
      for (const { host } of seen.hosts) {
        if (!sample.has(host)) continue
        const bands = ofKind.get(host) ?? Array.from({ length: bandsInAll }, () => 0)
        bands[band] = (bands[band] ?? 0) + 1
        ofKind.set(host, bands)
      }
    }
    for (const [kind, ofKind] of counts) this.#shares.set(kind, sharesOf(ofKind))
  }

  /** How large a share of what an ordinary host other than this shows is on no more than so many others; never quite nothing. */
  upTo(kind: ThingKind, others: number, own: string): number {
    const shares = this.#shares.get(kind)
    if (!shares) return 0.5
    const band = bandOf(others)
    const ofOwn = shares.ofHost.get(own)
    const hosts = shares.ofHost.size - (ofOwn ? 1 : 0)
    return ((shares.sums[band] ?? 0) - (ofOwn?.[band] ?? 0) + 0.5) / (hosts + 1)
  }
}

function sharesOf(counts: ReadonlyMap<string, readonly number[]>): SharesOfKind {
  const ofHost = new Map<string, number[]>()
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
