import { takesOutOfSight } from '../../model/written.ts'
import { type Factor, quote } from '../factor.ts'
import { isMachineActor } from '../subject.ts'

/** The task's file or registry values were changed without the service. */
export const tampering: Factor = {
  id: 'tampering',
  weigh({ chain }) {
    const change = chain.change
    if (change?.kind !== 'tampered') return undefined
    if (change.route === 'task-file') {
      const bits = isMachineActor(chain) ? 3 : 5
      return {
        bits,
        says: `The task's file was written by something other than the Task Scheduler: ${quote(change.because)}`,
      }
    }
    const hides = change.written.some(takesOutOfSight)
    return {
      bits: hides ? 9 : 8,
      says: hides
        ? `The value that shows the task to administrators was changed, so that it may run unseen: ${quote(change.because)}`
        : `The registry of the task was changed without the Task Scheduler: ${quote(change.because)}`,
    }
  },
}
