import { imageName } from '../../model/command-line.ts'
import { type ScoredChain, severities } from '../../model/finding.ts'
import type { Instant } from '../../model/time.ts'
import { alikeKey } from '../alike.ts'
import { type FactorPart, factorPart } from '../factor-parts.ts'
import { actorOf, addressOf } from '../forms/gist.ts'
import { type ToldChain, toldChain } from '../told.ts'
import type { Row } from './data.ts'
import { accountOf, gistOf, programsOf } from './gist.ts'

/** As much of an action as a list shows and a search looks through, in UTF-16 code units. */
const longestAction = 400
const longestTitle = 300
/** Programs of one chain that can be searched for. */
const mostPrograms = 24

/** The row of one chain; `alike` where it is known which others have the same story. */
export function rowOf(scored: ScoredChain, alike = alikeOf(scored)): Row {
  const chain = toldChain(scored.chain)
  const { change } = chain
  const parts = partsOf(scored)
  return {
    id: chain.id,
    kind: chain.kind,
    host: chain.host,
    title: chain.title.slice(0, longestTitle),
    gist: gistOf(chain),
    severity: severities.indexOf(scored.score.severity),
    bits: (parts[0] + parts[1] + parts[2]) / 10,
    parts: [parts[0] / 10, parts[1] / 10, parts[2] / 10],
    time: isKnown(chain.at) ? chain.at.time : null,
    end: endOf(chain),
    verdict: scored.verdict,
    change: change?.kind ?? null,
    route: change?.route ?? null,
    user: accountOf(actorOf(chain)),
    origin: addressOf(actorOf(chain)),
    target: change?.target ?? null,
    action: actionOf(chain),
    definition: chain.definitionHash,
    programs: programsOf(chain).slice(0, mostPrograms),
    hashes: hashesOf(chain),
    alike,
  }
}

/** Ordinary chains are many, and nobody looks at those that are alike together. */
const alikeOf = (scored: ScoredChain): string =>
  scored.score.severity === 'informational' ? scored.chain.id : alikeKey(scored)

/** What has no time has 0. */
const isKnown = ({ time }: Instant): boolean => time !== 0

function endOf({ at, change, runs, runSummary }: ToldChain): number | null {
  const last = [at, runs.at(-1) ?? at, runSummary?.last ?? at, change?.laterChanges.at(-1) ?? at]
  const time = last.reduce((most, one) => Math.max(most, one.time), at.time)
  return time === 0 ? null : time
}

/** In tenths. */
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
