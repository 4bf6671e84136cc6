import type { Check } from '../check.ts'

/** Source: public rules on Index set to 0 in TaskCache\Tree, which keeps the task from being listed. */
export const indexZero: Check = {
  id: 'index-zero',
  find({ cached }) {
    return cached?.index === 0
      ? { id: 'index-zero', says: 'Its Index in the registry is 0, which keeps it from being listed.' }
      : undefined
  },
}
