import { hostKey } from '../model/host.ts'

/**
 * Tells which names are one host. Within a shard (names with the same first label) a bare short name joins the only full name;
 * with several full names it stays a host of its own.
 */
export function hostsByName(names: Iterable<string>): Map<string, string> {
  const shards = new Map<string, string[]>()
  for (const name of [...new Set(names)].sort()) {
    const shard = hostKey(name)
    const members = shards.get(shard)
    if (members) members.push(name)
    else shards.set(shard, [name])
  }
  const hosts = new Map<string, string>()
  for (const [shard, members] of shards) {
    const full = members.filter((name) => name !== shard)
    for (const name of members) hosts.set(name, name === shard && full.length === 1 ? (full[0] as string) : name)
  }
  return hosts
}
