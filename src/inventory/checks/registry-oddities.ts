import type { Check } from '../check.ts'

/** Tools that write a task into the registry leave values out. Informational, until real hosts prove that Windows never does. */
export const registryOddities: Check = {
  id: 'registry-oddities',
  find({ cached }) {
    if (!cached || cached.oddities.length === 0) return undefined
    return {
      id: 'registry-oddities',
      says: `The registry has the task otherwise than usual: ${cached.oddities.join('; ')}.`,
    }
  },
}
