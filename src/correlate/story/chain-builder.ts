import type { Change, Evidence, LaterChange, TaskChain } from '../../model/chain.ts'
import { counted, grouped } from '../../model/counted.ts'
import { hostKey } from '../../model/host.ts'
import { append, itemAt } from '../../model/lists.ts'
import { taskKey } from '../../model/task-path.ts'
import { compareInstants } from '../../model/time.ts'
import { attribute } from '../attribution/index.ts'
import { askedOtherwise } from '../changes/asked.ts'
import { type AtJobs, claimedAtJobs } from '../changes/at-jobs.ts'
import { type ChangeDraft, namedBy, type Saying, type Witness, witnesses } from '../changes/change-draft.ts'
import { askedFor, clueOf } from '../changes/clue.ts'
import { sortedEvidence } from '../fact-evidence.ts'
import { shownTime, withShownTimes } from '../memory/host-clock.ts'
import { type HostMemory, tasksOf } from '../memory/host-memory.ts'
import { actorOf } from '../processes/actor.ts'
import { finishRun } from '../runs/run-draft.ts'
import { strayPrograms } from '../runs/strays.ts'
import { type CorrelateSettings, limits } from '../settings.ts'
import { isFolder } from '../tasks/folders.ts'
import { type Era, settled, type TaskState } from '../tasks/task-state.ts'
import { circumstancesOf } from './circumstances.ts'
import { compared } from './compared.ts'
import { caseId, compareChains } from './identity.ts'
import { withPayload } from './payload.ts'
import type { Story } from './story.ts'

/** What the host's memory amounts to, ordered by time and then id. The memory stays as it is. */
export function chainsOf(memory: HostMemory, settings: CorrelateSettings): TaskChain[] {
  const atJobs = claimedAtJobs(memory, settings)
  const chains = tasksOf(memory).flatMap(([key, task]) =>
    isFolder(memory, key, task) ? [] : task.eras.flatMap((_, era) => chainsOfEra(memory, task, era, atJobs)),
  )
  for (const change of memory.loose) if (!atJobs.commands.has(change)) chains.push(chainOfLoose(memory, change))
  append(chains, strayChains(memory))
  return chains.map((chain) => withShownTimes(memory, chain)).sort(compareChains)
}

/** The chain of one era of a task, if it has one, and those of the deletions and switches in it. */
export function chainsOfEra(memory: HostMemory, task: TaskState, place: number, atJobs: AtJobs): TaskChain[] {
  const era = itemAt(task.eras, place)
  const owner = era.change || era.runs.length > 0 ? ofEra(memory, task, place, atJobs) : null
  return [
    ...(owner ? [owner] : []),
    ...era.laterChanges.map((change) => chainOfLater(memory, task, era, change, atJobs)),
  ]
}

/** A deletion or a switch, which stands in the chain that owns it as well. */
export function chainOfLater(
  memory: HostMemory,
  task: TaskState,
  era: Era,
  change: ChangeDraft,
  { jobs }: AtJobs,
): TaskChain {
  const chain = ofChange(memory, { path: task.path, change, definition: change.definition, runs: [] })
  return { ...chain, partOf: era.change && idOf(memory, task.path, jobs.get(era.change) ?? era.change) }
}

/** What a command asks for without naming the task, or on another host. */
export const chainOfLoose = (memory: HostMemory, change: ChangeDraft): TaskChain =>
  ofChange(memory, { path: askedFor(change)?.task ?? null, change, definition: null, runs: [] })

function ofEra(memory: HostMemory, task: TaskState, place: number, { jobs }: AtJobs): TaskChain {
  const era = itemAt(task.eras, place)
  const shown = settled(era)
  const { runs } = shown
  const change = era.change && (jobs.get(era.change) ?? era.change)
  // What the next change found there; without one, what is in force.
  const next = task.eras[place + 1]
  const inForce = next ? (next.change?.before ?? null) : task.definition
  const story = { path: task.path, change, definition: change?.definition ?? inForce, runs }
  if (change) return ofChange(memory, { ...story, change }, shown)
  const chain: TaskChain = {
    ...common(memory, story, shown),
    kind: 'chain',
    id: caseId(hostKey(memory.host), taskKey(task.path), 'runs', null),
    formerIds: [],
    definition: inForce,
    definitionHash: null,
    definitionProblem: null,
    statedAction: null,
    statedRunAs: null,
    change: null,
    at: itemAt(runs, 0).start,
  }
  return withPayload(chain, null)
}

function ofChange(memory: HostMemory, story: Story & { readonly change: ChangeDraft }, era?: Era): TaskChain {
  const draft = story.change
  const chain: TaskChain = {
    ...common(memory, story, era),
    kind: draft.kind === 'tampered' ? 'tampering' : 'chain',
    id: idOf(memory, story.path, draft),
    formerIds: formerIds(memory, story.path, draft),
    definition: draft.definition,
    definitionHash: null,
    definitionProblem: draft.definitionProblem,
    statedAction: draft.definition ? null : (draft.statedAction ?? askedFor(draft)?.action ?? null),
    statedRunAs: draft.definition ? null : (askedFor(draft)?.runAs ?? null),
    contradictions: askedOtherwise(draft),
    change: finishChange(draft, story.path, era),
    at: draft.at,
  }
  return withPayload(chain, draft.files)
}

const idOf = (memory: HostMemory, path: string | null, draft: ChangeDraft, name: Saying = draft): string =>
  caseId(
    hostKey(memory.host),
    path === null ? null : taskKey(path),
    `${name.kind} ${name.witness} ${anchorOf(draft, name.witness)}`,
    { ...name.at, time: shownTime(memory, name.at.time) },
  )

/** The ids that the chain has where its best witnesses are missing, from the best of the others on. */
function formerIds(memory: HostMemory, path: string | null, draft: ChangeDraft): string[] {
  const ids = [idOf(memory, path, draft)]
  const gone = new Set<Witness>()
  for (const witness of witnesses) {
    gone.add(witness)
    const name = namedBy(draft.said.filter((one) => !gone.has(one.witness)))
    if (name) ids.push(idOf(memory, path, draft, name))
  }
  return [...new Set(ids)].slice(1)
}

/** Two attempts at one moment on a task without a name are told apart by the process that made them. */
const anchorOf = (draft: ChangeDraft, witness: Witness): string =>
  witness === 'command' ? String(clueOf(draft, 'command')?.node.pid ?? clueOf(draft, 'remote-client')?.pid ?? '') : ''

function finishChange(draft: ChangeDraft, task: string | null, era: Era | undefined): Change {
  const { route, actor, confidence, because } = attribute(draft)
  return {
    ...draft.at,
    kind: draft.kind,
    outcome: draft.witness === 'command' ? 'attempted' : 'confirmed',
    target: draft.isOnOtherHost ? (askedFor(draft)?.target ?? null) : null,
    connectAs: draft.isOnOtherHost ? (askedFor(draft)?.connectAs ?? null) : null,
    route,
    actor: actorOf(actor),
    confidence,
    because,
    before: draft.before,
    written: clueOf(draft, 'writer')?.written ?? [],
    command: askedFor(draft),
    byOwnRun: isByOwnRun(draft, task),
    ...(draft.kind === 'modified' && draft.before && draft.definition
      ? compared(draft.before, draft.definition)
      : { changed: [], differences: [] }),
    laterChanges: (era?.laterChanges ?? [])
      .slice(-limits.laterChanges)
      .map((later): LaterChange => ({ ...later.at, kind: later.kind, actor: actorOf(attribute(later).actor) }))
      .sort(compareInstants),
  }
}

/** Many tasks register themselves anew when they run: the process that made the change is one that the task itself started. */
function isByOwnRun(draft: ChangeDraft, path: string | null): boolean {
  const run = (clueOf(draft, 'client')?.node ?? clueOf(draft, 'command')?.node)?.run
  return run != null && run.task !== null && path !== null && taskKey(run.task) === taskKey(path)
}

function common(
  memory: HostMemory,
  story: Story,
  era: Era | undefined,
): Pick<
  TaskChain,
  | 'host'
  | 'taskPath'
  | 'partOf'
  | 'runs'
  | 'runSummary'
  | 'circumstances'
  | 'contradictions'
  | 'blindSpots'
  | 'evidence'
  | 'payload'
> {
  const { path, change: draft, runs } = story
  const circumstances = circumstancesOf(memory, story)
  const evidence = [
    ...(draft ? recordsOfChange(draft) : []),
    ...(era?.laterChanges.slice(-limits.laterChanges).flatMap(recordsOfChange) ?? []),
    ...runs.flatMap((run) => run.evidence),
    ...circumstances.told.flatMap((c) => c.evidence),
  ]
  return {
    host: memory.host,
    taskPath: path,
    partOf: null,
    runs: runs.map(finishRun).sort(compareInstants),
    runSummary: era?.firstRun && era.lastRun ? { count: era.runCount, first: era.firstRun, last: era.lastRun } : null,
    circumstances: circumstances.told.map((c) => c.circumstance),
    contradictions: [],
    payload: [],
    blindSpots: [...unlisted(story, era, circumstances.untold), ...late(evidence)],
    evidence: sortedEvidence(evidence),
  }
}

/** What shows the change, and who made it. */
const recordsOfChange = (change: ChangeDraft): Evidence[] => [...change.evidence, ...attribute(change).evidence]

/** Programs that the scheduler started for tasks that are not known. */
function strayChains(memory: HostMemory): TaskChain[] {
  return [...strayPrograms(memory)].map(([key, era]) => {
    const shown = settled(era)
    const { runs } = shown
    return {
      ...common(memory, { path: null, change: null, definition: null, runs }, shown),
      kind: 'chain' as const,
      id: caseId(hostKey(memory.host), null, `stray ${key}`, null),
      formerIds: [],
      definition: null,
      definitionHash: null,
      definitionProblem: null,
      statedAction: null,
      statedRunAs: null,
      change: null,
      at: itemAt(runs, 0).start,
    }
  })
}

/** What came late joins only what its identifiers name for certain, or what is still remembered. */
function late(evidence: readonly Evidence[]): string[] {
  const count = new Set(evidence.filter((one) => one.isLate)).size
  if (count === 0) return []
  return [
    `${grouped(count)} of these records came when later ones had been read already: what they alone would have tied may be missing.`,
  ]
}

/** What of a chain's own, and of what happened next to it, is not listed in it. */
function unlisted({ change, runs }: Story, era: Era | undefined, circumstances: number): string[] {
  const processes = runs.reduce((sum, run) => sum + run.unlisted, 0)
  const changes = era ? era.releasedChanges + Math.max(0, era.laterChanges.length - limits.laterChanges) : 0
  const sentences: [number, one: string, many: string][] = [
    [processes, 'more process of these runs is not listed.', 'more processes of these runs are not listed.'],
    [
      era?.unlistedRuns ?? 0,
      'more run, which may have started something else, is not listed.',
      'more runs, which may have started something else each, are not listed.',
    ],
    [
      changes,
      'earlier deletion or switch of this task is not listed here.',
      'earlier deletions and switches of this task are not listed here.',
    ],
    [
      circumstances,
      'more change of logs, files or the registry next to it is not listed: these are the nearest.',
      'more changes of logs, files or the registry next to it are not listed: these are the nearest.',
    ],
  ]
  const isFull = ({ evidence }: { readonly evidence: readonly Evidence[] }) => evidence.length >= limits.evidence
  const records = (change && isFull(change)) || runs.some(isFull)
  return [
    ...sentences.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many)),
    ...(records ? [`Of a change or a run no more than the first ${limits.evidence} records are named.`] : []),
  ]
}
