import { limits } from '../settings.ts'
import type { ActionPattern, Candidate } from './action-match.ts'
import type { TaskState } from './task-state.ts'

/**
 * Which tasks of a host start which program, so that a process need not be held against every task: by the whole command line, by
 * program and arguments, and, where a variable or a document leaves that open, by the program alone. It is made anew from the
 * tasks wherever the memory comes from.
 */
export class ActionIndex {
  readonly #byText = new Map<string, Bucket>()
  readonly #byArguments = new Map<string, Map<string, Bucket>>()
  /** For processes without a command line. */
  readonly #byProgram = new Map<string, Bucket>()
  /** Tasks with a variable in the command line. */
  readonly #open = new Map<string, Bucket>()
  /** Tasks with an action whose program is not known by its name: a document, or a variable. */
  readonly #others = new Bucket()

  /** `tasks`: with the actions that they have. */
  constructor(tasks: Iterable<TaskState>) {
    for (const task of [...tasks].sort((a, b) => a.acted - b.acted)) this.add(task)
  }

  /** The task has other actions than before, and `acted` is another, greater than that of any task. */
  add(task: TaskState): void {
    for (const action of task.actions) for (const bucket of this.#buckets(action)) bucket.add(task)
  }

  /** The tasks that may start this process: of each kind of likeness those that got their actions last. */
  tasksOf({ image, text, program, rest }: Candidate): Set<TaskState> {
    const found = new Set<TaskState>()
    this.#others.giveTo(found)
    if (text === null) {
      this.#byProgram.get(image)?.giveTo(found)
      return found
    }
    this.#byText.get(text)?.giveTo(found)
    for (const name of [program, `${program}.exe`]) this.#byArguments.get(name)?.get(rest)?.giveTo(found)
    for (const name of new Set([image, program, `${program}.exe`])) this.#open.get(name)?.giveTo(found)
    return found
  }

  *#buckets({ parts, image, isDocument, rest }: ActionPattern): Iterable<Bucket> {
    if (isDocument || image.includes('%')) {
      yield this.#others
      return
    }
    yield bucketOf(this.#byProgram, image)
    if (rest !== null) {
      let ofProgram = this.#byArguments.get(image)
      if (!ofProgram) {
        ofProgram = new Map()
        this.#byArguments.set(image, ofProgram)
      }
      yield bucketOf(ofProgram, rest)
    }
    yield parts.length === 1 ? bucketOf(this.#byText, parts[0] ?? '') : bucketOf(this.#open, image)
  }
}

function bucketOf(buckets: Map<string, Bucket>, key: string): Bucket {
  let bucket = buckets.get(key)
  if (!bucket) {
    bucket = new Bucket()
    buckets.set(key, bucket)
  }
  return bucket
}

/** Tasks with an action, the one that got it last at the end. One that has other actions since is no longer of it. */
class Bucket {
  #tasks: { readonly task: TaskState; readonly acted: number }[] = []
  #mostUnchecked = 64

  add(task: TaskState): void {
    const last = this.#tasks.at(-1)
    if (last?.task === task && last.acted === task.acted) return
    this.#tasks.push({ task, acted: task.acted })
    if (this.#tasks.length <= this.#mostUnchecked) return
    this.#tasks = this.#tasks.filter((one) => one.acted === one.task.acted)
    this.#mostUnchecked = Math.max(64, 2 * this.#tasks.length)
  }

  /** Of several tasks that fit, a run is that of the one changed last: those before need not be looked at. */
  giveTo(found: Set<TaskState>): void {
    const end = Math.max(0, this.#tasks.length - limits.tasksOfAction)
    for (let i = this.#tasks.length - 1; i >= end; i--) {
      const { task, acted } = this.#tasks[i] as { task: TaskState; acted: number }
      if (task.acted === acted) found.add(task)
    }
  }
}
