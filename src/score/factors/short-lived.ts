import type { Factor } from '../factor.ts'
import { isMachineActor } from '../subject.ts'

/** From creation to deletion in seconds, with what that is worth: nobody schedules something for less than a minute. */
const lifetimes: readonly (readonly [number, number])[] = [
  [5, 6],
  [30, 5],
  [300, 3],
]

/** Created and deleted again at once. Windows' update services do so as SYSTEM, for themselves. */
export const shortLived: Factor = {
  id: 'short-lived',
  weigh({ chain }) {
    if (chain.change?.kind !== 'created') return undefined
    const deleted = chain.change.laterChanges.find((later) => later.kind === 'deleted')
    if (!deleted) return undefined
    const seconds = (deleted.time - chain.change.time) / 1000
    if (seconds < 0) return undefined // the clock was set back in between: how long it lived is not known
    const bits = lifetimes.find(([limit]) => seconds <= limit)?.[1]
    if (bits === undefined) return undefined
    const lived = seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${Math.round(seconds)} s`
    const ran = chain.runs.length > 0 ? 'created, run and deleted' : 'created and deleted'
    return { bits: isMachineActor(chain) ? 1 : bits, says: `The task was ${ran} within ${lived}.` }
  },
}
