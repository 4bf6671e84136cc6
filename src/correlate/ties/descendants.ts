import { compareInstants } from '../../model/time.ts'
import type { HostState } from '../host-state.ts'
import type { RunDraft } from '../nodes.ts'
import { addMember } from '../run-draft.ts'

/** Takes in what the processes of a run had started before it was known that they are of this run. */
export function addDescendants(host: HostState, run: RunDraft): void {
  const loose = [...host.processes.all()].filter((node) => node.run === null && node.parent !== null)
  for (const node of loose.sort((a, b) => compareInstants(a.start, b.start))) {
    const parent = node.parent?.run === run ? run.members.find((m) => m.node === node.parent) : undefined
    if (parent) addMember(run, node, parent.depth + 1, 'parent')
  }
}
