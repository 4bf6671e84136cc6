import type { LogCountsJson } from '../../coverage/index.ts'
import type { Fact } from '../../model/fact.ts'
import type { ClockState, ClockStep } from '../clock-steps.ts'
import type { WrittenPass } from '../host-pass.ts'
import type { WrittenRecords } from './known-records.ts'

/** A fact as it was kept. */
export interface TailFact {
  readonly fact: Fact
  /** The entry of the log that brought it. */
  readonly entry: number
  /** Of a record without an id the hash of its content; else 0. */
  readonly hash: number
}

/** A shard as its facts up to a time have left it: plain values, fit for JSON. */
export interface ShardBase {
  readonly version: number
  /** All facts up to this time that entries of the log up to `entry` brought are in it. What comes later of this time is too late. */
  readonly time: number
  readonly entry: number
  /** Of those entries, facts dated later than this were given up; null: none. */
  readonly until: number | null
  /** How far back the facts reached that were kept to be put in order, in milliseconds, where they had become too many; null: a day and more. */
  readonly reach: number | null
  /** As records name the hosts. */
  readonly names: readonly string[]
  readonly hosts: readonly WrittenHost[]
  readonly known: WrittenRecords
  /** All records of those entries, by source. */
  readonly counts: readonly { readonly source: number; readonly counts: LogCountsJson }[]
  /** By which the counts of the newest of those entries are known when they are sent again. */
  readonly counted: readonly number[]
  readonly lost: Lost
}

/** One host of a base. */
export interface WrittenHost {
  readonly name: string
  readonly pass: WrittenPass
  readonly clock: ClockState
  /** When its clock was set back, as often as logs told of it. */
  readonly steps: readonly ClockStep[]
}

/** What did not go its ordinary way, in facts. */
export interface Lost {
  /** Came when others of their time had left the tail: used and marked. */
  readonly late: number
  /** As late, and so old that nobody can tell whether they had come before: not used. */
  readonly untold: number
  /** Dated far ahead of their arrival, and too many of these: not used. */
  readonly ahead: number
}

export const nothingLost: Lost = { late: 0, untold: 0, ahead: 0 }

/** The form of a base and of the light state; one of another version is refused. */
export const baseVersion = 1

/** Whether the base has this fact already, or has given it up. */
export const isInBase = ({ time, entry, until }: ShardBase, one: TailFact): boolean =>
  one.entry <= entry && (one.fact.time <= time || (until !== null && one.fact.time > until))
