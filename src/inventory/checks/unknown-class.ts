import { windowsClassOf } from '../../model/windows-classes.ts'
import type { Check } from '../check.ts'

const bare = (classId: string): string => classId.replace(/[{}\s]/g, '').toLowerCase()

/** A COM handler whose class is not the one that Windows gave this task: in the registry, which is what runs, or in the file. */
export const unknownClass: Check = {
  id: 'unknown-class',
  find({ path, file, cached }) {
    const expected = windowsClassOf(path)
    if (expected === undefined) return undefined
    const actions = [...(cached?.actions ?? []), ...(file?.definition?.actions ?? [])]
    const other = actions.find((a) => a.kind === 'com-handler' && bare(a.classId) !== bare(expected))
    return other?.kind === 'com-handler'
      ? { bits: 8, says: `Its COM handler is ${other.classId}; Windows gives this task ${expected}.` }
      : undefined
  },
}
