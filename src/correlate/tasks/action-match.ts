import { canonicalPath } from '../../model/canonical/path-text.ts'
import { imageName, splitProgram } from '../../model/command-line.ts'
import type { TaskDefinition } from '../../model/definition.ts'
import { machineVariables } from '../../model/windows/folders.ts'

/** Lower case, without quotes, single spaces: what the scheduler starts differs from what the task says in just these. */
const normal = (text: string): string => text.toLowerCase().replaceAll('"', '').replace(/\s+/g, ' ').trim()

/** An action, made ready to be held against many processes. */
export interface ActionPattern {
  /** The normalised command line, cut where a variable stands that only the user's session knows. */
  readonly parts: readonly string[]
  /** The program's name with its extension, for records without a command line. */
  readonly image: string
  readonly hasPath: boolean
  /** The program's path in its canonical form; null for a bare name, and where a variable stands that nobody knows. */
  readonly path: string | null
  /** Opened by another program, so that the action's text is only the tail of the command line. */
  readonly isDocument: boolean
  /** What follows the program; null when a variable is in it. */
  readonly rest: string | null
}

export function actionPattern(action: string): ActionPattern {
  const { program, rest } = splitProgram(action)
  const name = imageName(program)
  const lower = program.toLowerCase()
  const arguments_ = normal(rest)
  return {
    parts: partsOf(action),
    image: name.includes('.') ? name : `${name}.exe`,
    hasPath: program.includes('\\'),
    path: program.includes('\\') ? knownPath(program) : null,
    isDocument: !/\.(?:exe|com|scr|pif)$/.test(lower) && /\.[a-z0-9]{1,5}$/.test(lower),
    rest: arguments_.includes('%') ? null : arguments_,
  }
}

function knownPath(program: string): string | null {
  const path = canonicalPath(program)
  return path.replace(/^%[^%]*%/, (token) => (folderTokens.has(token) ? '' : token)).includes('%') ? null : path
}

/** What `canonicalPath` makes of folders that every host has. */
const folderTokens: ReadonlySet<string> = new Set([
  ...['%systemroot%', '%programfiles%', '%programfiles(x86)%', '%programdata%', '%public%', '%userprofile%'],
  '%systemdrive%',
])

function partsOf(action: string): string[] {
  const parts: string[] = ['']
  let rest = normal(action)
  for (;;) {
    const open = rest.indexOf('%')
    const close = open < 0 ? -1 : rest.indexOf('%', open + 1)
    if (close < 0) break
    const value = machineVariables.get(rest.slice(open + 1, close))
    parts[parts.length - 1] += rest.slice(0, open) + (value ?? '')
    if (value === undefined) parts.push('')
    rest = rest.slice(close + 1)
  }
  parts[parts.length - 1] += rest
  return parts
}

/** A process, made ready to be held against many actions. */
export interface Candidate {
  readonly image: string
  /** In its canonical form, where the record has no command line and names the whole path; else null. */
  readonly path: string | null
  /** Normalised; null when the record has no command line. */
  readonly text: string | null
  readonly program: string
  readonly hasPath: boolean
  readonly rest: string
}

export function candidateOf(process: { image: string; commandLine: string | null }): Candidate {
  const { program, rest } = splitProgram(process.commandLine ?? '')
  return {
    image: imageName(process.image),
    path: process.commandLine === null && process.image.includes('\\') ? canonicalPath(process.image) : null,
    text: process.commandLine === null ? null : normal(process.commandLine),
    program: imageName(program),
    hasPath: program.includes('\\'),
    rest: normal(rest),
  }
}

/**
 * Whether a process that the scheduler started is this action: `whole` when the command lines agree,
 * `image` when only the program does because the record has no command line.
 */
export function matchesAction(action: ActionPattern, process: Candidate): 'whole' | 'image' | undefined {
  const { text } = process
  if (text === null) {
    const isElsewhere = action.path !== null && process.path !== null && action.path !== process.path
    return action.image === process.image && !isElsewhere ? 'image' : undefined
  }
  if (matchesParts(action.parts, text)) return 'whole'
  const [only] = action.parts
  if (action.isDocument && action.parts.length === 1 && only && text.endsWith(` ${only}`)) return 'whole'
  // An unqualified program that the system resolved, or one named by its full path only here: the arguments must agree.
  if (action.hasPath && process.hasPath) return undefined
  const sameProgram = action.image === process.program || action.image === `${process.program}.exe`
  return sameProgram && action.rest === process.rest ? 'whole' : undefined
}

function matchesParts(parts: readonly string[], text: string): boolean {
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

/** The Exec actions of a definition. */
export function execPatterns({ actions }: Pick<TaskDefinition, 'actions'>): ActionPattern[] {
  return actions.flatMap((a) =>
    a.kind === 'exec' ? [actionPattern(a.arguments ? `${a.command} ${a.arguments}` : a.command)] : [],
  )
}
