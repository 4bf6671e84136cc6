import type { CachedTask, FiledTask, HostArtifacts, JobTask, ListedTask } from '../model/artifact.ts'
import type { InventoryEntry, Origin } from '../model/inventory.ts'
import type { LoggedTask } from '../model/logged-task.ts'
import { taskKey } from '../model/task-path.ts'
import { compareInstants, type Instant } from '../model/time.ts'
import { swappedActions } from './swapped-actions.ts'

/** Everything that is known of one task, side by side. */
export interface TaskSides {
  readonly path: string
  readonly logged: LoggedTask | null
  readonly file: FiledTask | null
  readonly cached: CachedTask | null
  readonly job: JobTask | null
  readonly listed: ListedTask | null
}

/** Puts together what logs, files, registry and .job files say of each task, by path. */
export function sidesOf(logged: readonly LoggedTask[], artifacts: HostArtifacts): TaskSides[] {
  const sides = new Map<string, { -readonly [K in keyof TaskSides]: TaskSides[K] }>()
  const of = (path: string) => {
    const key = taskKey(path)
    let side = sides.get(key)
    if (!side) {
      side = { path, logged: null, file: null, cached: null, job: null, listed: null }
      sides.set(key, side)
    }
    return side
  }
  // The file's spelling is the task's own; logs write it as somebody typed it.
  for (const file of artifacts.files ?? []) of(file.path).file ??= file
  for (const cached of artifacts.cache ?? []) of(cached.path).cached ??= cached
  for (const job of artifacts.jobs ?? []) of(job.path).job ??= job
  for (const task of artifacts.listed ?? []) {
    const side = of(task.path)
    side.listed = side.listed ? bothListed(side.listed, task) : task
  }
  for (const task of logged) of(task.path).logged ??= task
  return [...sides].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, side]) => side)
}

export function entryOf(host: string, sides: TaskSides): InventoryEntry {
  const { logged, file, cached, job, listed } = sides
  const told = file?.definition ?? logged?.definition
  const given = told ?? listed?.definition ?? job?.definition ?? null
  const definition = given ?? cached?.definition ?? null
  const known: readonly (readonly [Origin, unknown])[] = [
    ['log', logged],
    ['file', file],
    ['registry', cached],
    ['job', job],
    ['listing', listed],
  ]
  const principal = definition?.principals[0]
  return {
    host,
    path: sides.path,
    knownFrom: known.filter(([, side]) => side !== null).map(([origin]) => origin),
    definition,
    definitionProblem:
      file?.problem ?? (told ? null : (listed?.problem ?? (given === null && definition !== null ? ofRegistry : null))),
    // the service runs what the registry has, whatever an old .job file says
    actions: told?.actions ?? cached?.actions ?? listed?.actions ?? definition?.actions ?? [],
    registryActions: swappedActions(sides),
    author: definition?.registrationInfo.author ?? cached?.author ?? listed?.author ?? null,
    runsAs: principal?.userId ?? principal?.groupId ?? cached?.runsAs ?? listed?.runsAs ?? null,
    isEnabled: definition?.settings.enabled ?? cached?.isEnabled ?? listed?.isEnabled ?? null,
    isHidden: definition?.settings.hidden ?? cached?.isHidden ?? listed?.isHidden ?? null,
    isDeleted: logged?.isDeleted === true && file === null && cached === null && job === null && listed === null,
    firstSeen: logged?.firstSeen ?? null,
    lastSeen: logged?.lastSeen ?? null,
    registered: cached?.registered ?? null,
    lastRun: later(later(logged?.lastRun ?? null, cached?.lastRun ?? null), listed?.lastRun ?? null),
    lastRunLocal:
      logged?.lastRun || cached?.lastRun || listed?.lastRun ? null : (job?.lastRun ?? listed?.lastRunLocal ?? null),
    lastResult: logged?.lastResult ?? cached?.lastResult ?? job?.lastResult ?? listed?.lastResult ?? null,
    created: logged?.created ?? null,
    sources: [
      ...new Set([file?.source, cached?.source, job?.source, listed?.source].filter((s) => s !== undefined)),
    ].sort((a, b) => a - b),
  }
}

/** Its canonical form would tell settings that nobody has set. */
const ofRegistry = 'it is the registry’s, which does not keep every setting'

function later(a: Instant | null, b: Instant | null): Instant | null {
  if (!a || !b) return a ?? b
  return compareInstants(a, b) >= 0 ? a : b
}

/** What the second list tells beyond the first. */
function bothListed(first: ListedTask, second: ListedTask): ListedTask {
  const known = Object.entries(first).filter(([, value]) => value !== null)
  return { ...second, ...Object.fromEntries(known) }
}
