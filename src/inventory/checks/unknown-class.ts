import { inboxClasses } from '../../model/windows/inbox/index.ts'
import type { Check } from '../check.ts'

const bare = (classId: string): string => classId.replace(/[{}\s]/g, '').toLowerCase()

/** A COM handler whose class is not the one that Windows gave this task: in the registry, which is what runs, or in the file. */
export const unknownClass: Check = {
  id: 'unknown-class',
  find({ path, file, cached, listed }) {
    const expected = inboxClasses(path)
    if (expected.length === 0) return undefined
    const actions = [...(cached?.actions ?? []), ...(file?.definition?.actions ?? []), ...(listed?.actions ?? [])]
    const other = actions.find(
      (a) => a.kind === 'com-handler' && !expected.some((each) => bare(each) === bare(a.classId)),
    )
    return other?.kind === 'com-handler'
      ? {
          id: 'unknown-class',
          says: `Its COM handler is ${other.classId}; Windows gives this task ${expected.join(' or ')}.`,
        }
      : undefined
  },
}
