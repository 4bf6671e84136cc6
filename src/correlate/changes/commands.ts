import type { ChangeKind, Evidence } from '../../model/chain.ts'
import type { TaskCommand } from '../../model/command.ts'
import { imageName } from '../../model/command-line.ts'
import type { ScriptRan } from '../../model/fact.ts'
import { joined, saysNothing } from '../../model/partial-definition.ts'
import { momentOf } from '../../model/time.ts'
import { isThisHost } from '../../model/windows/this-host.ts'
import { addEvidence } from '../fact-evidence.ts'
import { type HostState, note } from '../memory/host-state.ts'
import type { ProcessNode } from '../nodes.ts'
import { nobody } from '../processes/actor.ts'
import { type ChangeDraft, type ChangeSignal, newChange } from './change-draft.ts'
import { addClue, clueOf } from './clue.ts'

const kindOfVerb: Partial<Record<TaskCommand['verb'], ChangeKind>> = {
  create: 'created',
  change: 'modified',
  delete: 'deleted',
  enable: 'enabled',
  disable: 'disabled',
}

const isForThisHost = (host: HostState, target: string | null): boolean =>
  target === null || isThisHost(target, host.host)

/** A process whose command line asks something of the scheduler. */
export function commanded(host: HostState, node: ProcessNode, command: TaskCommand, evidence: Evidence): void {
  const at = node.start
  if (command.verb === 'run') {
    if (command.task !== null && isForThisHost(host, command.target)) {
      host.request(command.task, { at, by: { ...nobody, node }, evidence, isTaken: false })
    }
    return
  }
  const kind = kindOfVerb[command.verb]
  if (!kind) return
  const signal: ChangeSignal = { kind, witness: 'command', by: 'command', at, evidence }
  if (command.task === null || !isForThisHost(host, command.target)) {
    // The wrapper's own command line (`cmd /c at …`) and the tool's are one attempt.
    const asked = node.parent ? host.memory.looseOf.get(node.parent) : undefined
    const change = asked ?? newChange(signal, !isForThisHost(host, command.target))
    if (!asked) host.memory.loose.push(change)
    else addEvidence(change.evidence, evidence)
    host.memory.looseOf.set(node, change)
    addClue(change, { kind: 'command', node, command })
    return
  }
  const task = host.task(command.task, at)
  const isWrapped = (change: ChangeDraft) => node.parent !== null && clueOf(change, 'command')?.node === node.parent
  const change = host.changed(task, signal, isWrapped)
  addClue(change, { kind: 'command', node, command })
  if (command.action !== null && (kind === 'created' || kind === 'modified')) host.state(task, command.action)
}

/**
 * The tool itself ended with an error: what it asked for was not done. (A shell that was told to ask may have failed at something else.)
 */
export function commandFailed(host: HostState, node: ProcessNode, evidence: Evidence): void {
  if (!isTool(node)) return
  addEvidence(node.evidence, evidence)
  for (const { request } of host.memory.requested) if (request?.by.node === node) request.isTaken = true
  const { command } = node
  if (command?.task != null && command.action !== null && isForThisHost(host, command.target))
    host.unstate(host.task(command.task, node.start))
}

const isTool = ({ image }: ProcessNode): boolean => /^(?:schtasks|at)\.exe$/.test(imageName(image))

/** Whether the command of this process is known to have ended with an error. */
export const hasFailed = (node: ProcessNode): boolean => node.exitCode !== null && node.exitCode !== 0 && isTool(node)

/** PowerShell's own log of a script that asks something of the scheduler. */
export function scriptRan(host: HostState, fact: ScriptRan, evidence: Evidence): void {
  if (fact.made) note(host, 'made', { pid: fact.pid, time: fact.time, parts: fact.made }, fact.time)
  if (fact.command === null) return
  const node = host.processes.find(fact.pid, null, fact.time) ?? null
  scriptAsked(host, fact, node, withMadeParts(host, fact, fact.command), evidence)
  for (const command of fact.moreCommands ?? []) scriptAsked(host, fact, node, command, evidence)
}

function scriptAsked(
  host: HostState,
  fact: ScriptRan,
  node: ProcessNode | null,
  command: TaskCommand,
  evidence: Evidence,
): void {
  const at = momentOf(fact)
  if (command.verb === 'run') {
    if (command.task === null || !isForThisHost(host, command.target)) return
    const by = { ...nobody, node, sid: fact.userSid, stated: { pid: fact.pid, image: null } }
    host.request(command.task, { at, by, evidence, isTaken: false })
    return
  }
  const kind = kindOfVerb[command.verb]
  if (!kind || command.task === null || !isForThisHost(host, command.target)) return
  // One script is logged as several blocks and pipeline records: each joins the change that the first one opened.
  const task = host.task(command.task, at)
  const by = `script ${fact.channel} ${fact.recordId}`
  const change = host.changed(task, { kind, witness: 'command', by, at, evidence })
  if (!clueOf(change, 'script')) addClue(change, { kind: 'script', node, pid: fact.pid, sid: fact.userSid, command })
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
