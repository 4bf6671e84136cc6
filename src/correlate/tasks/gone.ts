import type { ProcessNode, RunDraft } from '../nodes.ts'
import type { ProcessTable } from '../processes/process-table.ts'
import { limits } from '../settings.ts'
import { deletionOf, type TaskState } from './task-state.ts'

/** A task that was deleted, of which nothing has been heard since `horizon` and nothing runs any more. */
export const isGone = (task: TaskState, processes: ProcessTable, horizon: number): boolean =>
  task.lastSeen.time < horizon &&
  deletionOf(task) !== null &&
  task.eras.every((era) => era.runs.every((run) => isRunOver(run, processes, horizon)))

/** Nothing of it runs any more, as far as can be known: where no process is seen, the scheduler's own word or limit decides. */
export function isRunOver(run: RunDraft, processes: ProcessTable, horizon: number): boolean {
  const nodes = run.members.flatMap(({ node }) => node ?? [])
  if (nodes.length === 0 && run.ended === null) return run.start.time < horizon - limits.longestRun
  const isOver = (node: ProcessNode) => (node.ended === null ? !processes.knows(node) : node.ended.time < horizon)
  return run.start.time < horizon && nodes.every(isOver)
}
