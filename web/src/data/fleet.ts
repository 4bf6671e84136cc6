import type { Row, Store } from './store.ts'

/** A host with what was found on it. */
export interface HostSight {
  readonly host: string
  readonly rows: readonly Row[]
  readonly worst: number
  /** Of its findings, each story once: what makes a host worse than another that is as bad. */
  readonly bits: number
}

/** Who, or where from, with what they touched. */
export interface Reach {
  readonly name: string
  readonly rows: readonly Row[]
  readonly hosts: readonly string[]
  readonly others: readonly string[]
  readonly worst: number
  readonly bits: number
}

const isSeen = ({ severity }: Row): boolean => severity > 0

/** Every host that was read, the worst first. */
export function hostsOf(store: Store): HostSight[] {
  const rows = new Map<string, Row[]>(store.hosts.map((host) => [host, []]))
  for (const row of store.rows) {
    const known = rows.get(row.host)
    if (known) known.push(row)
    else rows.set(row.host, [row])
  }
  return [...rows]
    .map(([host, own]) => ({ host, rows: own, ...weightOf(own) }))
    .sort((a, b) => b.worst - a.worst || b.bits - a.bits || (a.host < b.host ? -1 : 1))
}

function weightOf(rows: readonly Row[]): { worst: number; bits: number } {
  let worst = 0
  const stories = new Map<string, number>()
  for (const { severity, bits, alike } of rows) {
    worst = Math.max(worst, severity)
    if (severity > 0) stories.set(alike, Math.max(stories.get(alike) ?? 0, bits))
  }
  return { worst, bits: [...stories.values()].reduce((sum, bits) => sum + bits, 0) }
}

export function reachOf(rows: readonly Row[], by: 'user' | 'origin'): Reach[] {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const name = row[by]
    if (name === null || !isSeen(row)) continue
    const known = found.get(name)
    if (known) known.push(row)
    else found.set(name, [row])
  }
  return [...found]
    .map(([name, own]) => ({
      name,
      rows: own,
      hosts: [...new Set(own.flatMap(({ host, target }) => (target === null ? [host] : [host, target])))],
      others: [...new Set(own.flatMap((row) => row[by === 'user' ? 'origin' : 'user'] ?? []))],
      ...weightOf(own),
    }))
    .sort((a, b) => b.worst - a.worst || b.hosts.length - a.hosts.length || b.bits - a.bits)
}

/** The time in which something was found; of the whole input where nothing was. */
export function timesOf(rows: readonly Row[], store: Store): { first: number; last: number } {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { time, end } of rows) {
    if (time !== null) first = Math.min(first, time)
    if (end !== null) last = Math.max(last, end)
  }
  const { summary } = store.data
  if (!Number.isFinite(first)) first = summary.first === null ? 0 : Date.parse(summary.first)
  if (!Number.isFinite(last)) last = summary.last === null ? first : Date.parse(summary.last)
  return { first, last: Math.max(last, first + 1000) }
}
