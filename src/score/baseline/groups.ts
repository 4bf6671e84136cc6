import { type BaselineReader, dayCountOf, daysIn, mostHosts, type ThingCount } from '../../model/baseline.ts'
import { type HostRole, hostRoles } from '../../model/host-role.ts'
import { hostKeyOf } from '../../model/packed-hosts.ts'

/** Hosts with which a host is compared: all of them, or those of its role. */
export const groups = ['fleet', ...hostRoles] as const
export type Group = (typeof groups)[number]
export const groupCount = groups.length
export const placeOfGroup = (group: Group): number => groups.indexOf(group)

/** A role of which fewer other hosts are at hand is compared with all. */
const leastOfRole = 8

interface KnownDays {
  readonly role: number
  readonly days: number
}

/** How many hosts, days of hosts and days something is known of. */
export interface GroupSize {
  readonly hosts: number
  readonly hostDays: number
  readonly days: number
}

/** The hosts of a baseline by what they are for. */
export class HostGroups {
  readonly #hosts = new Map<number, KnownDays>()
  readonly #all = groups.map(() => ({ hosts: 0, hostDays: 0, days: 0, sampled: 0 }))
  /** Highest of the lowest hashes: hosts up to it are in every sample of hosts to which they belong. */
  readonly #lastOfSample: number
  /** The newest day of which two hosts know, so that no clock of one host's moves it. */
  readonly newest: number

  constructor({ hosts }: BaselineReader) {
    const days = groups.map(() => new Set<number>())
    const last = hosts.map(({ spans }) => spans.at(-1) ?? 0).sort((a, b) => b - a)
    this.newest = last[1] ?? last[0] ?? 0
    this.#lastOfSample = hostKeyOf(hosts[Math.min(hosts.length, mostHosts) - 1]?.hash ?? '')
    // Most hosts are on for the same days.
    const seen = new Set<string>()
    for (const [n, { hash, role, spans }] of hosts.entries()) {
      const own = { role: placeOfGroup(role), days: dayCountOf(spans) }
      this.#hosts.set(hostKeyOf(hash), own)
      const written = `${own.role} ${spans.join()}`
      const fresh = seen.has(written) ? [] : daysIn(spans)
      seen.add(written)
      for (const place of [0, own.role]) {
        const known = this.#all[place]
        if (known === undefined) continue
        known.hosts++
        known.hostDays += own.days
        if (n < mostHosts) known.sampled++
        for (const day of fresh) days[place]?.add(day)
      }
    }
    this.#all.forEach((known, place) => {
      known.days = days[place]?.size ?? 0
    })
  }

  /** The place of a host's role among the groups; 0 where the host is not known. */
  roleOf(key: number): number {
    return this.#hosts.get(key)?.role ?? 0
  }

  isSampled(key: number): boolean {
    return key <= this.#lastOfSample
  }

  /** With which hosts one of this role is compared: those of its role where there are enough. */
  groupFor(role: HostRole, key: number): Group {
    const known = this.#all[placeOfGroup(role)]
    const own = this.isSampled(key) && this.roleOf(key) === placeOfGroup(role) ? 1 : 0
    return (known?.sampled ?? 0) - own >= leastOfRole ? role : 'fleet'
  }

  /** What is known of a group's hosts but for one. */
  beside(group: Group, key: number): GroupSize {
    const place = placeOfGroup(group)
    const all = this.#all[place] ?? { hosts: 0, hostDays: 0, days: 0 }
    const own = this.#hosts.get(key)
    if (own === undefined || (place !== 0 && own.role !== place)) return all
    return { hosts: all.hosts - 1, hostDays: all.hostDays - own.days, days: all.days }
  }
}

/** How many hosts each that is kept stands for: of a sample by how densely its hashes lie (bottom-k estimate). */
export function scaleOf({ hosts, isSample }: ThingCount): number {
  if (!isSample || hosts.length === 0) return 1
  const share = hosts.keyAt(hosts.length - 1) / 2 ** 52
  return Math.max(1, (hosts.length - 1) / share / hosts.length)
}
