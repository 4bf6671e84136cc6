import type { HostRole } from './host-role.ts'
import type { Days, HostDays, PackedHosts } from './packed-hosts.ts'

export type { Days, HostDays } from './packed-hosts.ts'

/** What is counted over hosts: docs/baseline.md says how each is generalised. */
export const thingKinds = [
  /** A file whose code a task runs, or the program that it started. */
  'program',
  /** A command line that a task is to run. */
  'command',
  /** A task's path with the program that it runs. */
  'task',
  /** Any of these that a person's change brought: how often what people make is new. */
  'made',
  /** A program that another started below a task. */
  'child',
  /** A program with which a person changes tasks, and the route. */
  'maker',
  /** A person who changes tasks, and the route. */
  'user',
  /** A person who changes tasks, and the part of the week. */
  'hour',
] as const
export type ThingKind = (typeof thingKinds)[number]

export interface Thing {
  readonly kind: ThingKind
  readonly key: string
}

/** On which hosts a thing was seen. */
export interface ThingSeen extends Thing {
  /** By hash; at most `mostHosts`, those with the lowest hashes. */
  readonly hosts: readonly HostDays[]
  /** There were more hosts than are kept. */
  readonly isSample: boolean
}

export interface KnownHost {
  readonly hash: string
  readonly name: string
  readonly role: HostRole
  /** Days on which tasks were seen on it, the newest `mostDays`: the first and the last of each unbroken span, ascending. */
  readonly spans: readonly number[]
}

/** A chain that did not teach, since it was out of the ordinary as it was; it may be released later. */
export interface HeldChain {
  readonly id: string
  readonly host: string
  readonly task: string | null
  /** Without rarity. */
  readonly bits: number
  readonly things: readonly (Thing & Days)[]
  readonly isReleased: boolean
}

/** All that a baseline knows, each list in the order of its keys. */
export interface BaselineContent {
  readonly hosts: readonly KnownHost[]
  readonly things: Iterable<ThingSeen>
  readonly held: readonly HeldChain[]
}

/** On which hosts a thing was seen, as it is kept. */
export interface ThingCount extends Thing {
  readonly hosts: PackedHosts
  readonly isSample: boolean
}

/** A baseline that can be asked. */
export interface BaselineReader extends BaselineContent {
  /** Hash of its content. */
  readonly id: string
  /** All things, in no order that matters. */
  counts(): Iterable<ThingCount>
  /** The same object each time. */
  find(thing: Thing): ThingCount | undefined
}

/** Hosts of a thing that are kept exactly. */
export const mostHosts = 256
/** Newest days of a host that are kept: more than evidence lasts. */
export const mostDays = 128

/** Days as the first and the last of each unbroken span: a host is on for weeks. */
export function spansOf(days: readonly number[]): number[] {
  const spans: number[] = []
  for (const day of days) {
    if (spans.at(-1) === day - 1) spans[spans.length - 1] = day
    else spans.push(day, day)
  }
  return spans
}

/** The days of such spans, of more than `mostDays` the newest. */
export function daysIn(spans: readonly number[]): number[] {
  const days: number[] = []
  for (let at = 0; at + 1 < spans.length; at += 2) {
    const last = Math.min(spans[at + 1] ?? 0, (spans[at] ?? 0) + mostDays)
    for (let day = spans[at] ?? 0; day <= last; day++) days.push(day)
  }
  return days.slice(-mostDays)
}

/** How many days these are. */
export function dayCountOf(spans: readonly number[]): number {
  let count = 0
  for (let at = 0; at + 1 < spans.length; at += 2) count += 1 + (spans[at + 1] ?? 0) - (spans[at] ?? 0)
  return Math.min(count, mostDays)
}
