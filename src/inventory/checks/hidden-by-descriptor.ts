import type { Check } from '../check.ts'

/**
 * Without the value SD, or with one that lets nobody read, the task runs but no tool lists it.
 * Source: Microsoft, "Tarrask malware uses scheduled tasks for defense evasion" (2022).
 */
export const hiddenByDescriptor: Check = {
  id: 'hidden-by-descriptor',
  find({ cached }) {
    if (!cached) return undefined
    if (cached.inTree && cached.hasSecurityDescriptor === false && cached.inTasks) {
      return {
        id: 'hidden-by-descriptor',
        descriptor: 'missing',
        says: 'Its security descriptor (SD) is missing, so that no tool shows it while it still runs.',
      }
    }
    return cached.isHiddenFromEveryone
      ? {
          id: 'hidden-by-descriptor',
          descriptor: 'denies',
          says: 'Its security descriptor lets nobody but SYSTEM read it, so that no tool shows it.',
        }
      : undefined
  },
}
