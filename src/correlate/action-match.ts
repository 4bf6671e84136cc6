import { imageName, splitProgram } from '../model/command-line.ts'
import type { TaskDefinition } from '../model/definition.ts'

/** What these variables stand for in the SYSTEM account on an ordinary installation. */
const fixedVariables: Readonly<Record<string, string>> = {
  windir: 'c:\\windows',
  systemroot: 'c:\\windows',
  systemdrive: 'c:',
  programfiles: 'c:\\program files',
  'programfiles(x86)': 'c:\\program files (x86)',
  programw6432: 'c:\\program files',
  programdata: 'c:\\programdata',
  allusersprofile: 'c:\\programdata',
  public: 'c:\\users\\public',
  comspec: 'c:\\windows\\system32\\cmd.exe',
}

/** Lower case, without quotes, single spaces: what the scheduler starts differs from what the task says in just these. */
const normal = (text: string): string => text.toLowerCase().replaceAll('"', '').replace(/\s+/g, ' ').trim()

/** An action as one normalised command line, cut where a variable stands whose value only the user's session knows. */
function pattern(action: string): string[] {
  const parts: string[] = ['']
  let rest = normal(action)
  for (;;) {
    const open = rest.indexOf('%')
    const close = open < 0 ? -1 : rest.indexOf('%', open + 1)
    if (close < 0) break
    const value = fixedVariables[rest.slice(open + 1, close)]
    parts[parts.length - 1] += rest.slice(0, open) + (value ?? '')
    if (value === undefined) parts.push('')
    rest = rest.slice(close + 1)
  }
  parts[parts.length - 1] += rest
  return parts
}

function matchesWhole(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? ''
  const last = parts[parts.length - 1] ?? ''
  if (parts.length === 1) return text === first
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  let from = first.length
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from)
    if (at < 0) return false
    from = at + part.length
  }
  return from <= text.length - last.length
}

/** Opened by another program, so that the action's text is only the tail of the command line. */
const isDocument = (program: string): boolean =>
  !/\.(?:exe|com|scr|pif)$/.test(program) && /\.[a-z0-9]{1,5}$/.test(program)

/** The command lines that a task's Exec actions stand for. */
export function execActions(definition: TaskDefinition | null): string[] {
  if (!definition) return []
  return definition.actions.flatMap((a) =>
    a.kind === 'exec' ? [a.arguments ? `${a.command} ${a.arguments}` : a.command] : [],
  )
}

/**
 * Whether a process that the scheduler started is this action: `whole` when the command lines agree,
 * `image` when only the program does because the record has no command line.
 */
export function matchesAction(
  action: string,
  process: { image: string; commandLine: string | null },
): 'whole' | 'image' | undefined {
  const parts = pattern(action)
  const { program } = splitProgram(action)
  if (process.commandLine === null) {
    const wanted = imageName(program)
    const withExtension = wanted.includes('.') ? wanted : `${wanted}.exe`
    return withExtension === imageName(process.image) ? 'image' : undefined
  }
  const text = normal(process.commandLine)
  if (matchesWhole(parts, text)) return 'whole'
  if (isDocument(program.toLowerCase()) && parts.length === 1 && parts[0] !== '' && text.endsWith(` ${parts[0]}`))
    return 'whole'
  // An unqualified program that the system resolved, or one named by its full path only here: the arguments must agree.
  const own = splitProgram(process.commandLine)
  if (program.includes('\\') && own.program.includes('\\')) return undefined
  const restOfAction = normal(action).slice(normal(program).length).trim()
  if (restOfAction.includes('%')) return undefined
  return imageName(program) === imageName(own.program) && restOfAction === normal(own.rest) ? 'whole' : undefined
}
