import type { Instant } from '../../model/time.ts'
import type { Stage } from '../fleet/stage.ts'
import type { User } from '../host/host.ts'
import type { Random } from '../random.ts'
import type { Change } from '../truth.ts'

/** Where and when an attack takes place. */
export interface Scene {
  readonly variant: string
  readonly target: Stage
  /** The host from which the attacker reaches the target where the attack comes over the network. */
  readonly source: Stage
  /** When it begins: in office hours, somebody is at the target's and the source's desk. */
  readonly start: Instant
  /** When the telemetry ends. */
  readonly end: Instant
  /** An account that is an administrator of both hosts. */
  readonly admin: User
  readonly random: Random
  /** Says that a change of the target is the attack's. All others are benign. */
  readonly claim: (change: Change, details?: { readonly remoteSource?: string }) => void
}

/** Something an attacker does with scheduled tasks, as behaviour on a host. */
export interface Attack {
  /** As given to `--attack`, for example `schtasks-create`; a variant follows a slash. */
  readonly name: string
  /** At least one; the first is what `--attack NAME` means. */
  readonly variants: readonly string[]
  readonly technique: 'T1053.002' | 'T1053.005'
  /** What it does, in one line. */
  readonly does: string
  /** Which telemetry shows it, in one line. */
  readonly shownBy: string
  /** Plans its steps on the agendas of the hosts. Nothing has happened on them yet when this is called. */
  readonly plan: (scene: Scene) => void
}
