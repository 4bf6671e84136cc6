import { rootOf } from '../runs/run-draft.ts'
import type { Rule } from './tie.ts'

/** Its parent belongs to a run that is not long over. */
export const childOfRun: Rule = ({ settings }, node) => {
  const run = node.parent?.run
  if (!run) return undefined
  const over = rootOf(run)?.node?.ended ?? null
  if (over !== null && node.start.time > over.time + settings.followAfterEnd) return undefined
  const parent = run.members.find((m) => m.node === node.parent)
  return { kind: 'member', run, depth: (parent?.depth ?? 0) + 1, tiedBy: 'parent', showsService: false }
}
