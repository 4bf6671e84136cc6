import type { TaskCommand } from '../../model/command.ts'
import { imageName, splitProgram } from '../../model/command-line.ts'
import type { PartialDefinition } from '../../model/partial-definition.ts'
import { readAt } from './at.ts'
import { splitArguments } from './c-runtime.ts'
import { cmdCommandLines } from './cmd.ts'
import { forfilesCommandLine } from './forfiles.ts'
import type { Found } from './found.ts'
import { scriptOfArguments } from './powershell/host.ts'
import { isModuleLog, readModuleLog } from './powershell/module-log.ts'
import { readScript } from './powershell/script.ts'
import { readSchtasks } from './schtasks.ts'
import { readWmic } from './wmic.ts'

/** What is known of a process; `originalFileName` is the name in its version resource, which a copy keeps. */
export interface StartedProcess {
  readonly image: string
  readonly originalFileName: string | null
  readonly commandLine: string | null
}

/** Windows takes 32767 characters; script blocks come joined. Longer text is read so far. */
const MAX_CHARACTERS = 1 << 20

/** `cmd /c powershell -c cmd /c …`: each level costs a pass over what is left. */
const MAX_DEPTH = 8

/** A text that asks for more has said what it is about. */
const MAX_COMMANDS = 64

/** What a text asks of the Task Scheduler, in the form in which facts have it. */
export interface Asked {
  /** The first creation, change, deletion or run of those it holds, else the first ending, else the first query. */
  readonly command: TaskCommand | null
  /** What else it makes, changes or runs. Null where there is nothing else. */
  readonly moreCommands: readonly TaskCommand[] | null
}

/** What a process asks by its command line; nothing when there is none, or when it does not speak of tasks. */
export function askedBy(process: StartedProcess): Asked {
  return asked(taskCommands(process))
}

/** All that a process asks, in order. */
export function taskCommands({ image, originalFileName, commandLine }: StartedProcess): TaskCommand[] {
  const tool = toolOf(originalFileName) ?? toolOf(imageName(image)) ?? null
  if (commandLine === null || (tool === null && image !== '')) return []
  const into = nothingFound()
  readCommandLine(commandLine.slice(0, MAX_CHARACTERS), tool, 0, null, into)
  return into.commands
}

/** What PowerShell text says of tasks. */
export interface ScriptReading extends Asked {
  /** Parts of a task that it makes and does not register: a registration elsewhere in the session may use them. */
  readonly made: PartialDefinition | null
}

/** The same for PowerShell text: a script block (4104) or the payload of a pipeline event (4103). */
export function readScriptText(text: string): ScriptReading {
  const into = nothingFound()
  followScript(text.slice(0, MAX_CHARACTERS), 0, null, into)
  return { ...asked(into.commands), made: into.made }
}

/** All that PowerShell text asks, in order. */
export function scriptCommands(text: string): TaskCommand[] {
  const into = nothingFound()
  followScript(text.slice(0, MAX_CHARACTERS), 0, null, into)
  return into.commands
}

interface Gathered {
  readonly commands: TaskCommand[]
  made: PartialDefinition | null
}

const nothingFound = (): Gathered => ({ commands: [], made: null })

type Tool = 'schtasks' | 'at' | 'cmd' | 'powershell' | 'wmic' | 'forfiles'

const toolNames: readonly (readonly [string, Tool])[] = [
  ['schtasks', 'schtasks'],
  ['sctasks', 'schtasks'], // its OriginalFileName since Windows 10
  ['at', 'at'],
  ['cmd', 'cmd'],
  ['%comspec%', 'cmd'],
  ['powershell', 'powershell'],
  ['pwsh', 'powershell'],
  ['wmic', 'wmic'],
  ['forfiles', 'forfiles'],
]
/** With each ending that such a file has, because every process is looked up here. */
const tools: ReadonlyMap<string, Tool> = new Map(
  toolNames.flatMap(([name, tool]) => ['', '.exe', '.dll'].map((ending) => [`${name}${ending}`, tool] as const)),
)

function toolOf(fileName: string | null): Tool | undefined {
  return fileName === null ? undefined : tools.get(fileName.toLowerCase())
}

function asked(commands: readonly TaskCommand[]): Asked {
  const acting = commands.find(({ verb }) => verb !== 'query' && verb !== 'end')
  const command = acting ?? commands.find(({ verb }) => verb === 'end') ?? commands[0] ?? null
  if (command === null) return { command, moreCommands: null }
  const known = new Set([sameAs(command)])
  const moreCommands = commands.filter((each) => {
    // When a deletion is reached cannot be told: what runs before it is still that task's.
    if (each.task === null || !/^(?:create|change|run)$/.test(each.verb) || known.has(sameAs(each))) return false
    known.add(sameAs(each))
    return true
  })
  return { command, moreCommands: moreCommands.length === 0 ? null : moreCommands }
}

/** Two commands for which it is the same ask the same of one task. */
const sameAs = ({ verb, task, target }: TaskCommand): string => JSON.stringify([verb, task?.toLowerCase(), target])

function readCommandLine(text: string, known: Tool | null, depth: number, target: string | null, into: Gathered): void {
  const split = splitProgram(text)
  const tool = known ?? toolOf(imageName(split.program))
  if (!tool || depth > MAX_DEPTH || into.commands.length >= MAX_COMMANDS) return
  // a process may be started without its own name in front
  const args = /^[/-]/.test(split.program) ? text : split.rest
  for (const found of foundBy(tool, args)) follow(found, depth, target, into)
}

function followScript(text: string, depth: number, target: string | null, into: Gathered): void {
  if (depth > MAX_DEPTH) return
  const all = isModuleLog(text) ? readModuleLog(text) : readScript(text)
  for (const found of all) follow(found, depth, target, into)
}

function follow(found: Found, depth: number, target: string | null, into: Gathered): void {
  if (into.commands.length >= MAX_COMMANDS) return
  if (found.kind === 'command') into.commands.push({ ...found.command, target: found.command.target ?? target })
  else if (found.kind === 'part') into.made ??= found.definition
  else if (found.kind === 'script') followScript(found.text, depth + 1, found.target ?? target, into)
  else readCommandLine(found.text, null, depth + 1, found.target ?? target, into)
}

function foundBy(tool: Tool, args: string): Found[] {
  switch (tool) {
    case 'schtasks':
      return ofCommand(readSchtasks(splitArguments(args)))
    case 'at':
      return ofCommand(readAt(splitArguments(args)))
    case 'cmd':
      return cmdCommandLines(args).map((text) => ({ kind: 'command-line', text, target: null }))
    case 'forfiles': {
      const text = forfilesCommandLine(splitArguments(args))
      return text === null ? [] : [{ kind: 'command-line', text, target: null }]
    }
    case 'powershell': {
      const text = scriptOfArguments(splitArguments(args))
      return text === null ? [] : [{ kind: 'script', text, target: null }]
    }
    case 'wmic': {
      const found = readWmic(args)
      return found ? [found] : []
    }
  }
}

function ofCommand(command: TaskCommand | null): Found[] {
  return command ? [{ kind: 'command', command }] : []
}
