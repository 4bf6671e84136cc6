import type { Check } from '../check.ts'

/** Tree and Tasks must name each other. */
export const registryDoubts: Check = {
  id: 'registry-doubts',
  find({ cached }) {
    if (!cached || cached.doubts.length === 0) return undefined
    return {
      id: 'registry-doubts',
      isUnderBoth: cached.inTree && cached.inTasks,
      says: `The registry contradicts itself: ${cached.doubts.join('; ')}.`,
    }
  },
}
