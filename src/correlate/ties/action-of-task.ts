import { splitProgram } from '../../model/command-line.ts'
import { taskKey } from '../../model/task-path.ts'
import { isServiceAccount, sidOfSession } from '../../model/windows/accounts.ts'
import type { HostState } from '../memory/host-state.ts'
import type { ProcessNode } from '../nodes.ts'
import { type Candidate, candidateOf, matchesAction } from '../tasks/action-match.ts'
import { deletionOf, eraOf, type TaskState } from '../tasks/task-state.ts'
import type { ChildRule, Rule } from './tie.ts'

/** Its command line is the action of a task. */
export const actionOfTask: ChildRule = (host, node, role) => {
  if (node.commandLine === null) return undefined
  const task = taskWithAction(host, node)
  return task && { kind: 'root', root: node, task, tiedBy: 'command-line', showsService: role !== 'engine' }
}

/** Its program is that of a task's action, and no log shows its command line. */
export const programOfTask: ChildRule = (host, node, role) => {
  if (node.commandLine !== null) return undefined
  const task = taskWithAction(host, node)
  if (!task || (role === 'possible' && !isProgramOf(host, task, node))) return undefined
  const showsService = role === 'possible' ? host.service.suspect(node.parentPid, task.path) : role !== 'engine'
  return { kind: 'root', root: node, task, tiedBy: 'lineage', showsService }
}

/**
 * Of a svchost of which nothing is known the name of a program tells too little, and so does any program of Windows, which other
 * services start as well: it has to be the very file that the task names, in a folder of somebody else's.
 */
function isProgramOf({ atHand }: HostState, task: TaskState, node: ProcessNode): boolean {
  const { path } = candidateOf(node)
  if (path === null || path.startsWith('%systemroot%')) return false
  const actions = task.actions.length > 0 ? task.actions : atHand.of(task.path)
  return actions.some((action) => action.path === path)
}

/**
 * No log names its parent, and nothing shows which process the scheduler is: a process of SYSTEM, or of a service's account, with the
 * very command line of a task is the task's run. In the session of a user it may be the user's own.
 */
export const actionAsService: Rule = (host, node) => {
  if (node.parentImage !== null || node.parent !== null || host.service.pid !== null) return undefined
  if (!isServiceAccount(node.sid ?? sidOfSession(node.logonId) ?? '') || !saysMuch(node.commandLine)) return undefined
  const task = taskWithAction(host, node)
  return task && { kind: 'root', root: node, task, tiedBy: 'command-line', showsService: true }
}

/** The bare name of a program is anybody's. */
const saysMuch = (commandLine: string | null): boolean => {
  const { program, rest } = splitProgram(commandLine ?? '')
  return program.includes('\\') || rest !== ''
}

/** The task whose action it is; of several the one that was changed last. */
function taskWithAction(host: HostState, node: ProcessNode): TaskState | undefined {
  let best: { task: TaskState; since: number } | undefined
  const candidate = candidateOf(node)
  for (const task of host.actions.tasksOf(candidate)) {
    // What was deleted starts nothing any more.
    const deletion = deletionOf(task)
    if (deletion && node.start.time - deletion.at.time > host.settings.launch) continue
    if (!task.actions.some((action) => matchesAction(action, candidate))) continue
    const since = eraOf(task).change?.at.time ?? Number.NEGATIVE_INFINITY
    if (!best || since > best.since || (since === best.since && task.path < best.task.path)) best = { task, since }
  }
  return best?.task ?? taskAtHand(host, node, candidate)
}

/** The task that the host's artifacts know by this action, where no log says what it is to run, and none that it was deleted. */
function taskAtHand(host: HostState, node: ProcessNode, candidate: Candidate): TaskState | undefined {
  const path = host.atHand.pathsOf(candidate).find((each) => {
    const logged = host.memory.tasks.get(taskKey(each))
    return !logged || (logged.actions.length === 0 && deletionOf(logged) === null)
  })
  return path === undefined ? undefined : host.task(path, node.start)
}
