import { clueOf } from '../changes/clue.ts'
import { recordsOf } from '../processes/actor.ts'
import { routeOfClient } from './routes.ts'
import { describe, type Rule } from './rule.ts'

/** A process of the session that made the change talks to the scheduler. */
export const clientOfSession: Rule = (change, who) => {
  const node = clueOf(change, 'session-client')?.node
  if (!node) return undefined
  return {
    route: routeOfClient(node),
    actor: { ...who, node },
    confidence: 'strong',
    because: `${describe(node)} belongs to the logon session that made the change, and it talks to the Task Scheduler.`,
    evidence: recordsOf(node),
  }
}
