import type { Factor } from '../factor.ts'

/** The program that the task runs updated the task: updaters register themselves anew each time. */
export const ownRun: Factor = {
  id: 'own-run',
  weigh({ chain }) {
    return chain.change?.kind === 'modified' && chain.change.byOwnRun
      ? { bits: -3, says: 'The program that the task itself runs made the change, as updaters do.' }
      : undefined
  },
}
