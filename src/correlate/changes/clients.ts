import type { Evidence } from '../../model/chain.ts'
import { imageName } from '../../model/command-line.ts'
import type { HostState } from '../memory/host-state.ts'
import type { ProcessNode } from '../nodes.ts'
import { isSharedSession } from '../processes/session-clients.ts'
import { limits } from '../settings.ts'
import type { ChangeDraft } from './change-draft.ts'
import { addClue, clueOf, type NearClientClue, type SessionClientClue } from './clue.ts'

/** A process of the caller's session that could have been the client. */
export function sessionClient(host: HostState, logonId: string | null): SessionClientClue | null {
  if (logonId === null || isSharedSession(logonId)) return null
  const best = host.clients.best(logonId)
  return best && { kind: 'session-client', node: best }
}

/** Where the audit log has not named the caller, whoever has just begun to talk to the scheduler may be it. */
export function noteNearClient(host: HostState, change: ChangeDraft, time: number): void {
  if (clueOf(change, 'caller') || clueOf(change, 'near-client')) return
  const near = nearClient(host, null, time)
  if (near) addClue(change, near)
}

/** The process that has just begun to talk to the scheduler, of this session where one is known; null when there are several. */
export function nearClient(host: HostState, logonId: string | null, time: number): NearClientClue | null {
  // newest last
  const { taskClients } = host.memory
  const before = taskClients.findLastIndex(({ fact }) => time - fact.time > host.settings.clientToChange)
  const near = new Map<ProcessNode, Evidence>()
  // Among so many nobody can tell which one it was.
  if (taskClients.length - before > limits.clientsAtOnce) return null
  for (const { fact, evidence } of taskClients.slice(before + 1)) {
    const node = host.processes.find(fact.pid, fact.guid, fact.time)
    if (node && (logonId === null || node.logonId === logonId) && node.ended === null && !isSharedProcess(node))
      near.set(node, evidence)
  }
  const [only, another] = near
  return only && !another ? { kind: 'near-client', node: only[0], evidence: only[1] } : null
}

/** A svchost without a name of its own is several services, of which one may be the scheduler itself. */
const isSharedProcess = ({ image, commandLine }: ProcessNode): boolean =>
  imageName(image) === 'svchost.exe' && !/ -s /i.test(commandLine ?? '')
