import type { ChangeKind, Evidence } from '../model/chain.ts'
import type { TaskCommand } from '../model/command.ts'
import { imageName } from '../model/command-line.ts'
import type {
  FileCreated,
  RegistryChanged,
  ScriptRan,
  TaskDeleted,
  TaskDisabled,
  TaskEnabled,
  TaskRegistered,
  TaskUpdated,
} from '../model/fact.ts'
import { hostKey } from '../model/host.ts'
import { joined, saysNothing } from '../model/partial-definition.ts'
import { isSensor } from '../model/sensor.ts'
import type { Instant } from '../model/time.ts'
import { nobody } from './actor.ts'
import { type ChangeDraft, type ChangeSignal, type NamedCaller, newChange } from './change-draft.ts'
import { type HostState, note } from './host-state.ts'
import type { ProcessNode } from './nodes.ts'
import { deletionOf } from './task-state.ts'

type TaskChangeFact = TaskRegistered | TaskUpdated | TaskDeleted | TaskEnabled | TaskDisabled

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
  const witness = witnessOf(fact)
  const at: Instant = { time: fact.time, ticks: fact.ticks }
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
    host.define(task, fact.definition, at)
  }
  change.definitionProblem ??= fact.definitionProblem
  if (fact.statedAction !== null && !fact.definition) {
    change.statedAction ??= fact.statedAction
    host.state(task, fact.statedAction)
  }
  if (fact.by === '141') change.namedUser ??= fact.user
  if (witness === 'scheduler') {
    noteNearClient(host, change, at)
    return
  }
  // What the audit log says of the caller holds, whatever a sensor says beside it.
  if (witness === 'sensor' && change.caller?.namedBy === 'audit') return
  noteCaller(host, change, fact, witness, at)
}

const witnessOf = ({ by }: TaskChangeFact): 'audit' | 'scheduler' | 'sensor' =>
  isSensor(by) ? 'sensor' : by.startsWith('4') ? 'audit' : 'scheduler'

function noteCaller(
  host: HostState,
  change: ChangeDraft,
  fact: TaskChangeFact,
  namedBy: 'audit' | 'sensor',
  at: Instant,
): void {
  const caller: NamedCaller = {
    namedBy,
    user: fact.user,
    sid: fact.userSid,
    logonId: fact.logonId,
    clientPid: fact.clientPid,
    clientParentPid: fact.clientParentPid,
  }
  change.caller = caller
  if (fact.clientPid || fact.clientGuid)
    change.client = host.processes.find(fact.clientPid ?? 0, fact.clientGuid, at.time) ?? null
  change.sessionClient = sessionClient(host, change)
  const isOpen = fact.clientPid === null && fact.clientGuid === null
  change.nearClient =
    isOpen && (fact.logonId === null ? namedBy === 'sensor' : isSharedSession(fact.logonId))
      ? nearClient(host, fact.logonId, at)
      : null
  if (change.client === null || fact.clientPid === 0) {
    change.origin = host.sessions.originOf(caller, at.time, host.settings.remoteToChange) ?? null
  } else {
    // A local client inside a network or remote desktop session keeps its route and gets the address.
    const session = host.sessions.find(fact.logonId)
    if (session?.address && !isLoopback(session.address)) {
      change.origin = {
        address: session.address,
        host: session.workstation,
        evidence: [session.evidence],
        by: 'session',
      }
    }
  }
}

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')

/** The logon ids of SYSTEM, LOCAL SERVICE and NETWORK SERVICE: shared by everything that runs as them. */
const isSharedSession = (logonId: string): boolean => logonId === '0x3e7' || logonId === '0x3e5' || logonId === '0x3e4'

const schedulerClients = new Set([
  'schtasks.exe',
  'at.exe',
  'powershell.exe',
  'pwsh.exe',
  'powershell_ise.exe',
  'mmc.exe',
  'wmiprvse.exe',
])

/** A process of the caller's session that could have been the client. */
function sessionClient(host: HostState, change: ChangeDraft): ProcessNode | null {
  const logonId = change.caller?.logonId ?? null
  if (logonId === null || isSharedSession(logonId)) return null
  let best: ProcessNode | null = null
  const worth = (node: ProcessNode) => (node.taskClient ? 2 : 1)
  for (const node of host.processes.all()) {
    if (node.logonId !== logonId || node.ended !== null) continue
    if (node.taskClient === null && !schedulerClients.has(imageName(node.image))) continue
    if (!best || worth(node) > worth(best) || (worth(node) === worth(best) && node.start.time > best.start.time))
      best = node
  }
  return best
}

/** Where the audit log has not named the caller, whoever has just begun to talk to the scheduler may be it. */
function noteNearClient(host: HostState, change: ChangeDraft, at: Instant): void {
  if (change.caller === null) change.nearClient ??= nearClient(host, null, at)
}

/** The process that has just begun to talk to the scheduler, of this session where one is known; null when there are several. */
function nearClient(host: HostState, logonId: string | null, at: Instant): ProcessNode | null {
  // newest last
  const { taskClients } = host.memory
  const before = taskClients.findLastIndex(({ fact }) => at.time - fact.time > host.settings.clientToChange)
  const near = taskClients.slice(before + 1)
  const nodes = new Set(near.flatMap(({ fact }) => host.processes.find(fact.pid, fact.guid, fact.time) ?? []))
  // A svchost without a name of its own is several services, of which one may be the scheduler itself.
  const isShared = ({ image, commandLine }: ProcessNode) =>
    imageName(image) === 'svchost.exe' && !/ -s /i.test(commandLine ?? '')
  const [only, another] = [...nodes].filter(
    (node) => (logonId === null || node.logonId === logonId) && node.ended === null && !isShared(node),
  )
  return only && !another ? only : null
}

const kindOfVerb: Partial<Record<TaskCommand['verb'], ChangeKind>> = {
  create: 'created',
  change: 'modified',
  delete: 'deleted',
  enable: 'enabled',
  disable: 'disabled',
}

const isThisHost = (host: HostState, target: string | null): boolean =>
  target === null ||
  ['localhost', '.', '127.0.0.1', '::1'].includes(target.toLowerCase()) ||
  hostKey(target) === hostKey(host.host)

/** A process whose command line asks something of the scheduler. */
export function commanded(host: HostState, node: ProcessNode, command: TaskCommand, evidence: Evidence): void {
  const at = node.start
  if (command.verb === 'run') {
    if (command.task !== null && isThisHost(host, command.target)) {
      host.request(command.task, { at, by: { ...nobody, node }, evidence, isTaken: false })
    }
    return
  }
  const kind = kindOfVerb[command.verb]
  if (!kind) return
  const signal: ChangeSignal = { kind, witness: 'command', by: 'command', at, evidence }
  if (command.task === null || !isThisHost(host, command.target)) {
    // The wrapper's own command line (`cmd /c at …`) and the tool's are one attempt.
    const asked = node.parent ? host.memory.looseOf.get(node.parent) : undefined
    const change = asked ?? newChange(signal, !isThisHost(host, command.target))
    if (!asked) host.memory.loose.push(change)
    else change.evidence.push(evidence)
    host.memory.looseOf.set(node, change)
    change.tool = node
    change.command = command
    return
  }
  const task = host.task(command.task, at)
  const change = host.changed(task, signal, (c) => c.tool !== null && node.parent === c.tool)
  change.tool = node
  change.command = command
  if (command.action !== null && (kind === 'created' || kind === 'modified')) host.state(task, command.action)
}

/** PowerShell's own log of a script that asks something of the scheduler. */
export function scriptRan(host: HostState, fact: ScriptRan, evidence: Evidence): void {
  if (fact.made) note(host.memory.made, { pid: fact.pid, time: fact.time, parts: fact.made })
  const command = fact.command && withMadeParts(host, fact, fact.command)
  if (!command) return
  const node = host.processes.find(fact.pid, null, fact.time) ?? null
  const at: Instant = { time: fact.time, ticks: fact.ticks }
  if (command.verb === 'run') {
    if (command.task === null) return
    const by = { ...nobody, node, sid: fact.userSid, stated: { pid: fact.pid, image: null } }
    host.request(command.task, { at, by, evidence, isTaken: false })
    return
  }
  const kind = kindOfVerb[command.verb]
  if (!kind || command.task === null || !isThisHost(host, command.target)) return
  // One script is logged as several blocks and pipeline records: each joins the change that the first one opened.
  const task = host.task(command.task, at)
  const by = `script ${fact.channel} ${fact.recordId}`
  const change = host.changed(task, { kind, witness: 'command', by, at, evidence })
  change.script ??= { node, pid: fact.pid, sid: fact.userSid }
  change.command ??= command
  if (command.action !== null && (kind === 'created' || kind === 'modified')) host.state(task, command.action)
}

/** The cmdlet that registers a task is logged apart from those that made its action: the process and the moment join them. */
function withMadeParts(host: HostState, fact: ScriptRan, command: TaskCommand): TaskCommand {
  if (command.action !== null || command.verb !== 'create') return command
  const made = host.memory.made.findLast(
    ({ pid, time, parts }) =>
      pid === fact.pid && fact.time - time <= host.settings.commandToChange && parts.actions !== null,
  )
  if (!made) return command
  const [action] = made.parts.actions ?? []
  return {
    ...command,
    action: action?.kind === 'exec' ? action.commandLine : null,
    definition: joined(command.definition ?? saysNothing, made.parts),
  }
}

function isService(host: HostState, fact: FileCreated | RegistryChanged): boolean {
  const commandLine = host.processes.find(fact.pid, fact.guid, fact.time)?.commandLine ?? null
  return host.service.isService({ image: fact.image, commandLine })
}

/** `C:\Windows\Tasks\At1.job` is a legacy file of the task `\At1`; others that lie there are no tasks. */
const jobFile = /\\([^\\]+)\.job$/i

/** Sysmon 11 in the task folders. */
export function fileCreated(host: HostState, fact: FileCreated, evidence: Evidence): void {
  const at: Instant = { time: fact.time, ticks: fact.ticks }
  if (isService(host, fact)) {
    const path = fact.task ?? jobFile.exec(fact.path)?.[1]
    if (path === undefined) return
    const task = host.task(path, at)
    const isKnown = (task.eras.length > 1 || task.definition !== null) && deletionOf(task) === null
    const change = host.changed(task, {
      kind: isKnown ? 'modified' : 'created',
      witness: 'file',
      by: 'sysmon-11',
      at,
      evidence,
    })
    noteNearClient(host, change, at)
    return
  }
  // Clients of the old interface write .job files themselves.
  if (fact.task === null) return
  tampered(host, fact.task, 'file', at, evidence, fact, 'wrote the file of the task')
}

const tamperings: Partial<Record<RegistryChanged['action'], string>> = {
  'set-value': 'wrote the registry value',
  'delete-value': 'deleted the registry value',
  'create-key': 'created the registry key',
  'delete-key': 'deleted the registry key',
  rename: 'renamed the registry key or value',
}

/** Sysmon 12, 13, 14 below TaskCache\Tree. */
export function taskCacheChanged(host: HostState, fact: RegistryChanged, evidence: Evidence): void {
  if (fact.area !== 'tree' || fact.task === null || fact.task === '\\') return
  const at: Instant = { time: fact.time, ticks: fact.ticks }
  const isSecurityValue = fact.value === 'sd' || fact.value === 'index'
  const isRemoval = fact.action === 'delete-value' && isSecurityValue
  if (isService(host, fact) && !isRemoval) {
    if (fact.action !== 'set-value') return
    const task = host.task(fact.task, at)
    const isKnown = (task.eras.length > 1 || task.definition !== null) && deletionOf(task) === null
    const change = host.changed(task, {
      kind: isKnown ? 'modified' : 'created',
      witness: 'registry',
      by: `registry ${fact.value}`,
      at,
      evidence,
    })
    noteNearClient(host, change, at)
    return
  }
  const what = fact.value === null ? '' : ` ${fact.value.toUpperCase() === 'SD' ? 'SD' : fact.value} of the task`
  tampered(host, fact.task, 'registry', at, evidence, fact, `${tamperings[fact.action]}${what || ' of the task'}`)
}

function tampered(
  host: HostState,
  task: string,
  witness: 'file' | 'registry',
  at: Instant,
  evidence: Evidence,
  fact: FileCreated | RegistryChanged,
  what: string,
): void {
  const by = `${witness} ${fact.recordId}`
  const change = host.changed(host.task(task, at), { kind: 'tampered', witness, by, at, evidence })
  const node = host.processes.find(fact.pid, fact.guid, fact.time) ?? null
  const user = 'user' in fact ? fact.user : null
  change.writer ??= { node, pid: fact.pid, image: fact.image, user, what }
}
