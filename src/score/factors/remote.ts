import { isThisHost } from '../../model/windows/this-host.ts'
import { type Factor, quote } from '../factor.ts'
import { sighting } from '../sightings.ts'

/** The change came from another host. */
export const remote: Factor = {
  id: 'remote',
  weigh({ chain }) {
    const change = chain.change
    if (!change) return undefined
    const from = change.actor.remote?.address ?? change.actor.remote?.host
    if (change.route === 'remote-rpc') {
      const { bits, seen } = sighting('remote')
      return { bits, says: `The change was made from another host${from ? ` (${quote(from)})` : ''}; ${seen}.` }
    }
    if (change.outcome === 'attempted' && change.confidence === 'weak') {
      return { bits: 3, says: 'A client of the Task Scheduler connected to another host.' }
    }
    return from && !isThisHost(from, chain.host)
      ? { bits: 1, says: `The session that made the change came from ${quote(from)}.` }
      : undefined
  },
}
