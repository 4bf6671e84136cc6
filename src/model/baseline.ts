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

/** Days since 1970, UTC, on which something was seen for the first and for the last time. */
export interface Days {
  readonly first: number
  readonly last: number
}

export interface HostDays extends Days {
  /** `hostHash` of its name. */
  readonly host: string
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
  /** Days on which tasks were seen on it, the newest `mostDays`, ascending. */
  readonly days: readonly number[]
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

/** A baseline that can be asked. */
export interface BaselineReader extends BaselineContent {
  /** Hash of its content. */
  readonly id: string
  find(thing: Thing): ThingSeen | undefined
}

/** Hosts of a thing that are kept exactly. */
export const mostHosts = 256
/** Newest days of a host that are kept: more than evidence lasts. */
export const mostDays = 128
