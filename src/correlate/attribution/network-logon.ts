import { clueOf } from '../changes/clue.ts'
import { confidenceIn, fromWhere, pipeOf } from './origin.ts'
import type { Rule } from './rule.ts'

/** The change was made in a session from elsewhere, and no process of it is here. */
export const networkLogon: Rule = (change, who) => {
  const origin = clueOf(change, 'origin')
  if (!origin) return undefined
  return {
    route: 'remote-rpc',
    actor: who,
    confidence: confidenceIn(origin),
    because: `The change was made in a network logon and no process of that session on this host could have made it${fromWhere(origin)}.`,
    evidence: [...origin.evidence, ...pipeOf(change)],
  }
}
