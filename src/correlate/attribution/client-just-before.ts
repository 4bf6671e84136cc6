import { clueOf } from '../changes/clue.ts'
import { recordsOf } from '../processes/actor.ts'
import { routeOfClient } from './routes.ts'
import { describe, type Rule } from './rule.ts'

/** Just one process had begun to talk to the scheduler just before. */
export const clientJustBefore: Rule = (change, who) => {
  const near = clueOf(change, 'near-client')
  if (!near) return undefined
  const isShared = clueOf(change, 'caller') !== undefined
  return {
    route: routeOfClient(near.node),
    actor: { ...who, node: near.node },
    confidence: 'weak',
    because: `${describe(near.node)} loaded taskschd.dll just before, and no other process did${isShared ? ' in the session that made the change, which many services share' : ''}.`,
    evidence: [near.evidence, ...recordsOf(near.node)],
  }
}
