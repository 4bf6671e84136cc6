import { type Factor, quote } from '../factor.ts'

/** A log was cleared: by itself, or within an hour of the change. */
export const logCleared: Factor = {
  id: 'log-cleared',
  weigh({ chain }) {
    const clearings = chain.circumstances.filter((c) => c.kind === 'log-cleared')
    if (chain.kind === 'log-cleared') {
      const [cleared] = clearings
      return (
        cleared && {
          bits: 3,
          says: `${quote(cleared.actor.user ?? 'Somebody')} cleared the log ${quote(cleared.what)}.`,
        }
      )
    }
    const bySame = clearings.find((c) => sameName(c.actor.user, chain.change?.actor.user ?? null))
    return (
      bySame && { bits: 4, says: `The same user cleared the log ${quote(bySame.what)} within an hour of the change.` }
    )
  },
}

const nameOf = (user: string) => user.slice(user.lastIndexOf('\\') + 1).toLowerCase()
const sameName = (a: string | null, b: string | null): boolean => a !== null && b !== null && nameOf(a) === nameOf(b)
