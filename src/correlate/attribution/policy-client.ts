import { isSystem, SYSTEM } from '../../model/windows/accounts.ts'
import type { ChangeDraft } from '../changes/change-draft.ts'
import { clueOf, type PolicyClue } from '../changes/clue.ts'
import { recordsOf } from '../processes/actor.ts'
import { namer, type Rule } from './rule.ts'

/** The policy client was applying scheduled tasks at that moment. */
export const policyClient: Rule = (change, who) => {
  const policy = clueOf(change, 'policy')
  if (!policy || !isByPolicy(change, policy)) return undefined
  const { pid, node, evidence } = policy.run
  const client = clueOf(change, 'client')
  const isNamed = client?.node != null
  const hasCaller = clueOf(change, 'caller') !== undefined
  const says = isNamed
    ? `, and ${namer(client.namedBy)} names it as the client`
    : hasCaller
      ? ' for the account that made the change, and nothing else is seen to have made it'
      : ', and nothing else is seen to have made the change'
  return {
    route: 'group-policy',
    actor: { ...who, node: client?.node ?? node, stated: { pid, image: null } },
    confidence: isNamed ? 'certain' : hasCaller ? 'strong' : 'weak',
    because: `The policy client (pid ${pid}) was applying scheduled tasks at that moment${says}.`,
    evidence: [evidence, ...recordsOf(client?.node ?? node)],
  }
}

/**
 * The policy client was at it for the account that made the change, as far as that is known, and no other process is seen that
 * could have made it: it works as SYSTEM for the computer's policy, for the user's as the user.
 */
function isByPolicy(change: ChangeDraft, { run }: PolicyClue): boolean {
  if (clueOf(change, 'command') || clueOf(change, 'script') || clueOf(change, 'origin')) return false
  const client = clueOf(change, 'client')
  if (client?.pid && !client.node) return false
  const others = [client, clueOf(change, 'session-client'), clueOf(change, 'near-client')]
  if (others.some((other) => other?.node && other.node.pid !== run.pid)) return false
  const caller = clueOf(change, 'caller')
  if (caller) return caller.sid === null || run.userSid === null || caller.sid === run.userSid
  const named = clueOf(change, 'user')
  return named === undefined || run.userSid !== SYSTEM || isTheMachine(named.user)
}

/** SYSTEM as the scheduler's log names it: by name, or as the machine's own account. */
const isTheMachine = (user: string): boolean => isSystem(user) || user.endsWith('$')
