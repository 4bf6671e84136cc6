import type { Evidence } from '../../model/chain.ts'
import type { ProcessStarted } from '../../model/fact.ts'
import { commanded } from '../changes/commands.ts'
import { addEvidence } from '../fact-evidence.ts'
import type { HostState } from '../memory/host-state.ts'
import type { ProcessNode } from '../nodes.ts'
import { tie } from '../ties/index.ts'

/** Another log has shown the id of a process that was known without: it may be the one that the scheduler named by it. */
function named(host: HostState, node: ProcessNode): void {
  for (const member of node.run?.members ?? []) if (member.node === node) member.pid = node.pid
  const launch = host.runs.launchOf(node)
  if (launch) host.runs.adopt(launch.run, node, 'pid')
}

/** A process began: to which run does it belong, and does its command line ask something of the scheduler. Gives whether it is in a story. */
export function processStarted(host: HostState, fact: ProcessStarted, evidence: Evidence): boolean {
  const { node, isNew, isAsking } = host.processes.start(fact, evidence)
  if (!isNew && fact.pid !== 0) named(host, node)
  host.clients.note(node)
  if (isNew) host.service.begun(node)
  if (node.run) addEvidence(node.run.evidence, evidence)
  else tie(host, node)
  if (!isAsking || fact.command === null) return node.run !== null
  for (const command of [fact.command, ...(fact.moreCommands ?? [])]) commanded(host, node, command, evidence)
  return true
}
