import type { Chain, RunProcess } from '../model/chain.ts'
import { hostKey } from '../model/host.ts'
import { isServiceAccount, isSystem } from '../model/windows/accounts.ts'

/** A chain with what the factors ask of it, worked out once. */
export interface Subject {
  readonly chain: Chain
  /** What the task starts: command lines of its Exec actions, or what a command asked for; as written. */
  readonly actions: readonly string[]
  /** Processes that the scheduler started. */
  readonly roots: readonly RunProcess[]
  /** Processes that those started. */
  readonly descendants: readonly RunProcess[]
  /** Action texts and the command lines of what ran, lower case: where suspicious words are looked for. */
  readonly texts: readonly string[]
  /** Whom the task runs as, as far as is known, lower case: an account name or a SID. */
  readonly runsAs: string | null
  /** On how many of the input's hosts a chain with the same actions was seen, and how many hosts there are. */
  readonly prevalence: { readonly hostsWithAction: number; readonly hosts: number }
}

export const isSystemAccount = (account: string | null): boolean => account !== null && isSystem(account)

/** SYSTEM, the service accounts, or the computer's own account: what Windows and its services act as. */
export function isMachineActor(chain: Chain): boolean {
  const actor = chain.change?.actor
  if (!actor) return false
  if (actor.sid !== null) return isServiceAccount(actor.sid)
  const name = (actor.user ?? '').toLowerCase()
  return isServiceAccount(name) || isComputerAccount(name, chain.host)
}

/** Anybody can call an account `helpdesk$`: only the name of the host itself counts, of which NetBIOS keeps 15 characters. */
function isComputerAccount(user: string, host: string): boolean {
  const name = user.slice(user.lastIndexOf('\\') + 1)
  return name.endsWith('$') && name.slice(0, -1) === hostKey(host).slice(0, 15)
}

export function actionsOf({ definition, statedAction }: Chain): string[] {
  const defined = (definition?.actions ?? []).flatMap((action) => {
    switch (action.kind) {
      case 'exec':
        return [action.arguments ? `${action.command} ${action.arguments}` : action.command]
      case 'com-handler':
        return [`ComHandler ${action.classId}${action.data ? ` ${action.data}` : ''}`]
      case 'send-email':
        return [`SendEmail to ${action.to ?? '?'} through ${action.server ?? '?'}`]
      case 'show-message':
        return [`ShowMessage ${action.title ?? ''}`]
      default:
        return action satisfies never
    }
  })
  return statedAction ? [...defined, statedAction] : defined
}

/** A task that was switched off or removed starts nothing: what it would have started says nothing about the change. */
const startsNothing = (chain: Chain): boolean => chain.change?.kind === 'deleted' || chain.change?.kind === 'disabled'

export function subjectOf(chain: Chain, prevalence: Subject['prevalence']): Subject {
  const actions = startsNothing(chain) ? [] : actionsOf(chain)
  const processes = chain.runs.flatMap((run) => run.processes)
  const roots = processes.filter((p) => p.depth === 0)
  const principal = chain.definition?.principals[0]
  return {
    chain,
    actions,
    roots,
    descendants: processes.filter((p) => p.depth > 0),
    texts: [
      ...new Set([...actions, ...processes.map((p) => p.commandLine ?? p.image ?? '')].map((t) => t.toLowerCase())),
    ],
    runsAs:
      (principal?.userId ?? principal?.groupId ?? chain.statedRunAs ?? roots[0]?.user ?? null)?.toLowerCase() ?? null,
    prevalence,
  }
}
