import type { Row } from '../data.ts'
import type { Board, HostLine, Marks, Path, Reach, Span } from './questions.ts'
import type { Story } from './stories.ts'
import { byText } from './wish.ts'

/** A host with what was found on it. */
export interface HostSight {
  readonly host: string
  readonly rows: readonly Row[]
  readonly worst: number
  /** Of its findings, each story once: what makes a host worse than another that is as bad. */
  readonly bits: number
}

/** What follows from all findings. */
export interface Fleet extends Board {
  /** Findings that are not ordinary. */
  readonly seen: readonly Row[]
  /** These as stories. */
  readonly stories: readonly Story[]
  /** In which they happened. */
  readonly times: Span
  /** The worst first. */
  readonly sights: readonly HostSight[]
  /** The finding of this id; undefined: none has it. */
  row(id: string): Row | undefined
}

export const isSeen = ({ severity }: Row): boolean => severity > 0

/** Every host, the worst first. */
export function hostsOf(rows: readonly Row[], hosts: readonly string[]): HostSight[] {
  const found = new Map<string, Row[]>(hosts.map((host) => [host, []]))
  for (const row of rows) {
    const known = found.get(row.host)
    if (known) known.push(row)
    else found.set(row.host, [row])
  }
  return [...found]
    .map(([host, own]) => ({ host, rows: own, ...weightOf(own) }))
    .sort((a, b) => b.worst - a.worst || b.bits - a.bits || byText(a.host, b.host))
}

/** How bad, and how much of it; alike findings count once. */
function weightOf(rows: readonly Row[]): { readonly worst: number; readonly bits: number } {
  let worst = 0
  const stories = new Map<string, number>()
  for (const { severity, bits, alike } of rows) {
    worst = Math.max(worst, severity)
    if (severity > 0) stories.set(alike, Math.max(stories.get(alike) ?? 0, bits))
  }
  return { worst, bits: [...stories.values()].reduce((sum, bits) => sum + bits, 0) }
}

/** Of those that are told, so many more are looked at: what decides between equals takes long to add up. */
const candidates = 8

/** The worst, then those with the most hosts, then those with the most bits. */
export function reachOf(rows: readonly Row[], by: 'user' | 'origin', most: number): Reach[] {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const name = row[by]
    if (name === null || !isSeen(row)) continue
    const known = found.get(name)
    if (known) known.push(row)
    else found.set(name, [row])
  }
  return [...found]
    .map(([name, own]) => ({ name, own, worst: worstOf(own), hosts: hostsIn(own) }))
    .sort((a, b) => b.worst - a.worst || b.hosts - a.hosts)
    .slice(0, most * candidates)
    .map(({ name, own, hosts }) => {
      const others = new Set<string>()
      for (const row of own) others.add(row[by === 'user' ? 'origin' : 'user'] ?? '')
      others.delete('')
      const [other = null] = others
      return { name, findings: own.length, hosts, other, moreOthers: Math.max(others.size - 1, 0), ...weightOf(own) }
    })
    .sort((a, b) => b.worst - a.worst || b.hosts - a.hosts || b.bits - a.bits)
    .slice(0, most)
}

const worstOf = (rows: readonly Row[]): number => rows.reduce((worst, { severity }) => Math.max(worst, severity), 0)

function hostsIn(rows: readonly Row[]): number {
  const hosts = new Set<string>()
  for (const { host, target } of rows) {
    hosts.add(host)
    if (target !== null) hosts.add(target)
  }
  return hosts.size
}

/** The time in which something was found; of the whole input where nothing was. */
export function timesOf(rows: readonly Row[], whole: Span | null): Span {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { time, end } of rows) {
    if (time !== null) first = Math.min(first, time)
    if (end !== null) last = Math.max(last, end)
  }
  if (!Number.isFinite(first)) first = whole?.first ?? 0
  if (!Number.isFinite(last)) last = whole?.last ?? first
  return { first, last: Math.max(last, first + 1000) }
}

/** Pieces that a time is cut into. */
export const bins = 96

export function marksOf(rows: readonly Row[], { first, last }: Span): Marks {
  const length = Math.max(last - first, 1)
  const cells = new Map<number, { worst: number; count: number }>()
  for (const { time, severity } of rows) {
    if (time === null) continue
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(((time - first) / length) * bins)))
    const cell = cells.get(bin)
    if (cell) {
      cell.worst = Math.max(cell.worst, severity)
      cell.count++
    } else cells.set(bin, { worst: severity, count: 1 })
  }
  return [...cells].map(([bin, { worst, count }]) => [bin, worst, count] as const)
}

/** A host in one line: how bad it is, and when. */
export function hostLine({ host, rows, worst, bits }: HostSight, times: Span, isTold = isSeen): HostLine {
  const own = rows.filter(isTold)
  return { host, worst, bits, findings: own.length, marks: marksOf(own, times) }
}

/** Paths that are told: the worst, then the first. */
const mostPaths = 1_000

export function pathsOf(rows: readonly Row[]): Path[] {
  const found = new Map<string, { -readonly [K in keyof Path]: Path[K] }>()
  for (const { origin, user, target, host, time, severity } of rows) {
    const on = target ?? host
    const key = JSON.stringify([origin, user, on])
    const known = found.get(key)
    if (known) {
      known.first = Math.min(known.first, time ?? 0)
      known.worst = Math.max(known.worst, severity)
      known.count++
    } else found.set(key, { origin, user, host: on, first: time ?? 0, worst: severity, count: 1 })
  }
  return [...found.values()].sort((a, b) => b.worst - a.worst || a.first - b.first).slice(0, mostPaths)
}
