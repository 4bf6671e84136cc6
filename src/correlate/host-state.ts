import type { Evidence } from '../model/chain.ts'
import type { FileTimeChanged, LogCleared, ModuleLoaded, PipeUsed, RegistryChanged } from '../model/fact.ts'
import type { PartialDefinition } from '../model/partial-definition.ts'
import { taskKey, taskPath } from '../model/task-path.ts'
import type { Instant } from '../model/time.ts'
import { ActionIndex } from './action-index.ts'
import type { ChangeDraft } from './change-draft.ts'
import type { ProcessNode, RunDraft } from './nodes.ts'
import { ProcessTable } from './process-table.ts'
import { RunBook } from './run-book.ts'
import { ScheduleService } from './schedule-service.ts'
import { Sessions } from './sessions.ts'
import { type CorrelateSettings, limits } from './settings.ts'
import { type RunRequest, TaskState } from './task-state.ts'

/** Something seen on the host that may matter to a chain, with its record. */
export interface Noted<F> {
  readonly fact: F
  readonly evidence: Evidence
}

/** Everything that is remembered of one host. */
export class HostState {
  readonly host: string
  readonly settings: CorrelateSettings
  readonly processes: ProcessTable
  readonly sessions = new Sessions()
  readonly service = new ScheduleService()
  readonly runs: RunBook
  readonly tasks = new Map<string, TaskState>()
  readonly actions = new ActionIndex()
  /** Tasks that somebody asked to run by hand, newest last. */
  readonly requested: TaskState[] = []
  readonly #bySpelling = new Map<string, TaskState>()
  /** Changes that a command asks for without naming the task, or on another host. */
  readonly loose: ChangeDraft[] = []
  /** Those of them that a process's command line asks for. */
  readonly looseOf = new WeakMap<ProcessNode, ChangeDraft>()
  /** Runs of processes that the scheduler started for a task that is not known. */
  readonly strays: RunDraft[] = []
  readonly clearedLogs: Noted<LogCleared>[] = []
  readonly environment: Noted<RegistryChanged>[] = []
  /** Users' own registrations of COM classes. */
  readonly classes: Noted<RegistryChanged>[] = []
  readonly timestamps: Noted<FileTimeChanged>[] = []
  readonly pipeUses: Noted<PipeUsed>[] = []
  /** Parts of tasks that scripts made without registering them, newest last. */
  readonly made: { readonly pid: number; readonly time: number; readonly parts: PartialDefinition }[] = []
  /** Processes that loaded taskschd.dll, newest last. */
  readonly taskClients: Noted<ModuleLoaded>[] = []

  constructor(host: string, settings: CorrelateSettings) {
    this.host = host
    this.settings = settings
    this.processes = new ProcessTable(settings.sameProcess)
    this.runs = new RunBook(settings)
  }

  task(path: string, at: Instant): TaskState {
    const task = this.#task(path)
    task.see(at)
    return task
  }

  /** Somebody asks for a run of a task by hand. */
  request(path: string, request: RunRequest): void {
    const task = this.task(path, request.at)
    task.request = request
    note(this.requested, task)
  }

  #task(path: string): TaskState {
    // The same few spellings come again and again.
    const known = this.#bySpelling.get(path)
    if (known) return known
    const key = taskKey(path)
    let state = this.tasks.get(key)
    if (!state) {
      state = new TaskState(taskPath(path), this.settings, (task, before, after) =>
        this.actions.update(task, before, after),
      )
      this.tasks.set(key, state)
    }
    this.#bySpelling.set(path, state)
    return state
  }
}

/** Keeps the newest of a list that a busy or hostile host would grow without end. */
export function note<T>(list: T[], item: T): void {
  list.push(item)
  if (list.length > limits.circumstances) list.splice(0, limits.circumstances / 2)
}
