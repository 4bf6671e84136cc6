import { type Factor, quote } from '../factor.ts'

/** The creation time of the task's file or of what it starts was set back. */
export const timestomp: Factor = {
  id: 'timestomp',
  weigh({ chain }) {
    const stamp = chain.circumstances.find((c) => c.kind === 'timestamp-changed')
    return stamp && { bits: 4, says: `A time stamp was changed: ${quote(stamp.what, 140)}` }
  },
}
