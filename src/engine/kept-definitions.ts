import { caseId } from '../correlate/index.ts'
import type { KeptTask } from '../inventory/index.ts'
import type { Contradiction, Evidence, Run, TaskChain } from '../model/chain.ts'
import { hostKey } from '../model/host.ts'
import type { InventoryEntry } from '../model/inventory.ts'
import { payloadOf } from '../model/payload.ts'
import { taskKey } from '../model/task-path.ts'
import type { Instant } from '../model/time.ts'
import { matchesInbox } from '../model/windows/inbox/index.ts'

/** What a task is to run, as whom, in the form in which a chain has it. */
function toldBy(
  entry: InventoryEntry,
  runs: readonly Run[] = [],
): Pick<TaskChain, 'definition' | 'statedAction' | 'statedRunAs' | 'payload'> {
  const { definition } = entry
  const told = entry.registryActions ?? (definition === null ? entry.actions : [])
  const exec = told.find(({ kind }) => kind === 'exec')
  const statedAction = exec?.kind === 'exec' ? `${exec.command} ${exec.arguments ?? ''}`.trim() : null
  const processes = runs.flatMap((run) => run.processes)
  return {
    definition,
    statedAction,
    statedRunAs: definition === null ? entry.runsAs : null,
    payload: payloadOf({ definition, statedAction }, processes, () => null),
  }
}

/**
 * Chains of one host with the definitions that its artifacts have, where no log carried one that was read whole: a creation that has
 * rolled over is the ordinary case. An artifact shows how a task was last, so that it tells of the last chain of its task alone, and of
 * none of a task that was deleted then.
 */
export function withKeptDefinitions(chains: readonly TaskChain[], kept: readonly KeptTask[]): readonly TaskChain[] {
  if (kept.length === 0) return chains
  const byKey = new Map(kept.map((task) => [taskKey(task.entry.path), task]))
  const last = new Map<string, TaskChain>()
  for (const chain of chains) {
    if (chain.taskPath === null || chain.partOf !== null || chain.change?.target != null) continue
    const key = taskKey(chain.taskPath)
    if (endsDeleted(chain)) last.delete(key)
    else if (ownsRuns(chain) || !last.has(key)) last.set(key, chain)
  }
  const owner = new Map([...last].map(([key, chain]) => [chain, byKey.get(key)]))
  return chains.map((chain) => {
    const own = owner.get(chain)
    return own && !isToldWhole(chain) ? withKept(chain, own) : chain
  })
}

const ownsRuns = ({ change }: TaskChain): boolean => change?.kind !== 'enabled' && change?.kind !== 'disabled'

const endsDeleted = ({ change }: TaskChain): boolean =>
  change !== null && (change.laterChanges.at(-1)?.kind ?? change.kind) === 'deleted'

const isToldWhole = ({ definition, definitionProblem }: TaskChain): boolean =>
  definition !== null && definitionProblem === null

function withKept(chain: TaskChain, { entry, evidence }: KeptTask): TaskChain {
  const { definition, statedAction, statedRunAs, payload } = toldBy(entry, chain.runs)
  if (definition === null && statedAction === null) {
    return { ...chain, definitionProblem: chain.definitionProblem ?? entry.definitionProblem }
  }
  // what a log carried in part says more of that time than what the registry keeps in part
  const isBetter = definition !== null && (chain.definition === null || entry.definitionProblem === null)
  return {
    ...chain,
    definition: isBetter ? definition : chain.definition,
    definitionProblem: isBetter ? entry.definitionProblem : chain.definitionProblem,
    statedAction: statedAction ?? (definition === null ? chain.statedAction : null),
    statedRunAs: statedRunAs ?? (definition === null ? chain.statedRunAs : null),
    payload,
    blindSpots: [...chain.blindSpots, asCollected],
    evidence: [...chain.evidence, ...evidence],
  }
}

const asCollected = 'What it is to run is told as it was when it was collected: what it was before is not known.'

/**
 * Chains of the tasks that a host has and that no log and no contradiction speaks of, so that what they are to run is weighed, too. Those
 * that are what Windows itself has at their place are left out: a host has some two hundred of them; so are those of which a list tells
 * no more than that they are there.
 */
export function keptChains(kept: readonly KeptTask[], told: ReadonlySet<string>): TaskChain[] {
  return kept
    .filter(
      ({ entry }) =>
        tellsMore(entry) && !told.has(taskKey(entry.path)) && matchesInbox(entry.path, entry.actions) !== 'same',
    )
    .map(({ entry, evidence }) => chainOfKept(entry, { kind: 'chain', anchor: 'runs', at: entry.registered, evidence }))
}

/** The chain of a task of which no log speaks, as its host keeps it. `anchor`: what makes it one, for its id. */
export function chainOfKept(
  entry: InventoryEntry,
  of: {
    readonly kind: TaskChain['kind']
    readonly anchor: string
    readonly at: Instant | null
    readonly contradictions?: readonly Contradiction[]
    readonly evidence: readonly Evidence[]
  },
): TaskChain {
  return {
    kind: of.kind,
    id: caseId(hostKey(entry.host), taskKey(entry.path), of.anchor, null),
    host: entry.host,
    taskPath: entry.path,
    formerIds: [],
    partOf: null,
    definitionHash: null,
    definitionProblem: entry.definitionProblem,
    ...toldBy(entry),
    change: null,
    runs: [],
    runSummary: null,
    circumstances: [],
    contradictions: of.contradictions ?? [],
    blindSpots: [],
    evidence: of.evidence,
    at: of.at ?? { time: 0, ticks: 0 },
  }
}

/** Whether anything is known of what the task is to run, or why not. */
const tellsMore = ({ definition, definitionProblem, actions, knownFrom }: InventoryEntry): boolean =>
  definition !== null ||
  definitionProblem !== null ||
  actions.length > 0 ||
  knownFrom.some((from) => from !== 'listing')
