import { imageName } from '../../model/command-line.ts'
import { type Instant, momentOf } from '../../model/time.ts'
import { inboxActions, inboxTask } from '../../model/windows/inbox/index.ts'
import { type HostState, note } from '../memory/host-state.ts'
import type { ProcessNode, RunDraft } from '../nodes.ts'
import type { AwaitedRun } from '../runs/run-book.ts'
import { rootOf } from '../runs/run-draft.ts'
import { actionPattern } from '../tasks/action-match.ts'
import type { TaskState } from '../tasks/task-state.ts'
import { addDescendants } from './descendants.ts'
import type { ChildRule } from './tie.ts'

/** The scheduler's log has just such a run, and its program is this one. */
export const runOfLog: ChildRule = (host, node, role) => {
  const awaited = nearest(
    host,
    node.start,
    host.memory.awaited,
    (one) => !rootOf(one.run) && isProgramOf(host, one, node),
  )
  return awaited && { kind: 'member', run: awaited.run, depth: 0, tiedBy: 'run-log', showsService: role !== 'engine' }
}

/** 100, or 200 without a process id: the process was there before the word on it, or is yet to come. */
export function awaitProcess(host: HostState, task: TaskState, run: RunDraft, word: Pick<AwaitedRun, 'at' | 'action'>) {
  if (rootOf(run)) return
  const { awaited, children } = host.memory
  const known = awaited.findLast((one) => one.run === run)
  if (known) known.action ??= word.action
  const one = known ?? { task, run, at: momentOf(word.at), action: word.action }
  const child = nearest(host, word.at, children, (node) => isFree(host, node) && isProgramOf(host, one, node))
  if (child) {
    host.runs.adopt(run, child, 'run-log')
    addDescendants(host, run)
  } else if (!known) note(host, 'awaited', one, one.at.time)
}

/** A child of the scheduler, as far as is known by now, of no run or of one of which no task is known. */
const isFree = ({ service }: HostState, node: ProcessNode): boolean =>
  (node.run === null || node.run.task === null) && service.roleOfParent(node) !== null

/** The one that is nearest to a moment, of a list that has the newest last; the later one of two that are equally near. */
function nearest<T extends AwaitedRun | ProcessNode>(
  { settings }: HostState,
  { time }: Instant,
  list: readonly T[],
  fits: (one: T) => boolean,
): T | undefined {
  const away = (one: T) => Math.abs(('at' in one ? one.at : one.start).time - time)
  let best: T | undefined
  for (let place = list.length - 1; place >= 0; place--) {
    const one = list[place] as T
    // What came late stands out of order: a little further back may still be one that is near.
    if (away(one) > 2 * settings.launch) break
    if (away(one) <= settings.launch && (!best || away(one) < away(best)) && fits(one)) best = one
  }
  return best
}

/** 200 names the program; where it was not logged, the task's own definition, its file or Windows' catalogue does. */
function isProgramOf({ atHand }: HostState, { task, action }: AwaitedRun, node: ProcessNode): boolean {
  if (action !== null) return starts(action, node)
  const image = imageName(node.image)
  const known = task.actions.length > 0 ? task.actions : atHand.of(task.path)
  if (known.length > 0) return known.some((each) => each.image === image)
  const inbox = inboxTask(task.path)
  return (
    inbox !== undefined &&
    inboxActions(inbox).some((known) => known.kind === 'exec' && actionPattern(known.program).image === image)
  )
}

/** Whether what 200 names is started by this process: it is its program, or a document that the program opens. */
function starts(action: string, node: ProcessNode): boolean {
  const { image, isDocument } = actionPattern(action)
  const own = imageName(node.image)
  if (!isDocument) return image === own
  return node.commandLine === null
    ? openers[image.slice(image.lastIndexOf('.'))] === own
    : node.commandLine.toLowerCase().includes(image)
}

/** What opens a script where nobody has changed it. */
const openers: Readonly<Record<string, string>> = {
  '.bat': 'cmd.exe',
  '.cmd': 'cmd.exe',
  '.vbs': 'wscript.exe',
  '.vbe': 'wscript.exe',
  '.js': 'wscript.exe',
  '.jse': 'wscript.exe',
  '.wsf': 'wscript.exe',
}
