import { compareChains } from '../correlate/index.ts'
import type { HostCoverage, HostLedger, HostTelemetry } from '../coverage/index.ts'
import { noLedger } from '../coverage/index.ts'
import { hostInventory } from '../inventory/index.ts'
import { type HostArtifacts, nothingCollected } from '../model/artifact.ts'
import type { ClearedLog, TaskChain } from '../model/chain.ts'
import type { InventoryEntry } from '../model/inventory.ts'
import type { LoggedTask } from '../model/logged-task.ts'
import { taskKey } from '../model/task-path.ts'
import { keptChains, withKeptDefinitions } from './kept-definitions.ts'
import { reconciliationChain } from './reconciliation-chain.ts'
import { type SeenChain, seenChain, seenLog, withHash } from './seen-chain.ts'
import { wipedLogChain } from './wiped-log-chain.ts'

/** What a host's logs told. */
export interface Logged {
  readonly chains: readonly TaskChain[]
  readonly clearedLogs: readonly ClearedLog[]
  readonly tasks: readonly LoggedTask[]
  readonly coverage: HostCoverage
}

/** What a host's logs told, held against what it keeps of its tasks. */
export function stockOf(
  host: string,
  { chains, clearedLogs, tasks, coverage }: Logged,
  artifacts: HostArtifacts = nothingCollected,
): { readonly entries: readonly InventoryEntry[]; readonly seen: SeenChain[] } {
  const audited = coverage.span('task-audit') ?? null
  const { entries, kept, reconciliations } = hostInventory(host, { logged: tasks, audited, artifacts })
  const seen: SeenChain[] = clearedLogs.map((log) => seenLog(log, coverage))
  const told = new Set<string>()
  for (const chain of withKeptDefinitions(chains, kept)) {
    seen.push(seenChain(chain, coverage))
    if (chain.taskPath !== null) told.add(taskKey(chain.taskPath))
  }
  seen.sort((a, b) => compareChains(a.chain, b.chain))
  for (const { entry } of reconciliations) told.add(taskKey(entry.path))
  for (const chain of keptChains(kept, told)) seen.push(seenChain(chain, coverage))
  for (const reconciliation of reconciliations) {
    seen.push({ chain: withHash(reconciliationChain(reconciliation)), runsAreVisible: false })
  }
  for (const log of artifacts.wipedLogs ?? []) seen.push({ chain: wipedLogChain(host, log), runsAreVisible: false })
  return { entries, seen }
}

/** What could be seen of a host: by the facts of use, by all its records, and by what was collected of it. */
export function hostTelemetry(
  host: string,
  ledger: HostLedger = noLedger,
  series: HostTelemetry['series'] = [],
  { files, cache, settings }: HostArtifacts = nothingCollected,
): HostTelemetry {
  const kept = new Set<'kept-file' | 'kept-registry'>()
  if (files !== null) kept.add('kept-file')
  if (cache !== null) kept.add('kept-registry')
  return { host, ledger, series, kept, settings }
}
