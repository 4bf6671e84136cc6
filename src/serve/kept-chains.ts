import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { liveSettings } from '../engine/live/settings.ts'
import type { ScoredChain } from '../model/finding.ts'
import type { HostRole } from '../model/host-role.ts'
import { Evaluation } from './pipeline/evaluation.ts'
import { LiveShards } from './pipeline/live-shards.ts'
import { Pending } from './pipeline/pending.ts'
import { Ties } from './pipeline/ties.ts'
import { inFolder } from './store/folder.ts'
import { Store } from './store/store.ts'

/** Whether a folder is one of a service. */
export const isOfService = (folder: string): boolean => existsSync(join(folder, inFolder.database))

/**
 * Every chain that a service still knows, whether it runs or not, weighed by no baseline, with what its host is for: what a baseline is
 * learned from. `broken` is told of hosts whose state cannot be read.
 */
export function* chainsOfService(
  folder: string,
  broken: (host: string, reason: string) => void,
): Generator<{ readonly scored: ScoredChain; readonly role: HostRole }> {
  const store = Store.look(join(folder, inFolder.database))
  try {
    const nothing = new Pending()
    const ties = new Ties(store.intents.all())
    for (const shard of store.shards.names()) {
      // one after the other: each is of one moment, and none stays in memory
      const shards = new LiveShards(store, () => nothing, liveSettings, broken)
      const evaluation = new Evaluation(shards, ties, { choice: 'none', baselineId: 'none', settings: null })
      const told = store.database.atOnce(() => evaluation.look(shard).told.get(shard))
      for (const scored of told?.chains ?? []) yield { scored, role: told?.roles.get(scored.chain.host) ?? 'unknown' }
    }
  } finally {
    store.close()
  }
}
