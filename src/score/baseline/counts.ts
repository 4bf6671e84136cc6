import { createHash } from 'node:crypto'
import { type Days, type HostDays, mostDays, mostHosts } from '../../model/baseline.ts'
import { hostKey } from '../../model/host.ts'

const dayLength = 86_400_000

/** Days since 1970, UTC. */
export const dayOf = (time: number): number => Math.floor(time / dayLength)

/** A host's name is counted as this, which is spread evenly: the lowest hashes of any set are a fair sample of it. */
export const hostHash = (host: string): string => createHash('sha256').update(hostKey(host)).digest('hex').slice(0, 16)

/** The hosts of one thing while they are being counted. */
export interface HostCount {
  hosts: Map<string, Days>
  isSample: boolean
}

/**
 * What either knows of a thing's hosts: every host once, with its earliest and its latest day; of more than `mostHosts` those with the
 * lowest hashes. A host that is kept of the union is kept of each part, so the order of unions does not matter.
 */
export function addHosts(into: HostCount, hosts: Iterable<HostDays>, isSample = false): void {
  for (const { host, first, last } of hosts) into.hosts.set(host, bothDays(into.hosts.get(host), { first, last }))
  into.isSample ||= isSample
  if (into.hosts.size <= mostHosts) return
  into.isSample = true
  into.hosts = new Map([...into.hosts].sort(byKey).slice(0, mostHosts))
}

export const bothDays = (one: Days | undefined, other: Days): Days =>
  one === undefined
    ? { first: other.first, last: other.last }
    : { first: Math.min(one.first, other.first), last: Math.max(one.last, other.last) }

/** The days of both, of more than `mostDays` the newest. */
export const bothDayLists = (one: readonly number[], other: readonly number[]): number[] =>
  [...new Set([...one, ...other])].sort((a, b) => a - b).slice(-mostDays)

export const byKey = <T>([a]: readonly [string, T], [b]: readonly [string, T]): number => (a < b ? -1 : a > b ? 1 : 0)
