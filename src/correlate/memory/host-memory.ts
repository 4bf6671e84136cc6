import type { Evidence } from '../../model/chain.ts'
import { counted } from '../../model/counted.ts'
import type {
  FileCreated,
  FileTimeChanged,
  LogCleared,
  ModuleLoaded,
  PipeUsed,
  RegistryChanged,
} from '../../model/fact.ts'
import type { PartialDefinition } from '../../model/partial-definition.ts'
import { taskKey } from '../../model/task-path.ts'
import type { Instant } from '../../model/time.ts'
import type { ChangeDraft } from '../changes/change-draft.ts'
import type { PolicyRun } from '../changes/clue.ts'
import type { ProcessNode, RunDraft } from '../nodes.ts'
import { newProcesses, type Processes } from '../processes/process-table.ts'
import type { SchedulerProcess } from '../processes/schedule-service.ts'
import { type LogonSessions, newSessions } from '../processes/sessions.ts'
import type { AwaitedRun, Launch } from '../runs/run-book.ts'
import type { Era, TaskState } from '../tasks/task-state.ts'
import { type Kept, nothingKept } from './kept.ts'
import type { KnownFile } from './known-files.ts'

/** Something seen on the host that may matter to a chain, with its record. */
export interface Noted<F> {
  readonly fact: F
  readonly evidence: Evidence
  /** The process that did it, where it is known. */
  readonly node: ProcessNode | null
}

/** One log that was cleared by one user, once or again and again. */
export interface Clearing {
  /** The first time. */
  readonly fact: LogCleared
  count: number
  last: Instant
  readonly evidence: Evidence[]
}

export interface ClockPhase {
  readonly since: number
  readonly offset: number
}

/** Parts of a task that a script made without registering them. */
export interface MadeParts {
  readonly pid: number
  readonly time: number
  readonly parts: PartialDefinition
}

/**
 * Everything that is remembered of one host: plain values only (objects, arrays, maps and sets), so that it can be written out
 * as it stands. What acts on it are the classes around it.
 */
export interface HostMemory {
  host: string
  readonly processes: Processes
  readonly sessions: LogonSessions
  readonly service: SchedulerProcess
  /** By pid: what the scheduler said that it started and no process log has shown yet. */
  readonly launches: Map<number, Launch>
  /** By key of the path. */
  readonly tasks: Map<string, TaskState>
  /** Tasks that had long been deleted when another one of their path came. */
  readonly gone: TaskState[]
  /** How often tasks were told what they run. */
  acts: number
  /** Keys of every folder that a task of this host lies in. */
  readonly folders: Set<string>
  /** Tasks whose names are longer than any on Windows. */
  cutNames: number
  /** Facts with a text that is longer than any on Windows. */
  cutTexts: number
  /** What was looked for within minutes and gave way to newer ones before these were over. */
  crowdedOut: number
  /** Tasks that were given up because there were too many. */
  tasksGivenUp: number
  /** Tasks that somebody asked to run by hand, newest last. */
  readonly requested: TaskState[]
  /** Changes that a command asks for without naming the task, or on another host. */
  readonly loose: ChangeDraft[]
  /** Those of them that a process's command line asks for. */
  readonly looseOf: Map<ProcessNode, ChangeDraft>
  /** Runs of processes that the scheduler started for a task that is not known, newest last. */
  readonly strays: RunDraft[]
  /** Earlier ones, by the program and what is alike in its arguments. */
  readonly strayPrograms: Map<string, Era>
  /** Those of them for which there was no place. */
  unlistedStrays: number
  /** Runs of which the scheduler's log does not tell the process, newest last. */
  readonly awaited: AwaitedRun[]
  /** Children of what is, or may be, the scheduler, of which no task is known, and what those started at once; newest last. */
  readonly children: ProcessNode[]
  readonly clearedLogs: Kept<Clearing>
  readonly environment: Kept<Noted<RegistryChanged>>
  /** Users' own registrations of COM classes. */
  readonly classes: Kept<Noted<RegistryChanged>>
  readonly timestamps: Kept<Noted<FileTimeChanged>>
  /** What files are, by canonical path, newest last. */
  readonly files: Map<string, KnownFile>
  /** Libraries that were written. */
  readonly libraries: Kept<Noted<FileCreated>>
  readonly pipeUses: Noted<PipeUsed>[]
  /** Where the clock was set back or forward again, in the time of the facts: how much less the host's own clock showed since. */
  readonly clock: ClockPhase[]
  /** When the policy client began to apply scheduled tasks, and when it ended. */
  readonly policies: PolicyRun[]
  /** Newest last. */
  readonly made: MadeParts[]
  /** Processes that loaded taskschd.dll, newest last. */
  readonly taskClients: Noted<ModuleLoaded>[]
}

export const newHostMemory = (host: string): HostMemory => ({
  host,
  processes: newProcesses(),
  sessions: newSessions(),
  service: { pid: null, suspect: null, manager: null },
  launches: new Map(),
  tasks: new Map(),
  gone: [],
  acts: 0,
  folders: new Set(),
  cutNames: 0,
  cutTexts: 0,
  crowdedOut: 0,
  tasksGivenUp: 0,
  requested: [],
  loose: [],
  looseOf: new Map(),
  strays: [],
  strayPrograms: new Map(),
  unlistedStrays: 0,
  awaited: [],
  children: [],
  clearedLogs: nothingKept(),
  environment: nothingKept(),
  classes: nothingKept(),
  timestamps: nothingKept(),
  files: new Map(),
  libraries: nothingKept(),
  pipeUses: [],
  clock: [],
  policies: [],
  made: [],
  taskClients: [],
})

/** Every task by its key, those that are gone before those that came after them. */
export const tasksOf = ({ gone, tasks }: HostMemory): (readonly [key: string, task: TaskState])[] => [
  ...gone.map((task) => [taskKey(task.path), task] as const),
  ...tasks,
]

/** What there was no place for, one sentence each. */
export function givenUp(memory: HostMemory): string[] {
  const { processes, sessions, cutNames, cutTexts, crowdedOut, tasksGivenUp, unlistedStrays } = memory
  const { clearedLogs, environment, classes, timestamps, libraries } = memory
  const sentences: [number, one: string, many: string][] = [
    [
      processes.givenUp,
      'process of which no end was seen was given up: what it started later is not tied to it',
      'processes of which no end was seen were given up: what they started later is not tied to them',
    ],
    [
      sessions.givenUp,
      'logon session was given up: where later changes made in it came from is not known',
      'logon sessions were given up: where later changes made in them came from is not known',
    ],
    [
      tasksGivenUp,
      'task that was not heard of for longest was given up: later runs of it stand apart',
      'tasks that were not heard of for longest were given up: later runs of them stand apart',
    ],
    [
      cutNames,
      'task has a longer name than Windows allows: it is shown cut, with a hash of the rest',
      'tasks have longer names than Windows allows: they are shown cut, with a hash of the rest',
    ],
    [
      cutTexts,
      'record has a longer text than Windows allows: it is shown cut, with a hash of the rest',
      'records have longer texts than Windows allows: they are shown cut, with a hash of the rest',
    ],
    [
      unlistedStrays,
      'process of the scheduler whose task is not known is not listed: there were too many programs',
      'processes of the scheduler whose task is not known are not listed: there were too many programs',
    ],
    [
      clearedLogs.leftOut,
      'cleared log is not told apart, as there were too many: of each log the first and the last are',
      'cleared logs are not told apart, as there were too many: of each log the first and the last are',
    ],
    notHeld(environment.leftOut, 'change', 'of environment variables', 'runs'),
    notHeld(classes.leftOut, 'registration', 'of COM classes', 'runs'),
    notHeld(timestamps.leftOut, 'change', 'of files’ times', 'tasks'),
    [
      libraries.leftOut,
      'written library is not held against what runs loaded, as there were too many',
      'written libraries are not held against what runs loaded, as there were too many',
    ],
    [
      crowdedOut,
      'record of who uses the scheduler, or of what it starts, gave way to others within seconds: ties may be missing',
      'records of who uses the scheduler, or of what it starts, gave way to others within seconds: ties may be missing',
    ],
  ]
  return sentences.filter(([count]) => count > 0).map(([count, one, many]) => `${counted(count, one, many)}.`)
}

const notHeld = (count: number, one: string, ofWhat: string, against: string): [number, string, string] => [
  count,
  `${one} ${ofWhat} is not held against ${against}, as there were too many`,
  `${one}s ${ofWhat} are not held against ${against}, as there were too many`,
]
