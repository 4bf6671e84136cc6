import type { Check } from '../check.ts'

/** Tree and Tasks must name each other, and the service writes Hash and Schema for every task. */
export const registryDoubts: Check = {
  id: 'registry-doubts',
  find({ cached }) {
    if (!cached || cached.doubts.length === 0) return undefined
    return {
      bits: cached.inTree && cached.inTasks ? 3 : 5,
      says: `The registry is not as the service writes it: ${cached.doubts.join('; ')}.`,
    }
  },
}
