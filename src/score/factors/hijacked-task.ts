import type { RunProcess } from '../../model/chain.ts'
import { imageName, splitProgram } from '../../model/command-line.ts'
import { inboxActions, inboxTask, isRunOf, serverOfClass } from '../../model/windows/inbox/index.ts'
import { type Factor, quote } from '../factor.ts'
import { comparablePath } from '../location.ts'
import { actionsOf } from '../subject.ts'

/** A task that nobody changed started another program than the one it stands for: its environment, its class or its files were changed. */
export const hijackedTask: Factor = {
  id: 'hijacked-task',
  weigh({ chain, roots }) {
    const environment = chain.circumstances.find((c) => c.kind === 'environment-changed')
    if (environment) {
      return {
        bits: 9,
        says: `A variable that the task's program path begins with was changed before the run: ${quote(environment.what)}`,
      }
    }
    const handler = chain.circumstances.find((c) => c.kind === 'handler-changed')
    if (handler) {
      return {
        bits: 9,
        says: `The COM class that the task runs was given a server of the user's own before the run: ${quote(handler.what)}`,
      }
    }
    if (chain.change || chain.taskPath === null) return undefined
    const declared = actionsOf(chain).map(programOf)
    const expected = declared.length > 0 ? ofDefinition(declared) : ofWindows(chain.taskPath)
    const other = expected && roots.find((root) => isProcess(root) && expected.isOther(root, imageName(root.image)))
    return (
      other && {
        bits: 8,
        says: `${quote(chain.taskPath)} stands for ${expected.programs.join(', ')}, but it started ${quote(other.image ?? '')}.`,
      }
    )
  },
}

type Seen = RunProcess & { readonly image: string; readonly commandLine: string }
/** Without a command line the log may name another instance. */
const isProcess = (root: RunProcess): root is Seen => root.image !== null && root.commandLine !== null

interface Expected {
  readonly programs: readonly string[]
  isOther(root: Seen, name: string): boolean
}

function ofDefinition(declared: readonly (string | undefined)[]): Expected | undefined {
  const programs = declared.filter((program) => program !== undefined)
  if (programs.length < declared.length) return undefined
  return { programs, isOther: (_, name) => !programs.includes(name) && !hosts.has(name) }
}

/** What Windows' own task of this path starts, of which no definition is at hand, on any release. */
function ofWindows(path: string): Expected | undefined {
  const task = inboxTask(path)
  const actions = task ? inboxActions(task) : []
  if (actions.length === 0) return undefined
  const named = actions.map((action) =>
    imageName(action.kind === 'exec' ? action.program : (serverOfClass(action.classId) ?? '')),
  )
  const programs = [...new Set(named.filter((name) => name.endsWith('.exe')))]
  const isHandler = actions.some((action) => action.kind === 'com-handler')
  return {
    programs: [...programs, ...(isHandler ? ['taskhostw.exe'] : [])],
    isOther(root, name) {
      if (hosts.has(name)) return false
      // A handler starts no process of its own: only the scheduler's word makes one the task's.
      if (!programs.includes(name)) return !isHandler || root.tiedBy === 'pid'
      return runsOthers.has(name) && !actions.some((action) => isRunOf(action, root.commandLine))
    },
  }
}

/** Programs that do whatever their arguments say: the name alone does not make a process the task's. */
const runsOthers = new Set(['rundll32.exe', 'cmd.exe', 'powershell.exe', 'wscript.exe', 'cscript.exe', 'sc.exe'])

/** Processes that Windows puts in front of an action: COM handlers run in taskhostw or dllhost. */
const hosts = new Set(['taskhostw.exe', 'taskhost.exe', 'taskhostex.exe', 'conhost.exe', 'dllhost.exe'])

/**
 * The name of the process that an action leads to; undefined when its text does not tell: a document or script runs in whatever
 * its extension is tied to, a name may be a variable, and no process is named by a COM handler.
 */
function programOf(action: string): string | undefined {
  const name = imageName(splitProgram(comparablePath(action)).program)
  if (/^[^.%$*]+$/.test(name)) return name === 'comhandler' ? undefined : `${name}.exe`
  return /^[^%$*]+\.(?:exe|com|scr)$/.test(name) ? name : undefined
}
