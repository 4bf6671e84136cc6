import type { Check } from '../check.ts'

/**
 * COM classes of Windows' own tasks, by the task's path in lower case.
 * Source: 4702 events of Windows hosts that carry the definition.
 */
const classes: Readonly<Record<string, string>> = {
  '\\microsoft\\windows\\softwareprotectionplatform\\svcrestarttask': '{b1aebb5d-ead9-4476-b375-9c3ed9f32afc}',
}

/** A COM handler whose class is not the one that Windows gave this task. */
export const unknownClass: Check = {
  id: 'unknown-class',
  find({ path, file, cached }) {
    const expected = classes[path.toLowerCase()]
    if (expected === undefined) return undefined
    const actions = file?.definition?.actions ?? cached?.actions ?? []
    const other = actions.find((a) => a.kind === 'com-handler' && a.classId.toLowerCase() !== expected)
    return other?.kind === 'com-handler'
      ? { bits: 8, says: `Its COM handler is ${other.classId}; Windows gives this task ${expected}.` }
      : undefined
  },
}
