import { imageName } from '../../model/command-line.ts'
import type { TaskDefinition } from '../../model/definition.ts'
import { liveTriggers } from '../../model/trigger.ts'
import type { ChangeDraft } from '../changes/change-draft.ts'
import type { HostState } from '../memory/host-state.ts'
import type { ProcessNode } from '../nodes.ts'
import { actionPattern, candidateOf } from '../tasks/action-match.ts'
import { eraOf, type TaskState } from '../tasks/task-state.ts'
import type { Rule } from './tie.ts'

/**
 * Where no log shows command lines or the names of parents: a process that has the program of a task's action, that began in the
 * moment in which the task was registered, and that itself started what the action names, is the task's run. Each alone would be a
 * coincidence. It is the first such child that shows it.
 */
export const justRegistered: Rule = (host, node) => {
  const { parent } = node
  if (!parent || parent.run !== null || parent.commandLine !== null || !mayBeOfScheduler(parent)) return undefined
  const child = imageName(node.image)
  let best: { task: TaskState; since: number } | undefined
  for (const task of host.actions.tasksOf(candidateOf(parent))) {
    const { change } = eraOf(task)
    if (!change || !isMomentOf(host, change, parent) || !names(change.definition, parent, child)) continue
    const since = change.at.time
    if (!best || since > best.since || (since === best.since && task.path < best.task.path)) best = { task, since }
  }
  return best && { kind: 'root', root: parent, task: best.task, tiedBy: 'registration', showsService: true }
}

const mayBeOfScheduler = ({ parentImage }: ProcessNode): boolean =>
  parentImage === null || imageName(parentImage) === 'svchost.exe'

function isMomentOf(
  { settings }: HostState,
  { at, witness, definition }: ChangeDraft,
  { start }: ProcessNode,
): boolean {
  const wait = start.time - at.time
  return wait >= 0 && wait <= settings.registrationToRun && witness !== 'command' && startsAtOnce(definition, at.time)
}

/** Nothing says that it is to wait: it starts when registered or is only started by hand, or the time that it names is past. */
function startsAtOnce(definition: TaskDefinition | null, now: number): boolean {
  const triggers = definition === null ? [] : liveTriggers(definition)
  if (triggers.length === 0) return definition !== null
  return triggers.some(
    ({ kind, startBoundary }) =>
      kind === 'registration' ||
      ((kind === 'time' || kind === 'calendar') && startBoundary !== null && isPast(startBoundary, now)),
  )
}

/** The westernmost zone is twelve hours behind UTC: a local time is past everywhere when it was so long ago. */
const halfDay = 43_200_000

const isPast = (boundary: string, now: number): boolean =>
  Date.parse(/(?:z|[+-]\d\d:\d\d)$/i.test(boundary) ? boundary : `${boundary}Z`) < now - halfDay

/** The process has the program of an action whose arguments name the child's. */
function names(definition: TaskDefinition | null, parent: ProcessNode, child: string): boolean {
  const program = child.replace(/\.exe$/, '')
  return (definition?.actions ?? []).some(
    (action) =>
      action.kind === 'exec' &&
      actionPattern(action.command).image === imageName(parent.image) &&
      wordsOf(action.arguments ?? '').has(program),
  )
}

/** What could be the name of a program in the arguments of a shell, lower case and without `.exe`. */
const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}_.$~-]+/u)
      .map((word) => word.replace(/\.exe$/, '')),
  )
