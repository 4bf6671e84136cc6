import { describeAction, principalOf } from '../../model/canonical/index.ts'
import type { Actor, RunProcess, TaskChain } from '../../model/chain.ts'
import { counted } from '../../model/counted.ts'
import { excerpt } from '../../model/cut-text.ts'
import type { ToldChain, ToldFinding } from '../told.ts'

// What every form says of a chain, said once: raw text of the input, which each form makes safe in its own way.

/** What the task is to run, as command lines. */
export const plannedOf = ({ definition, statedAction }: ToldChain): string[] => [
  ...(definition?.actions ?? []).map(describeAction),
  ...(statedAction === null ? [] : [statedAction]),
]

/** Whom the task runs as, as the definition or a command says. */
export const runsAsOf = ({ definition, statedRunAs }: ToldChain): string | null => accountOf(definition) ?? statedRunAs

function accountOf(definition: TaskChain['definition']): string | null {
  const principal = definition ? principalOf(definition) : undefined
  return principal?.userId ?? principal?.groupId ?? null
}

/** Every process of every run. */
export const processesOf = ({ runs }: ToldChain): RunProcess[] => runs.flatMap(({ processes }) => processes)

/** Who made the change, else who cleared the log, else who asked for the run. */
export const actorOf = (chain: ToldChain): Actor | null =>
  chain.change?.actor ??
  (chain.kind === 'log-cleared' ? chain.circumstances[0]?.actor : undefined) ??
  chain.runs.find(({ requestedBy }) => requestedBy !== null)?.requestedBy ??
  null

export const addressOf = (actor: Actor | null): string | null => actor?.remote?.address ?? actor?.remote?.host ?? null

/** `DOMAIN\name` in its two parts; what has no domain is all name. */
export function accountParts(user: string): { readonly domain: string | null; readonly name: string } {
  const cut = user.indexOf('\\')
  return cut < 0 ? { domain: null, name: user } : { domain: user.slice(0, cut), name: user.slice(cut + 1) }
}

export const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1)

/** As much of a text as is repeated where the whole stands elsewhere in the same form, in UTF-16 code units. */
const longestBrief = 1_000

export const brief = (text: string): string => excerpt(text, longestBrief)

/** Who did what to which task on which host, and what it ran, in one sentence. */
export function sentenceOf(scored: ToldFinding): string {
  const { chain } = scored
  const where = ` on ${chain.host === '' ? 'a host without a name' : chain.host}`
  const actor = actorOf(chain)
  const who = actor?.user ?? actor?.sid ?? 'somebody'
  const from = addressOf(actor)
  const by = `${who}${from === null ? '' : ` from ${from}`}`
  if (chain.kind === 'log-cleared') return `${chain.title}${where} by ${by}`
  const { change } = chain
  const through = change && change.route !== 'unknown' ? ` through ${change.route}` : ''
  const tried = change?.outcome === 'attempted' ? 'tried to have it ' : ''
  const made = change
    ? `${by}: ${tried}${change.kind} ${chain.title}${where}${through}`
    : `${chain.title}${where}; nobody was seen making it`
  return `${made}; ${ranText(scored)}`
}

function ranText({ chain, verdict }: ToldFinding): string {
  const processes = processesOf(chain)
  const root = processes.find(({ depth }) => depth === 0)
  if (root !== undefined) {
    const more = processes.length - 1
    const below = more > 0 ? ` and ${counted(more, 'more process', 'more processes')}` : ''
    return `it ran ${brief(root.commandLine ?? root.image ?? '?')}${below}`
  }
  if (chain.runs.length > 0) return 'it ran, and no process is known'
  return verdict === 'run-not-visible' ? 'a run could not have been seen' : 'no run was seen'
}
