import type { HostState } from '../memory/host-state.ts'
import type { ProcessNode, RunDraft } from '../nodes.ts'
import { addMember } from '../runs/run-draft.ts'

/** Whether a process may turn out to be of a run: its parent is a child of the scheduler of which no task is known yet. */
export function isOfUnplaced({ memory, settings }: HostState, { parent, start }: ProcessNode): boolean {
  if (parent === null) return false
  const { children } = memory
  for (let place = children.length - 1; place >= 0; place--) {
    const child = children[place]
    if (!child || start.time - child.start.time > settings.launch) return false
    if (child === parent) return true
  }
  return false
}

/** Takes in what the processes of a run had started before it was known that they are of this run. */
export function addDescendants({ memory }: HostState, run: RunDraft): void {
  for (const node of memory.children) {
    const parent =
      node.run === null && node.parent?.run === run ? run.members.find((m) => m.node === node.parent) : null
    if (parent) addMember(run, node, parent.depth + 1, 'parent')
  }
}
