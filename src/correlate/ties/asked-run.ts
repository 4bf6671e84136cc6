import type { ChildRule } from './tie.ts'

/** Somebody had just asked for a run of a task that has not run since: the last one that was asked for. */
export const askedRun: ChildRule = ({ memory, settings }, node, role) => {
  if (role === 'possible' || role === 'shared') return undefined
  const task = memory.requested.findLast(({ request }) => {
    if (!request || request.isTaken) return false
    const wait = node.start.time - request.at.time
    return wait >= 0 && wait <= settings.requestToRun
  })
  return task && { kind: 'root', root: node, task, tiedBy: 'run-request', showsService: false }
}
