import { formatInstant, type Instant } from '../model/time.ts'
import { actorJson } from './actor-json.ts'
import type { InventoryItem } from './result.ts'

/** The form of an inventory's entry, which `tasktrail diff` reads again. */
export const inventorySchema = 'tasktrail.inventory/1'

const timeOf = (at: Instant | null): string | null => at && formatInstant(at)

export function inventoryJson({ entry, definitionHash, looseHash }: InventoryItem, inputs: readonly string[]): object {
  return {
    schema: inventorySchema,
    host: entry.host,
    path: entry.path,
    knownFrom: entry.knownFrom,
    definitionHash,
    looseHash,
    actions: entry.actions,
    registryActions: entry.registryActions,
    author: entry.author,
    runsAs: entry.runsAs,
    isEnabled: entry.isEnabled,
    isHidden: entry.isHidden,
    isDeleted: entry.isDeleted,
    firstSeen: timeOf(entry.firstSeen),
    lastSeen: timeOf(entry.lastSeen),
    registered: timeOf(entry.registered),
    // of a .job file it is local time and has no zone
    lastRun: timeOf(entry.lastRun) ?? entry.lastRunLocal,
    lastResult: entry.lastResult,
    created: entry.created && {
      time: formatInstant(entry.created),
      route: entry.created.route,
      actor: actorJson(entry.created.actor),
    },
    definition: entry.definition,
    definitionProblem: entry.definitionProblem,
    sources: entry.sources.map((source) => inputs[source] ?? `input ${source}`),
  }
}
