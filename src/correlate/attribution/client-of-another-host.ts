import { clueOf } from '../changes/clue.ts'
import { recordsOf } from '../processes/actor.ts'
import { routeOfClient, routeOfImage } from './routes.ts'
import { describe, type Rule } from './rule.ts'

/** A client of the scheduler that then talked to another host: what it did there is not known. */
export const clientOfAnotherHost: Rule = (change, who) => {
  const client = clueOf(change, 'remote-client')
  if (!client) return undefined
  const { node, pid, image, user, target } = client
  return {
    route: node ? routeOfClient(node) : routeOfImage(image),
    actor: { ...who, user, node, stated: { pid, image } },
    confidence: 'weak',
    because: `${describe(client)} loaded taskschd.dll and then connected to the endpoint mapper of ${target}: it may have managed tasks there.`,
    evidence: [...client.evidence, ...recordsOf(node)],
  }
}
