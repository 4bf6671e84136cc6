import type { ListedTask } from '../../model/artifact.ts'
import type { JsonObject } from '../json/json-object.ts'
import type { DateOrder } from './local-dates.ts'

/** A task as one row tells it, before it is known whose it is. */
export type RowTask = Omit<ListedTask, 'source'> & {
  /** The computer's name, where the row has it. */
  readonly host: string | null
}

/** One tool that lists the tasks of a host. */
export interface Lister {
  /** Shown to people. */
  readonly name: string
  /** Names of columns or members that a row of it has. */
  readonly needs: readonly string[]
  /** Null: a row that is of no task. `dates`: how the host that was listed writes them. */
  task(row: JsonObject, dates: DateOrder): RowTask | null
}

/** A task of which only the path is known. */
export const nothingListed: Omit<RowTask, 'path'> = {
  host: null,
  definition: null,
  problem: null,
  actions: null,
  author: null,
  runsAs: null,
  isEnabled: null,
  isHidden: null,
  lastRun: null,
  lastRunLocal: null,
  lastResult: null,
}
