import { type Factor, quote } from '../factor.ts'

/** Run by hand within a minute of being made or changed: scheduled in name only. */
export const runAtOnce: Factor = {
  id: 'run-at-once',
  weigh({ chain }) {
    const change = chain.change
    if (!change) return undefined
    const run = chain.runs.find((r) => r.requestedBy !== null && Math.abs(r.time - change.time) <= 60_000)
    return (
      run && {
        bits: 2,
        says: `${quote(run.requestedBy?.user ?? 'Somebody')} asked for a run by hand within a minute of the change.`,
      }
    )
  },
}
