import type { Evidence } from '../model/chain.ts'
import type { InventoryEntry, Reconciliation } from '../model/inventory.ts'
import type { HostContext } from './check.ts'
import { checks, hiding } from './checks/index.ts'
import { entryOf, sidesOf, type TaskSides } from './merge.ts'

export type { HostContext } from './check.ts'

export interface HostInventory {
  /** By path. */
  readonly entries: readonly InventoryEntry[]
  readonly reconciliations: readonly Reconciliation[]
}

/** Every task of a host from everything that speaks of it, and where the sources contradict each other. */
export function hostInventory(host: string, context: HostContext): HostInventory {
  const entries: InventoryEntry[] = []
  const reconciliations: Reconciliation[] = []
  for (const sides of sidesOf(context.logged, context.artifacts)) {
    const entry = entryOf(host, sides)
    entries.push(entry)
    const contradictions = checks.flatMap((check) => check.find(sides, context) ?? [])
    if (contradictions.length === 0) continue
    reconciliations.push({
      kind: contradictions.some((c) => hiding.has(c.id)) ? 'hidden-task' : 'reconciliation',
      entry,
      contradictions,
      evidence: evidenceOf(sides),
    })
  }
  return { entries, reconciliations }
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
