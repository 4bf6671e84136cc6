import type { Actor, Change } from '../../model/chain.ts'
import { imageName } from '../../model/command-line.ts'
import { counted } from '../../model/counted.ts'
import { nameOfSid } from '../../model/windows/accounts.ts'
import { addressOf } from '../forms/gist.ts'
import type { ToldChain } from '../told.ts'

/** Programs that are named before the rest is only counted. */
const namedPrograms = 4

/** A chain in one sentence, as an analyst would tell it to another. */
export function gistOf(chain: ToldChain): string {
  const sentences = [beginning(chain), ran(chain), ...chain.contradictions.map(({ says }) => says).slice(0, 1)]
  return sentences.filter((one) => one !== '').join(' ')
}

/** The programs that its runs started, each once, the deepest last: what shows windows of consoles is left out. */
export function programsOf(chain: ToldChain): string[] {
  const names = new Set<string>()
  for (const { processes } of chain.runs)
    for (const { image } of processes) {
      const name = image === null ? '' : imageName(image)
      if (name !== '' && name !== 'conhost.exe') names.add(name)
    }
  return [...names]
}

/** Windows' own accounts by their English names. */
export const accountOf = (actor: Actor | null): string | null =>
  (actor?.sid && nameOfSid(actor.sid)) ?? actor?.user ?? actor?.sid ?? null

function beginning(chain: ToldChain): string {
  const { kind, change, circumstances } = chain
  if (kind === 'log-cleared') {
    const [what] = circumstances
    const who = what ? accountOf(what.actor) : null
    return `${who ?? 'Somebody'} cleared the log ${what?.what ?? '?'}.`
  }
  if (change !== null) return changeSays(change)
  if (kind === 'hidden-task') return 'The host keeps this task from whoever lists its tasks.'
  if (kind === 'reconciliation') return ''
  return chain.taskPath === null
    ? 'The scheduler started it; for which task is not known.'
    : 'Nobody was seen making it.'
}

const did: Readonly<Record<Change['kind'], string>> = {
  created: 'made',
  modified: 'changed',
  deleted: 'deleted',
  enabled: 'enabled',
  disabled: 'disabled',
  tampered: 'tampered with',
}

const asked: Readonly<Record<Change['kind'], string>> = {
  created: 'make',
  modified: 'change',
  deleted: 'delete',
  enabled: 'enable',
  disabled: 'disable',
  tampered: 'tamper with',
}

function changeSays({ kind, outcome, target, route, actor, laterChanges }: Change): string {
  const tool = actor.process?.image ? imageName(actor.process.image) : null
  const from = addressOf(actor)
  const what = outcome === 'attempted' ? `asked to ${asked[kind]} it` : `${did[kind]} it`
  const deleted = laterChanges.some((later) => later.kind === 'deleted')
  return [
    `${accountOf(actor) ?? 'Somebody'} ${what}`,
    target === null ? '' : ` on ${target}`,
    from === null ? '' : ` from ${from}`,
    tool === null ? (route === 'unknown' ? '' : ` through ${route}`) : ` with ${tool}`,
    deleted && kind !== 'deleted' ? ', and it was deleted later.' : '.',
  ].join('')
}

function ran(chain: ToldChain): string {
  const count = chain.runSummary?.count ?? chain.runs.length
  if (count === 0) return ''
  const programs = programsOf(chain)
  const named = programs.slice(0, namedPrograms).join(', ')
  const more = programs.length > namedPrograms ? ` and ${programs.length - namedPrograms} more` : ''
  const started = programs.length === 0 ? '' : `: ${named}${more}`
  return `It ran${count === 1 ? '' : ` ${counted(count, 'time')}`}${started}.`
}
