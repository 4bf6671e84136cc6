import type { TaskChain } from '../model/chain.ts'
import { type ScoredChain, severities } from '../model/finding.ts'
import { hostKey } from '../model/host.ts'
import {
  type Scope,
  type ScopeChain,
  type ScopeHost,
  type Trace,
  type TraceAnswer,
  type TraceKind,
  traceKinds,
} from '../model/scope.ts'
import type { Instant } from '../model/time.ts'
import { idOf, type Traced, tracedChain, tracesOf } from './traces.ts'

/** The finding that is looked for. */
export interface ScopeSubject {
  readonly ids: readonly string[]
  readonly host: string
  readonly traced: Traced
}

export interface ScopeInput {
  readonly inputs: readonly string[]
  readonly hosts: readonly string[]
  readonly chains: readonly ScoredChain[]
}

/** The loose hash of a chain's definition, made by the engine. */
export type LooseHashOf = (chain: TaskChain) => string | null

/** Chains of one host that are named; more of them say nothing new. */
const mostChains = 20

/** Where else what a finding shows is met: on which hosts, in which chains, since when. */
export function scopeOf(subject: ScopeSubject, input: ScopeInput, looseHash: LooseHashOf): Scope {
  const traces = tracesOf(subject.traced)
  const own = hostKey(subject.host)
  const met = meetings(subject, input, new Map(traces.map((one) => [idOf(one), one])), looseHash)
  const answers = traces.map((one) => answerOf(one, met, { own, hosts: new Set(input.hosts.map(hostKey)).size }))
  const telling = new Set(answers.flatMap(({ trace, answer }) => (answer === 'elsewhere' ? [idOf(trace)] : [])))
  const byHost = new Map<string, Meeting[]>()
  for (const meeting of met) {
    const same = meeting.same.filter((one) =>
      hostKey(meeting.scored.chain.host) === own
        ? isStrong(one) || meeting.isFinding
        : telling.has(idOf(one)) && (meeting.isFinding || !isMaker(one)),
    )
    if (same.length === 0) continue
    const host = meeting.scored.chain.host
    byHost.set(host, [...(byHost.get(host) ?? []), { ...meeting, same }])
  }
  const { change } = subject.traced
  const hosts = [...byHost].sort(([a], [b]) => (a < b ? -1 : 1)).map(([host, all]) => hostOf(host, all, input.inputs))
  return {
    finding: {
      ...{ id: subject.ids[0] ?? '', host: subject.host, task: subject.traced.taskPath },
      change: change?.kind === 'cleared' ? 'log-cleared' : (change?.kind ?? null),
    },
    traces: answers,
    hits: hosts.filter(({ host }) => hostKey(host) !== own),
    own: hosts.find(({ host }) => hostKey(host) === own) ?? null,
    hosts: input.hosts.length,
  }
}

interface Meeting {
  readonly scored: ScoredChain
  readonly same: readonly Trace[]
  /** It is a finding that somebody would look at for itself (`medium` or more), or belongs to one's story. */
  readonly isFinding: boolean
}

function meetings(
  { ids, host }: ScopeSubject,
  { chains }: ScopeInput,
  wanted: ReadonlyMap<string, Trace>,
  looseHash: LooseHashOf,
): Meeting[] {
  const isOne = ({ score }: ScoredChain) => severities.indexOf(score.severity) >= severities.indexOf('medium')
  const findings = new Set(chains.filter(isOne).map(({ chain }) => chain.id))
  const met: Meeting[] = []
  for (const scored of chains) {
    const { chain } = scored
    const partOf = chain.kind === 'log-cleared' ? null : chain.partOf
    // On another host the same id would be chance; in another collection of the same host it is the finding once more.
    const isItself = [chain.id, partOf ?? '', ...chain.formerIds].some((id) => ids.includes(id))
    if (isItself && hostKey(chain.host) === hostKey(host)) continue
    const same = tracesOf(tracedChain(chain, chain.kind === 'log-cleared' ? null : looseHash(chain))).flatMap(
      (one) => wanted.get(idOf(one)) ?? [],
    )
    if (same.length === 0) continue
    met.push({ scored, same, isFinding: isOne(scored) || (partOf !== null && findings.has(partOf)) })
  }
  return met
}

const isMaker = ({ kind }: Trace): boolean => kind === 'actor' || kind === 'address'
const isStrong = ({ kind }: Trace): boolean =>
  kind !== 'task' && kind !== 'file' && !isMaker({ kind, key: '', value: '' })

/** Fewer hosts than this that show a thing without a finding do not make it ordinary. */
const leastOrdinary = { telling: 4, byName: 3 }

function answerOf(
  one: Trace,
  met: readonly Meeting[],
  { own, hosts: known }: { readonly own: string; readonly hosts: number },
): TraceAnswer {
  const found = new Set<string>()
  const all = new Set<string>()
  for (const { scored, same, isFinding } of met) {
    const host = hostKey(scored.chain.host)
    if (host === own || !same.includes(one)) continue
    all.add(host)
    if (isFinding) found.add(host)
  }
  const quiet = all.size - found.size
  const answer = (isElsewhere: boolean, isOrdinary: boolean) =>
    isElsewhere ? 'elsewhere' : isOrdinary ? 'ordinary' : 'nowhere-else'
  if (isMaker(one)) {
    // People do other things too: only what is a finding itself counts.
    return { trace: one, hosts: found.size, answer: answer(found.size > 0, quiet > 0) }
  }
  const isOrdinary = isStrong(one)
    ? quiet >= Math.max(leastOrdinary.telling, known / 2) && quiet > found.size
    : quiet >= leastOrdinary.byName && quiet > found.size
  return { trace: one, hosts: all.size, answer: answer(all.size > 0 && !isOrdinary, isOrdinary) }
}

function hostOf(host: string, all: readonly Meeting[], inputs: readonly string[]): ScopeHost {
  const times = all.map(({ scored }) => scored.chain.at).filter(({ time }) => time > 0)
  const since = times.reduce<Instant | null>((first, at) => (first === null || at.time < first.time ? at : first), null)
  const chains = [...all]
    .sort((a, b) => rank(b) - rank(a) || a.scored.chain.at.time - b.scored.chain.at.time)
    .slice(0, mostChains)
  return { host, since, same: kindsOf(all), chains: chains.map((meeting) => chainOf(meeting, inputs)) }
}

const rank = ({ scored }: Meeting): number => severities.indexOf(scored.score.severity)

/** Each kind once, the most telling first. */
function kindsOf(all: readonly Meeting[]): TraceKind[] {
  const shown = new Set(all.flatMap(({ same }) => same.map(({ kind }) => kind)))
  return traceKinds.filter((kind) => shown.has(kind))
}

function chainOf(meeting: Meeting, inputs: readonly string[]): ScopeChain {
  const { chain, score, verdict } = meeting.scored
  const sources = new Set(chain.evidence.map(({ source }) => inputs[source] ?? `input ${source}`))
  return {
    id: chain.id,
    task: chain.kind === 'log-cleared' ? null : chain.taskPath,
    at: chain.at,
    change: chain.kind === 'log-cleared' ? chain.kind : (chain.change?.kind ?? null),
    severity: score.severity,
    verdict,
    same: kindsOf([meeting]),
    sources: [...sources].sort(),
  }
}
