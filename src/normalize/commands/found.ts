import type { TaskCommand } from '../../model/command.ts'

/**
 * What a reader of one language found, in order: a command to the Task Scheduler, or text in another language that holds
 * more. `target` is the host that a wrapper sends it to.
 */
export type Found =
  | { readonly kind: 'command'; readonly command: TaskCommand }
  | { readonly kind: 'command-line'; readonly text: string; readonly target: string | null }
  | { readonly kind: 'script'; readonly text: string; readonly target: string | null }

type Said = Partial<Omit<TaskCommand, 'tool' | 'verb'>>

/** A command with what it says; all else is null. */
export function commandOf(tool: TaskCommand['tool'], verb: TaskCommand['verb'], said: Said = {}): TaskCommand {
  return {
    tool,
    verb,
    task: said.task ?? null,
    target: said.target ?? null,
    action: said.action ?? null,
    runAs: said.runAs ?? null,
    schedule: said.schedule ?? null,
    xmlFile: said.xmlFile ?? null,
    highest: said.highest ?? false,
  }
}

const thisHost = new Set(['', '.', 'localhost', '127.0.0.1', '::1', '%computername%', '$env:computername'])

/** The other host that a name stands for; null when it is this host by another name. */
export function otherHost(name: string | null | undefined): string | null {
  if (!name) return null
  const bare = name.trim().replace(/^\\\\/, '')
  return thisHost.has(bare.toLowerCase()) ? null : bare
}

/** A doubled percent sign is how a batch file writes one. */
export function singlePercents(action: string): string {
  return action.replaceAll('%%', '%')
}

/** `program arguments`, or what there is of it. */
export function actionOf(program: string | null, args: string | null): string | null {
  if (!program) return null
  const quoted = /\s/.test(program) && args && !program.includes('"') ? `"${program}"` : program
  return args ? `${quoted} ${args}` : quoted
}
