import { type Factor, quote } from '../factor.ts'

/** A log's file holds nothing at all. Who copies a log that is in use may get as much; so it weighs no more than one that was cleared. */
export const logWiped: Factor = {
  id: 'log-wiped',
  weigh({ chain }) {
    for (const { kind, what } of chain.circumstances) {
      const found = says.get(kind)
      if (found !== undefined) return { bits: 3, says: `The file of the log ${quote(what)} ${found}.` }
    }
    return undefined
  },
}

const says: ReadonlyMap<string, string> = new Map([
  ['log-emptied', 'is empty: it was wiped, or never copied'],
  ['log-zeroed', 'holds nothing but zeros: it was wiped, or never copied'],
  [
    'log-without-records',
    'holds no record, though its header counts some: it was cleared or wiped, or its copy ended too soon',
  ],
])
