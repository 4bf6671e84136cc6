import { clueOf } from '../changes/clue.ts'
import { confidenceIn, fromWhere, pipeOf } from './origin.ts'
import { namer, type Rule } from './rule.ts'

/** The service was called from another host: the caller has no process here. */
export const callerElsewhere: Rule = (change, who) => {
  const client = clueOf(change, 'client')
  if (client?.pid !== 0 || client.node) return undefined
  const origin = clueOf(change, 'origin')
  return {
    route: 'remote-rpc',
    actor: who,
    confidence: origin ? confidenceIn(origin) : 'none',
    because: `${namer(client.namedBy)} has client process id 0, as for a caller on another host${fromWhere(origin)}.`,
    evidence: pipeOf(change),
  }
}
