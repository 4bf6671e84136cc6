import { counted } from '../../model/counted.ts'
import { type Factor, quote } from '../factor.ts'
import { sighting } from '../sightings.ts'

/** The same account made another task on this host that does the same: a second way in, where the first is lost. */
export const twin: Factor = {
  id: 'twin',
  weigh({ beside: { twins } }) {
    const [other] = twins
    if (other === undefined) return undefined
    const { bits, seen } = sighting('twin')
    const more = twins.length > 1 ? ` and ${counted(twins.length - 1, 'more task')}` : ''
    return { bits, says: `The same account made ${quote(other)}${more} to do the same on this host; ${seen}.` }
  },
}
