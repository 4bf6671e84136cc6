import { type Factor, quote } from '../factor.ts'
import { isMachineActor, isSystemAccount } from '../subject.ts'

/** A user account made a task that runs as SYSTEM: the ordinary way from administrator to SYSTEM. */
export const systemForUser: Factor = {
  id: 'system-for-user',
  weigh({ chain, runsAs }) {
    const user = chain.change?.actor.user ?? null
    if (
      !chain.change ||
      chain.change.kind === 'deleted' ||
      chain.change.kind === 'disabled' ||
      chain.change.kind === 'enabled' ||
      user === null ||
      isMachineActor(chain) ||
      !isSystemAccount(runsAs)
    )
      return undefined
    return {
      bits: 3,
      says: `${quote(user)} ${chain.change.kind === 'created' ? 'made' : 'changed'} it, and it runs as SYSTEM.`,
    }
  },
}
