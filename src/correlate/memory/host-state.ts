import type { TaskDefinition } from '../../model/definition.ts'
import { refill } from '../../model/lists.ts'
import { isCutPath, taskKey, taskPath } from '../../model/task-path.ts'
import { compareInstants, type Instant } from '../../model/time.ts'
import type { ChangeDraft, ChangeSignal } from '../changes/change-draft.ts'
import { setClue } from '../changes/clue.ts'
import { ProcessTable } from '../processes/process-table.ts'
import { ScheduleService } from '../processes/schedule-service.ts'
import { SessionClients } from '../processes/session-clients.ts'
import { Sessions } from '../processes/sessions.ts'
import { RunBook } from '../runs/run-book.ts'
import { type CorrelateSettings, limits } from '../settings.ts'
import { ActionIndex } from '../tasks/action-index.ts'
import { type ActionPattern, actionPattern, execPatterns } from '../tasks/action-match.ts'
import { noteFolders } from '../tasks/folders.ts'
import { isGone } from '../tasks/gone.ts'
import { ActionsAtHand } from '../tasks/kept-actions.ts'
import { changed, newTask, type RunRequest, see, type TaskState } from '../tasks/task-state.ts'
import type { HostMemory } from './host-memory.ts'

/** What is remembered of one host, and what acts on it. */
export class HostState {
  readonly memory: HostMemory
  readonly settings: CorrelateSettings
  readonly processes: ProcessTable
  readonly sessions: Sessions
  readonly service: ScheduleService
  readonly runs: RunBook
  /** Made anew from the tasks wherever the memory comes from. */
  readonly actions: ActionIndex
  readonly clients: SessionClients
  readonly atHand: ActionsAtHand
  readonly #bySpelling = new Map<string, TaskState>()

  constructor(memory: HostMemory, settings: CorrelateSettings, atHand = new ActionsAtHand()) {
    this.memory = memory
    this.settings = settings
    this.processes = new ProcessTable(memory.processes, settings.sameProcess)
    this.sessions = new Sessions(memory.sessions)
    this.service = new ScheduleService(memory.service)
    this.runs = new RunBook(memory.launches, settings)
    this.actions = new ActionIndex(memory.tasks.values())
    this.clients = new SessionClients(this.processes)
    this.atHand = atHand
  }

  get host(): string {
    return this.memory.host
  }

  /** The task of this path, of which a fact of this time speaks. */
  task(path: string, at: Instant): TaskState {
    // The same few spellings come again and again.
    const known = this.#bySpelling.get(path)
    if (known && !this.#isGone(known, at)) {
      see(known, at)
      return known
    }
    const { tasks, gone } = this.memory
    const key = taskKey(path)
    let task = tasks.get(key)
    if (task && this.#isGone(task, at)) {
      gone.push(task)
      this.forget(key, task)
      task = undefined
    }
    if (task) see(task, at)
    else {
      task = newTask(taskPath(path), at)
      tasks.set(key, task)
      if (isCutPath(task.path)) this.memory.cutNames++
      noteFolders(this.memory, key)
    }
    if (this.#bySpelling.size > limits.spellings) this.#bySpelling.clear()
    this.#bySpelling.set(path, task)
    return task
  }

  /** Joins a fact to the change of this task that it shows, or opens a new change. */
  changed(task: TaskState, signal: ChangeSignal, keepTogether?: (change: ChangeDraft) => boolean): ChangeDraft {
    const change = changed(task, signal, this.settings, keepTogether)
    const isJustBefore = (time: number) =>
      time <= change.at.time && change.at.time - time <= this.settings.remoteToChange
    const isWithin = (begun: Instant, ended: Instant | null) =>
      begun.time <= change.at.time &&
      (ended === null
        ? change.at.time - begun.time <= this.settings.policyRun
        : change.at.time - ended.time <= this.settings.sameChange)
    const pipe = this.memory.pipeUses.findLast(({ fact }) => isJustBefore(fact.time))
    setClue(change, 'pipe', pipe ? { kind: 'pipe', evidence: pipe.evidence } : null)
    const run = this.memory.policies.findLast(({ begun, ended }) => isWithin(begun, ended))
    setClue(change, 'policy', run ? { kind: 'policy', run } : null)
    return change
  }

  /** What would have been let go of by now: another task of its path is another one, and the same when nobody asked what is over. */
  #isGone(task: TaskState, { time }: Instant): boolean {
    return isGone(task, this.processes, time - limits.settled)
  }

  /** Lets go of a task; a later fact of its path begins it anew. */
  forget(key: string, task: TaskState): void {
    this.memory.tasks.delete(key)
    task.acted = forgotten
    if (this.#bySpelling.size > 0) this.#bySpelling.clear()
    const { requested } = this.memory
    if (requested.includes(task))
      refill(
        requested,
        requested.filter((one) => one !== task),
      )
  }

  /** The definition that is in force from this time on. */
  define(task: TaskState, definition: TaskDefinition, at: Instant): void {
    if (task.definedAt && compareInstants(at, task.definedAt) < 0) return
    task.definition = definition
    task.definedAt = at
    this.#act(task, execPatterns(definition))
  }

  /** A command said what the task is to run. Whether it came to that is not known: the definition's own actions still count. */
  state(task: TaskState, action: string): void {
    this.#act(task, [actionPattern(action), ...(task.definition ? execPatterns(task.definition) : [])])
  }

  /** What a command said that the task is to run came to nothing: its definition's own actions count. */
  unstate(task: TaskState): void {
    this.#act(task, task.definition ? execPatterns(task.definition) : [])
  }

  /** Somebody asks for a run of a task by hand. */
  request(path: string, request: RunRequest): void {
    const task = this.task(path, request.at)
    task.request = request
    note(this, 'requested', task, request.at.time)
  }

  #act(task: TaskState, actions: readonly ActionPattern[]): void {
    task.actions = actions
    task.acted = ++this.memory.acts
    this.actions.add(task)
  }
}

/** `acted` of a task that is no more. */
const forgotten = -1

/** Lists of what matters for minutes alone. */
type Recent = 'awaited' | 'children' | 'made' | 'pipeUses' | 'policies' | 'requested' | 'taskClients'

/** Keeps the newest of a list that a busy or hostile host would grow without end. `time`: of the item. */
export function note<K extends Recent>(host: HostState, name: K, item: HostMemory[K][number], time: number): void {
  const { memory, settings } = host
  const list = memory[name] as HostMemory[K][number][]
  list.push(item)
  if (list.length <= limits.recent) return
  const gone = list.splice(0, limits.recent / 2)
  memory.crowdedOut += gone.filter((one) => time - timeOf(one) <= lookedFor(name, settings)).length
}

function timeOf(one: HostMemory[Recent][number]): number {
  if ('parts' in one) return one.time
  if ('fact' in one) return one.fact.time
  if ('begun' in one) return one.begun.time
  if ('at' in one) return one.at.time
  return 'start' in one ? one.start.time : (one.request?.at.time ?? 0)
}

/** How long they are looked for, in milliseconds. */
const lookedFor = (name: Recent, settings: CorrelateSettings): number => {
  switch (name) {
    case 'awaited':
    case 'children':
      return 2 * settings.launch
    case 'made':
      return settings.commandToChange
    case 'pipeUses':
      return settings.remoteToChange
    case 'policies':
      return settings.policyRun
    case 'requested':
      return settings.requestToRun
    case 'taskClients':
      return settings.clientToConnection
    default:
      return name satisfies never
  }
}
