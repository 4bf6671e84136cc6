import { type Factor, quote } from '../factor.ts'

/** A log's file holds nothing at all. Who copies a log that is in use may get as much; so it weighs no more than one that was cleared. */
export const logWiped: Factor = {
  id: 'log-wiped',
  weigh({ chain }) {
    const [wiped] = chain.circumstances.filter(({ kind }) => kind === 'log-emptied' || kind === 'log-zeroed')
    if (!wiped) return undefined
    const holds = wiped.kind === 'log-emptied' ? 'is empty' : 'holds nothing but zeros'
    return { bits: 3, says: `The file of the log ${quote(wiped.what)} ${holds}: it was wiped, or never copied.` }
  },
}
