import { type Factor, quote } from '../factor.ts'

/** Who made the change cleared a log within an hour of it. */
export const logCleared: Factor = {
  id: 'log-cleared',
  weigh({ chain }) {
    const bySame = chain.circumstances.find(
      ({ kind, actor }) => kind === 'log-cleared' && sameName(actor.user, chain.change?.actor.user ?? null),
    )
    return (
      bySame && { bits: 4, says: `The same user cleared the log ${quote(bySame.what)} within an hour of the change.` }
    )
  },
}

const nameOf = (user: string) => user.slice(user.lastIndexOf('\\') + 1).toLowerCase()
const sameName = (a: string | null, b: string | null): boolean => a !== null && b !== null && nameOf(a) === nameOf(b)
