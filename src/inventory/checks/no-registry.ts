import type { Check } from '../check.ts'

/** A file alone is never started: it was dropped there, or the registry entry was removed while the service held the task. */
export const noRegistry: Check = {
  id: 'no-registry',
  find({ cached, file }, { artifacts }) {
    if (!file || cached || artifacts.cache === null) return undefined
    return {
      id: 'no-registry',
      says: 'A file under System32\\Tasks, but the registry does not have the task: it is started by nobody, or by a service that still holds it.',
    }
  },
}
