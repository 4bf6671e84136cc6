import type { Factor } from '../factor.ts'
import { isMachineActor } from '../subject.ts'

/** The definition asks not to be shown in the Task Scheduler's window. Windows' own tasks do so too, but nobody makes those by hand. */
export const hidden: Factor = {
  id: 'hidden',
  weigh({ chain }) {
    return chain.definition?.settings.hidden && chain.change && !isMachineActor(chain)
      ? { bits: 3, says: 'The task is hidden, and a user account made or changed it.' }
      : undefined
  },
}
