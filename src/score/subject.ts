import type { RunProcess, TaskChain } from '../model/chain.ts'
import { splitProgram } from '../model/command-line.ts'
import { hostKey } from '../model/host.ts'
import type { SettingsInForce } from '../model/settings.ts'
import { isServiceAccount, isSystem } from '../model/windows/accounts.ts'
import type { Known } from './known.ts'
import { type Launch, launchesOf } from './launch.ts'
import { isRunner } from './programs.ts'

/** A chain with what the factors ask of it, worked out once. */
export interface Subject {
  readonly chain: TaskChain
  /** What the task starts: command lines of its Exec actions, or what a command asked for; as written. */
  readonly actions: readonly string[]
  /** What the actions and the command lines of what the scheduler started come to, shells and launchers taken off. */
  readonly launches: readonly Launch[]
  /** Processes that the scheduler started. */
  readonly roots: readonly RunProcess[]
  /** Processes that those started. */
  readonly descendants: readonly RunProcess[]
  /** Whom the task runs as, as far as is known, lower case: an account name or a SID. */
  readonly runsAs: string | null
  /** How common its action is among hosts, and what this task's runs did before. */
  readonly prevalence: Known['prevalence']
  readonly past: Known['past']
  readonly beside: Known['beside']
  /** What a learned baseline says of it. */
  readonly rarity: Known['rarity']
  /** What whoever scans knows of the hosts; null: nothing. */
  readonly settings: SettingsInForce | null
}

export const isSystemAccount = (account: string | null): boolean => account !== null && isSystem(account)

/** SYSTEM, the service accounts, or the computer's own account: what Windows and its services act as. */
export function isMachineActor(chain: TaskChain): boolean {
  const actor = chain.change?.actor
  if (!actor) return false
  if (actor.sid !== null) return isServiceAccount(actor.sid)
  const name = (actor.user ?? '').toLowerCase()
  return isServiceAccount(name) || isComputerAccount(name, chain.host)
}

/** Anybody can call an account `helpdesk$`: only the name of the host itself counts, of which NetBIOS keeps 15 characters. */
export function isComputerAccount(user: string, host: string): boolean {
  const name = user.slice(user.lastIndexOf('\\') + 1)
  return name.endsWith('$') && name.slice(0, -1) === hostKey(host).slice(0, 15)
}

export function actionsOf({ definition, statedAction }: TaskChain): string[] {
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
const startsNothing = (chain: TaskChain): boolean =>
  chain.change?.kind === 'deleted' || chain.change?.kind === 'disabled'

export function subjectOf(
  chain: TaskChain,
  { prevalence, past, beside, rarity }: Known,
  settings: SettingsInForce | null = null,
): Subject {
  const actions = startsNothing(chain) ? [] : actionsOf(chain)
  const processes = chain.runs.flatMap((run) => run.processes)
  const roots = processes.filter((p) => p.depth === 0)
  return {
    chain,
    actions,
    launches: launchesIn([...actions, ...roots.flatMap((p) => p.commandLine ?? [])], roots),
    roots,
    descendants: processes.filter((p) => p.depth > 0),
    runsAs: runsAsOf(chain, roots[0]),
    prevalence,
    past,
    beside,
    rarity,
    settings,
  }
}

/** Whom a task runs as, as far as is known, lower case: an account name or a SID. */
export function runsAsOf({ definition, statedRunAs }: TaskChain, root: RunProcess | undefined): string | null {
  const principal = definition?.principals[0]
  return (principal?.userId ?? principal?.groupId ?? statedRunAs ?? root?.user ?? null)?.toLowerCase() ?? null
}

/** The task runs a script or a shell, whose steps are programs of their own. */
export function isScripted(chain: TaskChain): boolean {
  const started = [
    ...actionsOf(chain),
    ...chain.runs.flatMap((run) => run.processes.filter((p) => p.depth === 0)).map((p) => p.image ?? ''),
  ]
  return started.some((each) => isRunner(splitProgram(each).program) || /\.(?:bat|cmd|ps1|vbs|js|py|wsf)\b/i.test(each))
}

/** Each line once: what ran usually is the action, word for word. Of a root whose command line no log has, the program alone is known. */
function launchesIn(lines: readonly string[], roots: readonly RunProcess[]): Launch[] {
  const byLine = new Map<string, Launch>()
  for (const line of new Set(lines)) for (const launch of launchesOf(line)) byLine.set(launch.line, launch)
  for (const { image, commandLine } of roots) {
    if (commandLine !== null || image === null) continue
    for (const launch of launchesOf(image))
      if (!byLine.has(launch.line)) byLine.set(launch.line, { ...launch, isWhole: false })
  }
  return [...byLine.values()]
}
