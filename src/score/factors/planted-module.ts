import { type Factor, quote } from '../factor.ts'

/** A run of one of Windows' own tasks loaded a library that nobody has signed: whoever wrote it made the task's program their own. */
export const plantedModule: Factor = {
  id: 'planted-module',
  weigh({ chain }) {
    const planted = chain.circumstances.filter(({ kind }) => kind === 'module-planted')
    // An add-on without a signature that is in every process was there before; one that was just written was put there.
    const written = planted.find(({ actor }) => actor.process !== null)
    const [first = written] = planted
    if (!first) return undefined
    return {
      bits: written ? 9 : 4,
      says: `A run of one of Windows' own tasks loaded ${quote((written ?? first).what, 140)}.`,
    }
  },
}
