import type { ShardSight } from '../../engine/live/hot-shard.ts'
import type { ScoredChain } from '../../model/finding.ts'
import type { HostRole } from '../../model/host-role.ts'
import type { Revision } from '../store/findings.ts'

/** All that is told of a shard. */
export interface ToldShard {
  readonly chains: readonly ScoredChain[]
  readonly sight: ShardSight
  readonly roles: ReadonlyMap<string, HostRole>
  readonly revision: Revision
}
