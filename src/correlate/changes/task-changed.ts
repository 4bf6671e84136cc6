import type { ChangeKind, Evidence } from '../../model/chain.ts'
import { logOf, type TaskChangeFact } from '../../model/change-log.ts'
import { momentOf } from '../../model/time.ts'
import { isLoopback } from '../../model/windows/this-host.ts'
import type { HostState } from '../memory/host-state.ts'
import { filesOf } from '../memory/known-files.ts'
import { isSharedSession } from '../processes/session-clients.ts'
import type { ChangeDraft } from './change-draft.ts'
import { nearClient, noteNearClient, sessionClient } from './clients.ts'
import { addClue, clueOf, type NamedBy, setClue } from './clue.ts'

const kindOfFact: Record<TaskChangeFact['kind'], ChangeKind> = {
  'task-registered': 'created',
  'task-updated': 'modified',
  'task-deleted': 'deleted',
  'task-enabled': 'enabled',
  'task-disabled': 'disabled',
}

/** Security 4698–4702, TaskScheduler 106, 140, 141, 142, and what sensors say of the same. */
export function taskChanged(host: HostState, fact: TaskChangeFact, evidence: Evidence): void {
  if (fact.servicePid !== null) host.service.learn(fact.servicePid)
  const witness = logOf(fact)
  const at = momentOf(fact)
  const task = host.task(fact.task, at)
  const change = host.changed(task, {
    kind: kindOfFact[fact.kind],
    witness,
    by: fact.by,
    at,
    evidence,
  })
  if (fact.definition && (witness === 'audit' || !change.definition)) {
    change.definition = fact.definition
    change.files = filesOf(host.memory.files, fact)
    host.define(task, fact.definition, at)
  }
  change.definitionProblem ??= fact.definitionProblem
  if (fact.statedAction !== null && !fact.definition) {
    change.statedAction ??= fact.statedAction
    change.files ??= filesOf(host.memory.files, { definition: null, statedAction: fact.statedAction })
    host.state(task, fact.statedAction)
  }
  if (fact.by === '141' && fact.user !== null && !clueOf(change, 'user'))
    addClue(change, { kind: 'user', user: fact.user })
  if (witness === 'scheduler') {
    noteNearClient(host, change, fact.time)
    return
  }
  // What the audit log says of the caller holds, whatever a sensor says beside it.
  if (witness === 'sensor' && clueOf(change, 'caller')?.namedBy === 'audit') return
  noteCaller(host, change, fact, witness)
}

function noteCaller(host: HostState, change: ChangeDraft, fact: TaskChangeFact, namedBy: NamedBy): void {
  const { user, userSid: sid, logonId, clientPid: pid, clientGuid: guid, time } = fact
  addClue(change, { kind: 'caller', namedBy, user, sid, logonId })
  const isOpen = pid === null && guid === null
  if (!isOpen) {
    const node = (pid || guid ? host.processes.find(pid ?? 0, guid, time) : null) ?? null
    addClue(change, { kind: 'client', namedBy, pid, node, image: fact.clientImage })
  }
  setClue(change, 'session-client', sessionClient(host, logonId))
  const mayBeNear = isOpen && (logonId === null ? namedBy === 'sensor' : isSharedSession(logonId))
  setClue(change, 'near-client', mayBeNear ? nearClient(host, logonId, time) : null)
  noteOrigin(host, change, fact)
}

/** Where the caller came from. A local client inside a network or remote desktop session keeps its route and gets the address. */
function noteOrigin({ sessions, settings }: HostState, change: ChangeDraft, fact: TaskChangeFact): void {
  const { user, userSid: sid, logonId, clientPid, time } = fact
  if (!clueOf(change, 'client')?.node || clientPid === 0) {
    const origin = sessions.originOf({ user, sid, logonId }, time, settings.remoteToChange)
    setClue(change, 'origin', origin ? { kind: 'origin', ...origin } : null)
    return
  }
  const session = sessions.find(logonId)
  if (!session?.address || isLoopback(session.address)) return
  const { address, workstation, evidence } = session
  addClue(change, { kind: 'origin', address, host: workstation, evidence: [evidence], by: 'session' })
}
