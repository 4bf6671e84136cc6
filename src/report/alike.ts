import { createHash } from 'node:crypto'
import type { ClearedLog, TaskChain } from '../model/chain.ts'
import type { ScoredChain } from '../model/finding.ts'
import { hostKey } from '../model/host.ts'
import { itemAt } from '../model/lists.ts'

/** Chains whose stories are the same but for when, on which hosts, in which records and under which ids they happened. */
export interface Alike {
  /** The one that is told. */
  readonly first: ScoredChain
  readonly more: readonly ScoredChain[]
}

/** Puts together what is alike, each group where its first stands. */
export function alike(chains: readonly ScoredChain[]): Alike[] {
  const outlines = chains.map(outline)
  const counts = new Map<string, number>()
  for (const one of outlines) counts.set(one, (counts.get(one) ?? 0) + 1)
  const groups = Map.groupBy(chains.keys(), (place) => {
    const [own, scored] = [itemAt(outlines, place), itemAt(chains, place)]
    return counts.get(own) === 1 ? own : alikeKey(scored)
  })
  return [...groups.values()].flatMap((places) => {
    const [first, ...more] = places.map((place) => itemAt(chains, place))
    return first ? [{ first, more }] : []
  })
}

/** A part of the sameness that costs little: a chain that alone has it is like no other, and need not be told whole to know. */
function outline({ chain, score, verdict }: ScoredChain): string {
  const own =
    chain.kind === 'log-cleared'
      ? [chain.how]
      : [chain.taskPath, chain.change?.kind, chain.change?.route, chain.runs.length]
  const told = [chain.kind, ...own, verdict, score.severity, score.factors.map(({ id }) => id)]
  return withoutHost(JSON.stringify(told), chain.host)
}

/** What is told of a chain, without what is its own; hashed, for a command line is long and there are many chains. */
export function alikeKey({ chain, score, verdict }: ScoredChain): string {
  const told = {
    ...(chain.kind === 'log-cleared' ? sameLoss(chain) : sameTask(chain)),
    blindSpots: chain.blindSpots,
    verdict,
    severity: score.severity,
    factors: score.factors.map(({ id }) => id),
    evidence: [...new Set(chain.evidence.map((e) => [e.channel, e.eventId, e.artifact].join()))].sort(),
  }
  const text = withoutHost(JSON.stringify(told, withoutOwn), chain.host)
  return createHash('sha256').update(text).digest('base64')
}

/** Whoever clears one log after the other does the same each time. */
const sameLoss = ({ kind, how, by, repeated }: ClearedLog) => ({ kind, how, by, repeated })

function sameTask(chain: TaskChain) {
  const { kind, taskPath, definition, definitionProblem, statedAction, statedRunAs, payload } = chain
  const { change, runs, runSummary, circumstances, contradictions, partOf } = chain
  return {
    ...{ kind, taskPath, definition, definitionProblem, statedAction, statedRunAs, payload },
    isPart: partOf !== null,
    // The sentence names a process by its id; who made the change stands in the actor.
    change: change && { ...change, before: null, because: change.because.replaceAll(/\d+/g, '0') },
    ...{ runs, runCount: runSummary?.count, circumstances, contradictions },
  }
}

/** When something happened, and what each process, session, run or registration has anew. */
const own = new Set([
  'time',
  'ticks',
  'pid',
  'parentPid',
  'logonId',
  'instance',
  'date',
  'startBoundary',
  'endBoundary',
])

const withoutOwn = (key: string, value: unknown): unknown => (own.has(key) ? undefined : value)

/** The same without the host's own name, by which its accounts, its paths and its certificates are called. */
function withoutHost(text: string, host: string): string {
  const label = hostKey(host)
  if (!/^[\w-]{1,63}$/.test(label)) return text // no name that Windows gives a host
  // Most texts do not name it, and to make an expression for each costs more than all else here.
  if (!text.toLowerCase().includes(label)) return text
  return text.replaceAll(new RegExp(`(?<![\\w-])${label}(?![\\w-])`, 'gi'), '%host%')
}
