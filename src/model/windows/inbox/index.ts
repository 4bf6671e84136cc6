import { canonicalPath } from '../../canonical/path-text.ts'
import { imageName, splitProgram } from '../../command-line.ts'
import type { Action } from '../../definition.ts'
import { taskPath } from '../../task-path.ts'
import { withLongNames, withMachineFolders } from '../folders.ts'
import { classServers } from './class-servers.ts'
import { matchesGlob } from './glob.ts'
import { type InboxAction, type InboxTask, inboxTasks } from './table.ts'

export * from './table.ts'

const named = new Map(
  inboxTasks.filter(({ path }) => !path.includes('*')).map((task) => [task.path.toLowerCase(), task] as const),
)
const patterns = inboxTasks.flatMap((task) =>
  task.path.includes('*') ? [{ pattern: task.path.toLowerCase(), task }] : [],
)

/** Windows' own task of this path, whatever it runs here; undefined for any other path. Anybody can give a task such a path. */
export function inboxTask(path: string): InboxTask | undefined {
  const key = taskPath(path).toLowerCase()
  return named.get(key) ?? patterns.find(({ pattern }) => matchesGlob(pattern, key, '\\'))?.task
}

/** The folder below \Microsoft\Windows that Register-ScheduledJob fills for any user, lower case. */
const jobsOfUsers = '\\microsoft\\windows\\powershell\\scheduledjobs\\'

/** Whether the path lies where Windows keeps its own tasks, so that whoever reads a list takes the task for one of them. */
export function isAmongWindowsOwn(path: string): boolean {
  const key = taskPath(path).toLowerCase()
  return key.startsWith('\\microsoft\\windows\\') && !key.startsWith(jobsOfUsers)
}

/** All that a task of Windows' own is known to run, on any release, each once. */
export const inboxActions = (task: InboxTask): readonly InboxAction[] => task.variants.flatMap((each) => each.actions)

/**
 * Whether a task is one of Windows' own, unchanged: `same` when each of its actions is one that the task of this path has on some
 * release, `other` when one is not, `unknown` when the path is not Windows' own or nobody has recorded what it runs.
 */
export function matchesInbox(path: string, actions: readonly Action[]): 'same' | 'other' | 'unknown' {
  const task = inboxTask(path)
  if (!task || task.variants.length === 0 || actions.length === 0) return 'unknown'
  const known = inboxActions(task)
  return actions.every((action) => known.some((each) => isSameAction(each, action))) ? 'same' : 'other'
}

/** Whether an action of a definition is this one of the catalogue's. */
export function isSameAction(known: InboxAction, action: Action): boolean {
  if (action.kind === 'com-handler') {
    return (
      known.kind === 'com-handler' &&
      known.classId === withBraces(action.classId) &&
      (known.data === '' || !action.data || known.data.toLowerCase() === action.data.trim().toLowerCase())
    )
  }
  return (
    action.kind === 'exec' &&
    known.kind === 'exec' &&
    matchesGlob(canonicalPath(known.program), canonicalPath(action.command), '\\') &&
    matchesGlob(plainArguments(known.arguments), plainArguments(action.arguments ?? ''), ' ')
  )
}

/** Whether a process with this command line can be a run of an action of the catalogue's; what is given to a run may be anything. */
export function isRunOf(known: InboxAction, commandLine: string): boolean {
  const { program, rest } = splitProgram(commandLine)
  if (known.kind === 'com-handler') return isHandlerHost(program) && fits(known.data, rest)
  // Windows looks up a program without a path in System32.
  const isSameProgram =
    isBare(known.program) || isBare(program)
      ? imageName(known.program) === imageName(program) || imageName(known.program) === `${imageName(program)}.exe`
      : matchesGlob(canonicalPath(known.program), canonicalPath(program), '\\')
  return isSameProgram && fits(known.arguments, rest)
}

/** Whether arguments are those of an action, of which `$(Arg0)` stands for what is given to each run. */
function fits(known: string, given: string): boolean {
  const [pattern, text] = [plainArguments(known), plainArguments(given)]
  const open = pattern.indexOf('$(arg')
  return open < 0 ? matchesGlob(pattern, text, ' ') : text.startsWith(pattern.slice(0, open).trimEnd())
}

/** The host of handlers gets what the action gives its class. Source: command lines of real runs, `taskhostw.exe NGCKeyPregen`. */
const isHandlerHost = (program: string): boolean =>
  isBare(program) && /^taskhost(?:w|ex)?(?:\.exe)?$/.test(imageName(program))

const isBare = (program: string): boolean => !/[\\/]/.test(program)

/** Arguments in lower case, without quotes, variables as what they stand for; what is given to the run stands as it is. */
const plainArguments = (text: string): string =>
  withLongNames(withMachineFolders(text.toLowerCase())).replaceAll('"', '').replace(/\s+/g, ' ').trim()

const withBraces = (classId: string): string => `{${classId.replace(/[{}\s]/g, '').toLowerCase()}}`

const byProgram = new Map<string, InboxTask[]>()
for (const task of inboxTasks) {
  const programs = inboxActions(task).flatMap((each) => (each.kind === 'exec' ? [imageName(each.program)] : []))
  for (const program of new Set(programs)) byProgram.set(program, [...(byProgram.get(program) ?? []), task])
}

/** Windows' own tasks that start this program, by the name of its file in lower case. */
export const inboxTasksStarting = (program: string): readonly InboxTask[] => byProgram.get(program) ?? []

const servers = new Map(
  classServers
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, 38), line.slice(39)] as const),
)

/** The file that serves a class of Windows' own tasks, with variables; undefined where no source says it. */
export const serverOfClass = (classId: string): string | undefined => servers.get(withBraces(classId))

/** The classes that Windows gives the task of this path, over all releases, lower case with braces; none where none is known. */
export function inboxClasses(path: string): readonly string[] {
  const task = inboxTask(path)
  const classes = task ? inboxActions(task).flatMap((each) => (each.kind === 'com-handler' ? [each.classId] : [])) : []
  return [...new Set(classes)]
}

const classesOfInbox = new Set(
  inboxTasks.flatMap((task) =>
    inboxActions(task).flatMap((each) => (each.kind === 'com-handler' ? [each.classId] : [])),
  ),
)

/** Whether any of Windows' own tasks runs this class, `{…}` in lower case. */
export const isInboxClass = (classId: string): boolean => classesOfInbox.has(classId)
