import type { TaskCommand } from '../../model/command.ts'
import { orNull, type PartialDefinition, type StatedTrigger } from '../../model/partial-definition.ts'
import { isNameOfItself } from '../../model/windows/this-host.ts'

/**
 * What a reader of one language found, in order: a command to the Task Scheduler, or text in another language that holds
 * more. `target` is the host that a wrapper sends it to.
 */
export type Found =
  | { readonly kind: 'command'; readonly command: TaskCommand }
  | { readonly kind: 'command-line'; readonly text: string; readonly target: string | null }
  | { readonly kind: 'script'; readonly text: string; readonly target: string | null }
  /** Parts of a task that were made and not yet registered. */
  | { readonly kind: 'part'; readonly definition: PartialDefinition }

type Said = Partial<Pick<TaskCommand, 'task' | 'target' | 'schedule' | 'xmlFile' | 'connectAs' | 'definition'>>

/** A command with what it says; all else is null. The short form comes from the definition. */
export function commandOf(tool: TaskCommand['tool'], verb: TaskCommand['verb'], said: Said = {}): TaskCommand {
  const definition = said.definition ? orNull(said.definition) : null
  return {
    tool,
    verb,
    task: said.task ?? null,
    target: said.target ?? null,
    action: actionLine(definition),
    runAs: definition?.principal?.account ?? null,
    schedule: said.schedule ?? scheduleWord(definition?.triggers?.[0]),
    xmlFile: said.xmlFile ?? null,
    highest: definition?.principal?.runLevel === 'HighestAvailable',
    connectAs: said.connectAs ?? null,
    definition,
  }
}

function actionLine(definition: PartialDefinition | null): string | null {
  for (const action of definition?.actions ?? []) if (action.kind === 'exec') return action.commandLine
  return null
}

/** The word that schtasks has for it. */
function scheduleWord(trigger: StatedTrigger | undefined): string | null {
  switch (trigger?.kind) {
    case 'boot':
      return 'ONSTART'
    case 'logon':
      return 'ONLOGON'
    case 'idle':
      return 'ONIDLE'
    case 'event':
      return 'ONEVENT'
    case 'time':
      return 'ONCE'
    case 'calendar':
      if (trigger.schedule?.by === 'day') return 'DAILY'
      return trigger.schedule?.by === 'week' ? 'WEEKLY' : 'MONTHLY'
    default:
      return null
  }
}

/** The other host that a name stands for; null when it is this host by another name. */
export function otherHost(name: string | null | undefined): string | null {
  if (!name) return null
  return isNameOfItself(name) ? null : name.trim().replace(/^\\\\/, '')
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

/** The list of one action that a command line is; null for none. */
export function execOf(
  commandLine: string | null,
  workingDirectory: string | null = null,
): PartialDefinition['actions'] {
  return commandLine === null || commandLine === ''
    ? null
    : [{ kind: 'exec', commandLine: singlePercents(commandLine), workingDirectory }]
}

/** Parts that nothing has registered so far; null when there are none. */
export function unregistered(definition: PartialDefinition): Found | null {
  return orNull(definition) && { kind: 'part', definition }
}
