import type { Fact } from '../model/fact.ts'
import { hostKey } from '../model/host.ts'

/** Text by code unit, never by locale. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The shard of a host's name; the same name occurs millions of times. */
const shards = new Map<string, string>()
export function shardOfHost(host: string): string {
  let shard = shards.get(host)
  if (shard === undefined) {
    // Names come from the input: a hostile log must not grow this without end.
    if (shards.size > 100_000) shards.clear()
    shard = hostKey(host)
    shards.set(host, shard)
  }
  return shard
}

export const shardOf = (fact: Fact): string => shardOfHost(fact.host)

/**
 * The total order of facts: one host after the other, each by time, channel, record id and input. Neither the order of the
 * files nor the number of workers can show in it; two facts that compare equal are the same record of the same input.
 */
export function compareFacts(a: Fact, b: Fact): number {
  if (a.host !== b.host) {
    const shard = byCodeUnit(shardOf(a), shardOf(b))
    if (shard !== 0) return shard
  }
  return (
    a.time - b.time ||
    a.ticks - b.ticks ||
    (a.channel === b.channel ? 0 : byCodeUnit(a.channel, b.channel)) ||
    a.recordId - b.recordId ||
    a.source - b.source ||
    byCodeUnit(a.host, b.host) ||
    a.eventId - b.eventId ||
    a.position - b.position
  )
}

const partOf = (fact: Fact): number => (fact.kind === 'script-ran' ? fact.part : 0)

/** Whether two facts are one record, met in two inputs or twice in one. */
export function isSameRecord(a: Fact, b: Fact): boolean {
  return (
    a.time === b.time &&
    a.ticks === b.ticks &&
    a.recordId === b.recordId &&
    // where a collector left out record ids, only the place in the input tells one record from another
    (a.recordId !== 0 || (a.source === b.source && a.position === b.position)) &&
    a.eventId === b.eventId &&
    a.channel === b.channel &&
    shardOf(a) === shardOf(b) &&
    // a whole script has the record of its last part
    partOf(a) === partOf(b)
  )
}
