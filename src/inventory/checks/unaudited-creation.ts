import type { Check } from '../check.ts'

/** A minute for the registry's time to differ from the log's. */
const slack = 60_000

/** Registered while the audit log recorded other tasks' changes, but not this one's: made around the service. */
export const unauditedCreation: Check = {
  id: 'unaudited-creation',
  find({ cached, logged }, { audited }) {
    const registered = cached?.registered
    if (!registered || !audited || logged?.isAudited || logged?.created) return undefined
    // Whether an update sets the registry's time anew is not known; if it does, the update is why there is no creation.
    if (logged?.auditedUpdates.some((time) => Math.abs(time - registered.time) <= slack)) return undefined
    if (registered.time < audited.first + slack || registered.time > audited.last - slack) return undefined
    return {
      id: 'unaudited-creation',
      says: 'The registry says that it was registered while 4698 was being recorded for other tasks, but there is none for it.',
    }
  },
}
