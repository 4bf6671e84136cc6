import { type Factor, quote } from '../factor.ts'

/** A log was cleared: by itself, or within an hour of the change. */
export const logCleared: Factor = {
  id: 'log-cleared',
  weigh({ chain }) {
    const cleared = chain.circumstances.find((c) => c.kind === 'log-cleared')
    if (!cleared) return undefined
    if (chain.kind === 'log-cleared') {
      return { bits: 3, says: `${quote(cleared.actor.user ?? 'Somebody')} cleared the log ${quote(cleared.what)}.` }
    }
    return chain.change && cleared.actor.user !== null && sameName(cleared.actor.user, chain.change.actor.user)
      ? { bits: 4, says: `The same user cleared the log ${quote(cleared.what)} within an hour of the change.` }
      : undefined
  },
}

const nameOf = (user: string) => user.slice(user.lastIndexOf('\\') + 1).toLowerCase()
const sameName = (a: string, b: string | null): boolean => b !== null && nameOf(a) === nameOf(b)
