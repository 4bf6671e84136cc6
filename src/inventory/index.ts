import type { HostArtifacts } from '../model/artifact.ts'
import type { Evidence } from '../model/chain.ts'
import type { InventoryEntry, Reconciliation } from '../model/inventory.ts'
import type { HostContext } from './check.ts'
import { checks, hiding } from './checks/index.ts'
import { entryOf, sidesOf, type TaskSides } from './merge.ts'

export type { HostContext } from './check.ts'

export interface HostInventory {
  /** By path. */
  readonly entries: readonly InventoryEntry[]
  /** What the host keeps of its tasks besides logs, by path. */
  readonly kept: readonly KeptTask[]
  readonly reconciliations: readonly Reconciliation[]
}

/** A task as the host's artifacts alone have it, and which these are. */
export interface KeptTask {
  readonly entry: InventoryEntry
  readonly evidence: readonly Evidence[]
}

/** What a host's artifacts say that its tasks start: the service runs what the registry has, where that differs. */
export const keptActions = (artifacts: HostArtifacts): Pick<InventoryEntry, 'path' | 'actions'>[] =>
  sidesOf([], artifacts).map((sides) => {
    const { path, actions, registryActions } = entryOf('', sides)
    return { path, actions: registryActions ?? actions }
  })

/** Every task of a host from everything that speaks of it, and where the sources contradict each other. */
export function hostInventory(host: string, context: HostContext): HostInventory {
  const entries: InventoryEntry[] = []
  const kept: KeptTask[] = []
  const reconciliations: Reconciliation[] = []
  for (const sides of sidesOf(context.logged, context.artifacts)) {
    const entry = entryOf(host, sides)
    entries.push(entry)
    const evidence = evidenceOf(sides)
    if (evidence.length > 0) kept.push({ entry: entryOf(host, { ...sides, logged: null }), evidence })
    const contradictions = checks.flatMap((check) => check.find(sides, context) ?? [])
    if (contradictions.length === 0) continue
    reconciliations.push({
      kind: contradictions.some((c) => hiding.has(c.id)) ? 'hidden-task' : 'reconciliation',
      entry,
      contradictions,
      evidence,
    })
  }
  return { entries, kept, reconciliations }
}

/** Artifacts have no record: what names them is their input and, for the registry, when the key was last written. */
function evidenceOf({ file, cached, job, listed }: TaskSides): Evidence[] {
  const never = { time: 0, ticks: 0 }
  const evidence: Evidence[] = []
  const common = { eventId: 0, recordId: 0, alsoIn: [] }
  if (file) evidence.push({ ...never, ...common, source: file.source, channel: '', artifact: 'task-file' })
  if (cached)
    evidence.push({
      ...(cached.lastWritten ?? never),
      ...common,
      source: cached.source,
      channel: '',
      artifact: 'registry',
    })
  if (job) evidence.push({ ...never, ...common, source: job.source, channel: '', artifact: 'job-file' })
  if (listed) evidence.push({ ...never, ...common, source: listed.source, channel: '', artifact: 'listing' })
  return evidence
}
