import type { Actor, Chain, Circumstance, ClearedLog, TaskChain } from '../model/chain.ts'
import type { ScoredChain } from '../model/finding.ts'
import { titleOf } from './title.ts'

/** What is told beside or instead of a change: a circumstance, or that a log was lost. */
export interface ToldCircumstance extends Omit<Circumstance, 'kind'> {
  readonly kind: Circumstance['kind'] | `log-${ClearedLog['how']}`
}

/** A chain in the one shape of the forms that have the same fields for all. */
export interface ToldChain extends Omit<TaskChain, 'kind' | 'circumstances'> {
  readonly kind: Chain['kind']
  readonly title: string
  readonly circumstances: readonly ToldCircumstance[]
}

export interface ToldFinding extends Omit<ScoredChain, 'chain'> {
  readonly chain: ToldChain
}

/** A finding in the one shape: of a lost log what is of tasks stays empty, and its loss is what is told. */
export const toldOf = (scored: ScoredChain): ToldFinding => ({ ...scored, chain: toldChain(scored.chain) })

export const toldChain = (chain: Chain): ToldChain =>
  chain.kind === 'log-cleared'
    ? { ...chain, ...noTask, title: titleOf(chain), circumstances: [lossOf(chain)] }
    : { ...chain, title: titleOf(chain) }

const noTask = {
  taskPath: null,
  partOf: null,
  definition: null,
  definitionHash: null,
  definitionProblem: null,
  statedAction: null,
  statedRunAs: null,
  payload: [],
  change: null,
  runs: [],
  runSummary: null,
  contradictions: [],
}

const nobody: Actor = { user: null, sid: null, logonId: null, process: null, remote: null }

/** That a log was lost, in the form in which it is told beside a change. */
export const lossOf = ({ at, log, how, by, repeated }: ClearedLog): ToldCircumstance => ({
  ...at,
  kind: `log-${how}`,
  what: log,
  actor: by ?? nobody,
  ...(repeated ? { repeated } : {}),
})
