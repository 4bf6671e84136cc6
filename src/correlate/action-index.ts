import type { ActionPattern, Candidate } from './action-match.ts'
import type { TaskState } from './task-state.ts'

/** Which tasks of a host start which program, so that a process need not be held against every task. */
export class ActionIndex {
  readonly #byProgram = new Map<string, Set<TaskState>>()
  /** Tasks with an action whose program is not known by its name: a document, or a variable. */
  readonly #others = new Set<TaskState>()

  /** The actions of a task are others than before. */
  update(task: TaskState, before: readonly ActionPattern[], after: readonly ActionPattern[]): void {
    for (const action of before) this.#bucket(action).delete(task)
    for (const action of after) this.#bucket(action).add(task)
  }

  /** The tasks that may start this process. */
  tasksOf({ image, program }: Candidate): Set<TaskState> {
    const found = new Set(this.#others)
    for (const name of new Set([image, program, `${program}.exe`])) {
      for (const task of this.#byProgram.get(name) ?? []) found.add(task)
    }
    return found
  }

  #bucket({ image, isDocument }: ActionPattern): Set<TaskState> {
    if (isDocument || image.includes('%')) return this.#others
    let bucket = this.#byProgram.get(image)
    if (!bucket) {
      bucket = new Set()
      this.#byProgram.set(image, bucket)
    }
    return bucket
  }
}
