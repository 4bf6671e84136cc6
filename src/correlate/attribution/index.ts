import type { ChangeDraft } from '../changes/change-draft.ts'
import { clueOf } from '../changes/clue.ts'
import type { ActorSource } from '../nodes.ts'
import { callerElsewhere } from './caller-elsewhere.ts'
import { clientJustBefore } from './client-just-before.ts'
import { clientOfAnotherHost } from './client-of-another-host.ts'
import { clientOfSession } from './client-of-session.ts'
import { command } from './command.ts'
import { namedClient } from './named-client.ts'
import { networkLogon } from './network-logon.ts'
import { openedPipe } from './opened-pipe.ts'
import { policyClient } from './policy-client.ts'
import type { Attribution, Rule } from './rule.ts'
import { script } from './script.ts'
import { serviceWentAround } from './service-went-around.ts'
import { unknownClient } from './unknown-client.ts'

/** The first that applies decides: what a log says comes before what is inferred, and a process before an address. */
const rules: readonly Rule[] = [
  serviceWentAround,
  clientOfAnotherHost,
  callerElsewhere,
  policyClient,
  namedClient,
  command,
  script,
  clientOfSession,
  unknownClient,
  networkLogon,
  openedPipe,
  clientJustBefore,
]

/** Through which interface a change was made, by whom, how that is known, and by which records. */
export function attribute(change: ChangeDraft): Attribution {
  const who = namedByLogs(change)
  const shown = clueOf(change, 'origin')?.evidence ?? []
  for (const rule of rules) {
    const found = rule(change, who)
    if (found) return { ...found, evidence: [...found.evidence, ...shown] }
  }
  return { ...unattributed(who), evidence: shown }
}

/** What the logs name by themselves. */
function namedByLogs(change: ChangeDraft): ActorSource {
  const caller = clueOf(change, 'caller')
  const origin = clueOf(change, 'origin')
  return {
    user: caller?.user ?? clueOf(change, 'user')?.user ?? null,
    sid: caller?.sid ?? null,
    logonId: caller?.logonId ?? null,
    node: null,
    stated: null,
    remote: origin ? { address: origin.address, host: origin.host } : null,
  }
}

const unattributed = (who: ActorSource): Omit<Attribution, 'evidence'> => ({
  route: 'unknown',
  actor: who,
  confidence: 'none',
  because:
    who.user === null
      ? 'No record says who made this change or through which interface.'
      : `The log names ${who.user} as the user, but no record shows a process or a network logon that made the change.`,
})
