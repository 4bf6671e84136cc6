import { clueOf } from '../changes/clue.ts'
import { namer, type Rule } from './rule.ts'

/** The audit log or a sensor names the process that called the service, but nothing else is known of it. */
export const unknownClient: Rule = (change, who) => {
  const client = clueOf(change, 'client')
  if (!client?.pid) return undefined
  return {
    route: 'unknown',
    actor: { ...who, stated: { pid: client.pid, image: null } },
    confidence: 'weak',
    because: `${namer(client.namedBy)} names process ${client.pid} as the client, but no record shows what that process was.`,
    evidence: [],
  }
}
