import { differences } from '../model/canonical/index.ts'
import type { Chain, Change, Evidence, LaterChange } from '../model/chain.ts'
import { imageName, splitProgram } from '../model/command-line.ts'
import type { TaskDefinition } from '../model/definition.ts'
import { hostKey } from '../model/host.ts'
import { taskKey } from '../model/task-path.ts'
import { compareInstants, type Instant } from '../model/time.ts'
import { actorOf } from './actor.ts'
import { askedOtherwise } from './asked.ts'
import { claimAtJobs } from './at-jobs.ts'
import { attribute } from './attribution.ts'
import type { ChangeDraft } from './change-draft.ts'
import { circumstancesOf, clearedLogChains } from './circumstances.ts'
import { plain } from './fact-evidence.ts'
import { foldersOf, isFolder } from './folders.ts'
import type { HostState } from './host-state.ts'
import { caseId } from './identity.ts'
import type { RunDraft } from './nodes.ts'
import { finishRun } from './run-draft.ts'
import { type Era, settledRuns, type TaskState } from './task-state.ts'

/** What the host's state amounts to, ordered by time and then id. */
export function chainsOf(host: HostState): Chain[] {
  const chains: Chain[] = []
  claimAtJobs(host)
  const folders = foldersOf(host)
  for (const [key, task] of host.tasks) {
    if (isFolder(folders, key, task)) continue
    for (const era of task.eras) {
      const owner = era.change || era.runs.length > 0 ? ofEra(host, task, era) : null
      if (owner) chains.push(owner)
      for (const change of era.laterChanges) {
        chains.push({ ...ofChange(host, task.path, change, []), partOf: era.change && owner ? owner.id : null })
      }
    }
  }
  for (const change of host.loose) chains.push(ofChange(host, change.command?.task ?? null, change, []))
  chains.push(...strayChains(host), ...clearedLogChains(host))
  return chains.sort((a, b) => compareInstants(a.at, b.at) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

function ofEra(host: HostState, task: TaskState, era: Era): Chain {
  const runs = settledRuns(era)
  if (era.change) return ofChange(host, task.path, era.change, runs, era)
  const first = runs[0] as RunDraft
  return {
    ...common(host, task.path, null, runs, era),
    kind: 'chain',
    id: caseId(hostKey(host.host), taskKey(task.path), 'runs', null),
    // What a later change found there; without one, what enabling or disabling showed.
    definition: task.eras.length > 1 ? (task.eras[1]?.change?.before ?? null) : task.definition,
    definitionHash: null,
    definitionProblem: null,
    statedAction: null,
    statedRunAs: null,
    change: null,
    at: first.start,
  }
}

function ofChange(
  host: HostState,
  path: string | null,
  draft: ChangeDraft,
  runs: readonly RunDraft[],
  era?: Era,
): Chain {
  const change = finishChange(host, draft, path, era)
  return {
    ...common(host, path, draft, runs, era),
    kind: draft.kind === 'tampered' ? 'tampering' : 'chain',
    id: caseId(
      hostKey(host.host),
      path === null ? null : taskKey(path),
      `${draft.kind} ${draft.witness} ${anchorOf(draft)}`,
      draft.at,
    ),
    definition: draft.definition,
    definitionHash: null,
    definitionProblem: draft.definitionProblem,
    statedAction: draft.definition ? null : (draft.statedAction ?? draft.command?.action ?? null),
    statedRunAs: draft.definition ? null : (draft.command?.runAs ?? null),
    contradictions: askedOtherwise(draft),
    change,
    at: draft.at,
  }
}

/** Two attempts at one moment on a task without a name are told apart by the process that made them. */
const anchorOf = (draft: ChangeDraft): string =>
  draft.witness === 'command' ? String(draft.tool?.pid ?? draft.remoteClient?.pid ?? '') : ''

function finishChange(host: HostState, draft: ChangeDraft, task: string | null, era: Era | undefined): Change {
  draft.pipe =
    host.pipeUses.findLast(({ fact }) => isRemotePipe(fact.image) && isJustBefore(fact, draft.at, host))?.evidence ??
    null
  const { route, actor, confidence, because } = attribute(draft)
  return {
    ...draft.at,
    kind: draft.kind,
    outcome: draft.witness === 'command' ? 'attempted' : 'confirmed',
    target: draft.isOnOtherHost ? (draft.command?.target ?? null) : null,
    connectAs: draft.isOnOtherHost ? (draft.command?.connectAs ?? null) : null,
    route,
    actor: actorOf(actor),
    confidence,
    because,
    before: draft.before,
    byOwnRun: isByOwnRun(draft, task),
    changed: draft.kind === 'modified' ? changedParts(draft.before, draft.definition) : [],
    differences:
      draft.kind === 'modified' && draft.before && draft.definition ? differences(draft.before, draft.definition) : [],
    laterChanges: (era?.laterChanges ?? [])
      .map((later): LaterChange => ({ ...later.at, kind: later.kind, actor: actorOf(attribute(later).actor) }))
      .sort(compareInstants),
  }
}

/** Many tasks register themselves anew when they run: the process that made the change is one that the task itself started. */
function isByOwnRun({ client, tool }: ChangeDraft, path: string | null): boolean {
  const run = (client ?? tool)?.run
  return run != null && run.task !== null && path !== null && taskKey(run.task) === taskKey(path)
}

/** The System process holds the server's end of a pipe that another host opens. */
const isRemotePipe = (image: string | null): boolean => image !== null && imageName(image) === 'system'
const isJustBefore = (fact: Instant, at: Instant, host: HostState): boolean =>
  fact.time <= at.time && at.time - fact.time <= host.settings.remoteToChange

/** Which parts of two definitions differ, by the schema's names. */
function changedParts(before: TaskDefinition | null, after: TaskDefinition | null): string[] {
  if (!before || !after) return []
  const parts = ['actions', 'triggers', 'principals', 'settings', 'registrationInfo'] as const
  return parts.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
}

function common(
  host: HostState,
  path: string | null,
  draft: ChangeDraft | null,
  runs: readonly RunDraft[],
  era: Era | undefined,
): Pick<
  Chain,
  | 'host'
  | 'taskPath'
  | 'partOf'
  | 'runs'
  | 'runSummary'
  | 'circumstances'
  | 'contradictions'
  | 'blindSpots'
  | 'evidence'
> {
  const circumstances = circumstancesOf(host, path, draft, runs)
  const unlisted = runs.reduce((sum, run) => sum + run.unlisted, 0)
  const evidence = [
    ...(draft
      ? [...draft.evidence, ...(draft.origin?.evidence ?? []), ...(draft.pipe && !draft.caller ? [draft.pipe] : [])]
      : []),
    ...(draft?.client?.evidence ?? []),
    ...(draft?.sessionClient && !draft.client && !draft.tool ? draft.sessionClient.evidence : []),
    ...(era?.laterChanges.flatMap((later) => later.evidence) ?? []),
    ...runs.flatMap((run) => run.evidence),
    ...circumstances.map((c) => c.evidence),
  ]
  return {
    host: host.host,
    taskPath: path,
    partOf: null,
    runs: runs.map(finishRun).sort(compareInstants),
    runSummary:
      era?.firstRun && era.lastRun
        ? { count: era.runCount, first: era.firstRun, last: era.lastRun }
        : runs.length > 0
          ? { count: runs.length, first: (runs[0] as RunDraft).start, last: (runs[runs.length - 1] as RunDraft).start }
          : null,
    circumstances: circumstances.map((c) => c.circumstance),
    contradictions: [],
    blindSpots: unlisted > 0 ? [`${unlisted} more processes of these runs are not listed.`] : [],
    evidence: sortedEvidence(evidence),
  }
}

export function sortedEvidence(evidence: readonly Evidence[]): Evidence[] {
  return [...new Set(evidence)]
    .map(plain)
    .sort(
      (a, b) =>
        compareInstants(a, b) ||
        (a.channel < b.channel ? -1 : a.channel > b.channel ? 1 : 0) ||
        a.recordId - b.recordId ||
        a.source - b.source,
    )
}

/** Processes of the scheduler whose task is not known: one object for each image and generalised arguments. */
function strayChains(host: HostState): Chain[] {
  const groups = new Map<string, RunDraft[]>()
  for (const run of host.strays) {
    const root = run.members[0]?.node
    if (!root) continue // the scheduler's own log named its task later
    const key = `${root.image.toLowerCase()} ${generalised(splitProgram(root.commandLine ?? '').rest)}`
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups].map(([key, runs]) => ({
    ...common(host, null, null, runs, undefined),
    kind: 'chain' as const,
    id: caseId(hostKey(host.host), null, `stray ${key}`, null),
    definition: null,
    definitionHash: null,
    definitionProblem: null,
    statedAction: null,
    statedRunAs: null,
    change: null,
    at: (runs[0] as RunDraft).start,
  }))
}

/** Arguments without what differs from run to run: GUIDs, SIDs and numbers. */
function generalised(text: string): string {
  return text
    .toLowerCase()
    .replace(/\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?/g, '{guid}')
    .replace(/s-1-\d+(?:-\d+)+/g, '{sid}')
    .replace(/\d+/g, '#')
}
