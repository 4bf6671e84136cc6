import { imageName } from '../../model/command-line.ts'
import { type ScoredChain, severities } from '../../model/finding.ts'
import type { Instant } from '../../model/time.ts'
import { alike } from '../alike.ts'
import { type FactorPart, factorPart } from '../factor-parts.ts'
import { actorOf, addressOf } from '../forms/gist.ts'
import { type ToldChain, toldChain } from '../told.ts'
import type { PageIndex } from './data.ts'
import { accountOf, gistOf, programsOf } from './gist.ts'

/** As much of an action as a list shows and a search looks through, in UTF-16 code units. */
const longestAction = 400
const longestTitle = 300
/** Programs of one chain that can be searched for. */
const mostPrograms = 24

/** Texts by their numbers. */
class Texts {
  readonly list: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(text: string | null | undefined): number {
    if (text === null || text === undefined || text === '') return -1
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    this.#numbers.set(text, this.list.length)
    return this.list.push(text) - 1
  }
}

export function pageIndex(scored: readonly ScoredChain[]): PageIndex {
  const chains = scored.map((one) => ({ ...one, chain: toldChain(one.chain) }))
  const texts = new Texts()
  const textOf = (say: (chain: ToldChain) => string | null | undefined) =>
    chains.map(({ chain }) => texts.numberOf(say(chain)))
  const numbers = new Map(scored.map((one, number) => [one, number]))
  const groups = chains.map((_, number) => number)
  for (const { first, more } of alike(scored))
    for (const other of more) groups[numbers.get(other) ?? 0] = numbers.get(first) ?? 0
  return {
    ids: chains.map(({ chain }) => chain.id),
    kinds: textOf(({ kind }) => kind),
    hosts: textOf(({ host }) => host),
    titles: textOf((chain) => chain.title.slice(0, longestTitle)),
    gists: textOf(gistOf),
    severities: chains.map(({ score }) => severities.indexOf(score.severity)),
    bits: scored.map(partsOf),
    times: chains.map(({ chain }) => (isKnown(chain.at) ? chain.at.time : null)),
    ends: chains.map(({ chain }) => endOf(chain)),
    verdicts: chains.map(({ verdict }) => texts.numberOf(verdict)),
    changes: textOf(({ change }) => change?.kind),
    routes: textOf(({ change }) => change?.route),
    users: textOf((chain) => accountOf(actorOf(chain))),
    origins: textOf((chain) => addressOf(actorOf(chain))),
    targets: textOf(({ change }) => change?.target),
    actions: textOf(actionOf),
    definitions: textOf(({ definitionHash }) => definitionHash),
    programs: chains.map(({ chain }) =>
      programsOf(chain)
        .slice(0, mostPrograms)
        .map((name) => texts.numberOf(name)),
    ),
    hashes: chains.map(({ chain }) => hashesOf(chain).map((hash) => texts.numberOf(hash))),
    alike: groups,
    texts: texts.list,
  }
}

/** On how many hosts runs of tasks started a program, by its name, of all chains: how rare a process is here. */
export function hostsOfPrograms(chains: readonly ScoredChain[]): Record<string, number> {
  const hosts = new Map<string, Set<string>>()
  for (const { chain } of chains)
    for (const { processes } of toldChain(chain).runs)
      for (const { image } of processes) {
        if (image === null) continue
        const name = imageName(image)
        const known = hosts.get(name)
        if (known) known.add(chain.host)
        else hosts.set(name, new Set([chain.host]))
      }
  return Object.fromEntries([...hosts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { size }]) => [name, size]))
}

/** What has no time has 0. */
const isKnown = ({ time }: Instant): boolean => time !== 0

function endOf({ at, change, runs, runSummary }: ToldChain): number | null {
  const last = [at, runs.at(-1) ?? at, runSummary?.last ?? at, change?.laterChanges.at(-1) ?? at]
  const time = last.reduce((most, one) => Math.max(most, one.time), at.time)
  return time === 0 ? null : time
}

function partsOf({ score }: ScoredChain): readonly [number, number, number] {
  const sum: Record<FactorPart, number> = { change: 0, ran: 0, around: 0 }
  for (const { id, bits } of score.factors) sum[factorPart(id)] += Math.round(bits * 10)
  return [sum.change, sum.ran, sum.around]
}

function actionOf({ definition, statedAction }: ToldChain): string | null {
  const [action] = definition?.actions ?? []
  if (action === undefined) return statedAction?.slice(0, longestAction) ?? null
  if (action.kind === 'exec')
    return `${action.command}${action.arguments === null ? '' : ` ${action.arguments}`}`.slice(0, longestAction)
  return action.kind === 'com-handler' ? action.classId : action.kind
}

function hashesOf({ payload, runs }: ToldChain): string[] {
  const hashes = new Set<string>()
  const put = (
    file: { readonly sha256: string | null; readonly sha1: string | null; readonly md5: string | null } | null,
  ) => {
    const hash = file?.sha256 ?? file?.sha1 ?? file?.md5 ?? null
    if (hash !== null) hashes.add(hash)
  }
  for (const { file } of payload) put(file)
  for (const { processes } of runs) for (const { file } of processes) put(file)
  return [...hashes].slice(0, mostPrograms)
}
