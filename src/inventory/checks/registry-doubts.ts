import type { Check } from '../check.ts'

/** Tree and Tasks must name each other. */
export const registryDoubts: Check = {
  id: 'registry-doubts',
  find({ cached }) {
    if (!cached || cached.doubts.length === 0) return undefined
    return {
      bits: cached.inTree && cached.inTasks ? 3 : 5,
      says: `The registry contradicts itself: ${cached.doubts.join('; ')}.`,
    }
  },
}
