import type { Action } from '../../model/definition.ts'
import { taskKey } from '../../model/task-path.ts'
import { ActionIndex } from './action-index.ts'
import { type ActionPattern, type Candidate, execPatterns, matchesAction } from './action-match.ts'
import { newTask } from './task-state.ts'

/** What a host's artifacts say that one of its tasks starts. */
export interface KeptActions {
  readonly path: string
  readonly actions: readonly Action[]
}

/**
 * What a host's artifacts say that its tasks start: by this a run is known of a task whose registration no log shows. It comes from
 * outside and is no part of what is remembered.
 */
export class ActionsAtHand {
  readonly #byKey = new Map<string, { readonly path: string; readonly actions: readonly ActionPattern[] }>()
  readonly #index = new ActionIndex([])

  constructor(kept: readonly KeptActions[] = []) {
    for (const { path, actions } of kept) {
      const patterns = execPatterns({ actions })
      if (patterns.length === 0) continue
      const task = newTask(path, { time: 0, ticks: 0 })
      task.actions = patterns
      task.acted = this.#byKey.size
      this.#index.add(task)
      this.#byKey.set(taskKey(path), task)
    }
  }

  of(path: string): readonly ActionPattern[] {
    return this.#byKey.get(taskKey(path))?.actions ?? []
  }

  /** Paths of the tasks that start this process, in their order. */
  pathsOf(process: Candidate): string[] {
    if (this.#byKey.size === 0) return []
    return [...this.#index.tasksOf(process)]
      .filter(({ actions }) => actions.some((action) => matchesAction(action, process)))
      .map(({ path }) => path)
      .sort()
  }
}
